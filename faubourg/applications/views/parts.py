from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications import actions, forms, permissions, queries
from faubourg.applications.requests import part_page
from faubourg.applications.rules import open_parts
from faubourg.applications.states import WRITTEN, Part
from faubourg.contracts.requests import who
from faubourg.toolkit.days import format_moment
from faubourg.toolkit.verdict import demand

NEXT = "next"


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """One part of the form: shown as it was left, saved without ever refusing."""
    if step not in Part.values:
        raise Http404
    part = Part(step)
    application = queries.application_for(who(request), pk)
    demand(permissions.can_edit(who(request), application))
    if request.method != "POST":
        return render(request, "applications/edit.html", part_context(request, application, part))
    if part not in WRITTEN:
        return redirect("applications:edit", pk, _after(part))
    return _save(request, application, part)


@require_GET
def print_part(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """One step on paper, as it was left, or empty to be filled with a pen."""
    if step not in Part.values:
        raise Http404
    application = queries.application_for(who(request), pk)
    is_blank = request.GET.get("vide") == "1"
    context = part_context(request, application, Part(step))
    form = context["form"]
    if form is not None and step != Part.BUDGET:
        context["questions"] = forms.printed(form, is_blank=is_blank)
    return render(request, "applications/print.html", context | {"is_blank": is_blank})


def _save(request: SignedInRequest, application: Any, part: Part) -> HttpResponse:
    form = forms.form_for(application, part, request.POST)
    is_autosave = "X-Autosave" in request.headers
    locked = permissions.can_edit(who(request), application, part)
    if not locked:
        return _refuse(request, application, form, locked.reason, is_autosave=is_autosave)
    try:
        version = save(request, application, form, is_autosave=is_autosave)
    except actions.SavedMeanwhile as meanwhile:
        found = forms.differences(form, forms.form_for(application, part))
        if found:
            return _both(request, application, form, meanwhile, found, is_autosave=is_autosave)
        version = meanwhile.version
    if is_autosave:
        return JsonResponse({"version": version, "saved_at": timezone.now().isoformat()})
    _tell_left_out(request, form)
    return _go_on(request, application, part, form)


def _refuse(
    request: SignedInRequest, application: Any, form: forms.DraftForm, reason: str, *, is_autosave: bool
) -> HttpResponse:
    """A page opened before this part was locked: nothing is saved, and what was typed comes back in words."""
    if is_autosave:
        return JsonResponse({"message": f"non enregistré — {reason}"}, status=409)
    messages.error(request, reason)
    _tell_left_out(request, form)
    return redirect("applications:edit", application.pk, form.part)


def _tell_left_out(request: SignedInRequest, form: forms.DraftForm) -> None:
    for label, typed in form.left_out:
        messages.warning(
            request, f"« {label} » est verrouillé, ce que vous y aviez écrit n'est pas enregistré : {typed}"
        )


def save(
    request: SignedInRequest, application: Any, form: forms.DraftForm, *, is_autosave: bool = False
) -> int:
    """Hand over what stands, keep the rest as typed."""
    values, wrong = form.read()
    return actions.save_part(
        application,
        form.part,
        values,
        wrong=wrong,
        seen=form.seen(),
        actor=request.user,
        now=timezone.now(),
        is_autosave=is_autosave,
    )


def _both(
    request: SignedInRequest,
    application: Any,
    form: forms.DraftForm,
    meanwhile: actions.SavedMeanwhile,
    found: list[forms.Difference],
    *,
    is_autosave: bool,
) -> HttpResponse:
    """Nothing was overwritten: what I typed is on screen, beside what was saved meanwhile."""
    if is_autosave:
        sentence = (
            f"non enregistré — {meanwhile.by} a modifié cette étape ; cliquez sur Enregistrer pour comparer"
        )
        return JsonResponse({"message": sentence}, status=409)
    form.version = meanwhile.version
    context = part_context(request, application, form.part, form)
    moment = format_moment(parse_datetime(meanwhile.at)) if meanwhile.at else ""
    context |= {"differences": found, "meanwhile_by": meanwhile.by, "meanwhile_at": moment}
    return render(request, "applications/edit.html", context, status=409)


def _go_on(request: SignedInRequest, application: Any, part: Part, form: forms.DraftForm) -> HttpResponse:
    """To the next part; or back here when a line is added or an answer does not stand."""
    go = request.POST.get("go", "")
    here = reverse("applications:edit", args=[application.pk, part])
    if go.startswith("add:"):
        code = go.removeprefix("add:")
        return redirect(f"{here}?ajouter={code}#compte-{code}" if code.isalnum() else here)
    if go == NEXT and not form.errors:
        return _next(application, part)
    if form.errors:
        messages.warning(request, "Enregistré tel quel : une réponse au moins est à corriger avant le dépôt.")
    else:
        messages.success(request, "Enregistré.")
    return redirect(here)


def part_context(
    request: SignedInRequest, application: Any, part: Part, form: forms.DraftForm | None = None
) -> dict[str, Any]:
    page = part_page(who(request), application, part, timezone.now())
    if form is None and part in WRITTEN:
        form = forms.form_for(application, part)
        form.add_row(request.GET.get("ajouter", ""))
        form.lock()
    return {"page": page, "application": application, "form": form, "part": part}


def _next(application: Any, part: Part) -> HttpResponse:
    """The next part; of those opened to correction when there are some, then the answer to the GIP."""
    if not application.unlocked:
        return redirect("applications:edit", application.pk, _after(part))
    parts = list(Part)
    left = [one for one in open_parts(application.unlocked) if parts.index(one) > parts.index(part)]
    if left:
        return redirect("applications:edit", application.pk, left[0])
    return redirect("appraisal:answer_information", application.pk)


def _after(part: Part) -> Part:
    parts = list(Part)
    return parts[min(parts.index(part) + 1, len(parts) - 1)]
