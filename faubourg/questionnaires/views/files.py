from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.questionnaires import actions, exports, imports, permissions, queries
from faubourg.questionnaires.forms import AnswersForm, FileForm, packed
from faubourg.toolkit.asking import attempt, sent, sent_files
from faubourg.toolkit.tables import XLSX
from faubourg.toolkit.verdict import demand

ABOUT_QUESTIONS = (
    "Un classeur XLSForm remplace les questions de cette version. Ce qui n'est pas repris est refusé avec sa "
    "cellule, et rien n'est changé."
)
ABOUT_ANSWERS = (
    "Une ligne de titres (les questions), puis une ligne par réponse. Vous voyez d'abord ce qui est nouveau, "
    "déjà là ou illisible ; le même fichier deux fois n'ajoute rien."
)
MOST_REFUSED = 30


@require_GET
def export_xlsform(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _written(request, pk)
    made = exports.xlsform(queries.latest_form(shown), shown.languages, timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{shown.public_code}.xlsx"'}
    return HttpResponse(made, content_type=XLSX, headers=headers)


@require_http_methods(["GET", "POST"])
def import_xlsform(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _written(request, pk)
    form = FileForm(sent(request), sent_files(request))
    now = timezone.now()

    def act(said: dict[str, Any]) -> Any:
        return actions.save_form(shown, imports.read_xlsform(said["file"]), actor=request.user, now=now)

    if attempt(form, act):
        messages.success(request, "Les questions du classeur sont reprises.")
        return redirect("questionnaires:questions", pk)
    return _page(request, shown, form, "Reprendre un XLSForm", ABOUT_QUESTIONS)


@require_http_methods(["GET", "POST"])
def import_answers(request: SignedInRequest, pk: int) -> HttpResponse:
    """First what the file holds: new, already there, refused; then all of it, or nothing."""
    shown = _written(request, pk)
    form = AnswersForm(sent(request), sent_files(request))
    asked, now = queries.latest_form(shown).asked, timezone.now()
    table = attempt(form, lambda said: imports.read_answers(said["content"], asked, localdate(now)))
    if table is None:
        heading = "Reprendre un tableau de réponses"
        return _page(request, shown, form, heading, ABOUT_ANSWERS, "Voir ce qu'il contient")
    if table.refused or not request.POST.get("kept"):
        return _preview(request, shown, form, table)
    added = actions.import_answers(shown, actor=request.user, rows=table.answers, now=now)
    messages.success(request, f"{added} réponses ajoutées ; celles qui étaient déjà là sont laissées.")
    return redirect("questionnaires:results", pk)


def _preview(request: SignedInRequest, shown: Any, form: AnswersForm, table: Any) -> HttpResponse:
    taken = queries.references_taken(shown)
    there = sum(reference in taken for reference, _, _ in table.answers)
    context = {
        "questionnaire": shown,
        "contract": shown.contract,
        "there": there,
        "new": len(table.answers) - there,
        "refused": table.refused[:MOST_REFUSED],
        "more": len(table.refused) - MOST_REFUSED,
        "kept": packed(form.cleaned_data["content"]),
    }
    return render(request, "questionnaires/preview.html", context)


def _written(request: SignedInRequest, pk: int) -> Any:
    shown = queries.questionnaire_for(who(request), pk)
    demand(permissions.can_survey(who(request), shown.contract_id))
    return shown


def _page(
    request: SignedInRequest, shown: Any, form: FileForm, heading: str, lead: str, button: str = "Reprendre"
) -> HttpResponse:
    context = {"form": form, "contract": shown.contract, "questionnaire": shown, "heading": heading}
    more = {"lead": lead, "has_file": True, "button": button}
    return render(request, "questionnaires/form.html", {**context, **more})
