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
from faubourg.questionnaires.forms import FileForm
from faubourg.toolkit.asking import attempt
from faubourg.toolkit.tables import XLSX
from faubourg.toolkit.verdict import demand

ABOUT_QUESTIONS = (
    "Un classeur XLSForm remplace les questions de cette version. Ce qui n'est pas repris est refusé avec sa "
    "cellule, et rien n'est changé."
)
ABOUT_ANSWERS = (
    "Une ligne de titres (les questions), puis une ligne par réponse. Une ligne illisible, et rien n'est "
    "repris ; le même fichier deux fois n'ajoute rien."
)


@require_GET
def export_xlsform(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _written(request, pk)
    made = exports.xlsform(queries.latest_form(shown), shown.languages, timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{shown.public_code}.xlsx"'}
    return HttpResponse(made, content_type=XLSX, headers=headers)


@require_http_methods(["GET", "POST"])
def import_xlsform(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _written(request, pk)
    form = _file(request)
    now = timezone.now()

    def act(said: dict[str, Any]) -> Any:
        return actions.save_form(shown, imports.read_xlsform(said["file"]), actor=request.user, now=now)

    if attempt(form, act):
        messages.success(request, "Les questions du classeur sont reprises.")
        return redirect("questionnaires:questions", pk)
    return _page(request, shown, form, "Reprendre un XLSForm", ABOUT_QUESTIONS)


@require_http_methods(["GET", "POST"])
def import_answers(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _written(request, pk)
    form = _file(request)
    now = timezone.now()
    added: list[int] = []

    def act(said: dict[str, Any]) -> None:
        rows = imports.read_answers(said["file"], queries.latest_form(shown).asked, localdate(now))
        added.append(actions.import_answers(shown, actor=request.user, rows=rows, now=now))

    if attempt(form, act):
        messages.success(request, f"{added[0]} réponses ajoutées ; celles qui étaient déjà là sont laissées.")
        return redirect("questionnaires:results", pk)
    return _page(request, shown, form, "Reprendre un tableau de réponses", ABOUT_ANSWERS)


def _file(request: SignedInRequest) -> FileForm:
    return FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()


def _written(request: SignedInRequest, pk: int) -> Any:
    shown = queries.questionnaire_for(who(request), pk)
    demand(permissions.can_survey(who(request), shown.contract_id))
    return shown


def _page(request: SignedInRequest, shown: Any, form: FileForm, heading: str, lead: str) -> HttpResponse:
    context = {"form": form, "contract": shown.contract, "questionnaire": shown, "heading": heading}
    more = {"lead": lead, "has_file": True, "button": "Reprendre"}
    return render(request, "questionnaires/form.html", {**context, **more})
