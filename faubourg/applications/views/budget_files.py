from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications import actions, exports, imports, permissions, queries
from faubourg.applications.states import Part
from faubourg.contracts.requests import who
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.tables import XLSX
from faubourg.toolkit.verdict import demand


@require_GET
def budget(request: SignedInRequest, pk: int) -> HttpResponse:
    """The workbook, for whoever may read the dossier."""
    application = queries.application_for(who(request), pk)
    content = exports.budget_xlsx(application, now=timezone.now())
    name = f"budget-{application.number or application.pk}.xlsx"
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
def send_budget(request: SignedInRequest, pk: int) -> HttpResponse:
    application = queries.application_for(who(request), pk)
    upload, back = request.FILES.get("upload"), reverse("applications:edit", args=[pk, Part.BUDGET])
    demand(permissions.can_edit(who(request), application, Part.BUDGET, "lines"))
    if upload is None:
        messages.error(request, "Choisissez d'abord un fichier, puis cliquez sur Voir ce qu'il contient.")
        return redirect(back)
    try:
        file = actions.send_budget(application, upload, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, f"« {upload.name} » n'est pas lu. {refusal}")
        return redirect(back)
    return redirect("applications:import_budget", pk, file.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def import_budget(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    """First what the file would change; then all of it, or nothing."""
    file = queries.budget_file_for(who(request), pk, file_pk)
    demand(permissions.can_edit(who(request), file.application, Part.BUDGET, "lines"))
    if request.method == "POST" and _import(request, file):
        return redirect("applications:edit", pk, Part.BUDGET)
    context = {"file": file, "application": file.application, "preview": imports.preview(file)}
    return render(request, "applications/import_budget.html", context)


def _import(request: SignedInRequest, file: object) -> bool:
    version = read_key(request.POST.get("version")) or 0
    try:
        done = imports.bring(file, actor=request.user, now=timezone.now(), version=version)  # type: ignore[arg-type]
    except actions.SavedMeanwhile as meanwhile:
        messages.error(request, f"Rien n'est repris : {meanwhile} Comparez de nouveau.")
        return False
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, "Le budget du classeur est repris." if done else "Le budget est déjà celui-là.")
    return True
