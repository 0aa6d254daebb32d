from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.questionnaires import actions, exports, permissions, queries
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.tables import XLSX
from faubourg.toolkit.verdict import demand


@require_GET
def results(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.questionnaire_for(who(request), pk)
    smallest = queries.smallest_shown(shown, localdate())
    total, found = queries.results_of(shown, smallest)
    context = {
        "questionnaire": shown,
        "contract": shown.contract,
        "total": total,
        "results": found,
        "smallest": smallest,
        "figures": queries.figures_told(shown),
        "may_survey": permissions.can_survey(who(request), shown.contract_id),
        "may_read": permissions.can_read_answers(who(request), shown.contract_id),
    }
    return render(request, "questionnaires/results.html", context)


@require_GET
def cross(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two questions against each other; what is chosen lives in the address."""
    shown = queries.questionnaire_for(who(request), pk)
    asked = queries.questions_to_cross(shown)
    smallest = queries.smallest_shown(shown, localdate())
    row, column = asked.get(request.GET.get("ligne", "")), asked.get(request.GET.get("colonne", ""))
    context: dict[str, Any] = {
        "questionnaire": shown, "contract": shown.contract, "asked": asked, "smallest": smallest,
        "row": row, "column": column,
    }  # fmt: skip
    if row and column and row != column:
        table = queries.crossing_of(shown, row, column, smallest)
        labels = [*(one.labels["fr"] for one in row.choices), "Total"]
        context["rows"] = list(zip(labels, table, strict=True))
    return render(request, "questionnaires/cross.html", context)


@require_GET
def open_answers(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    shown = _read(request, pk)
    question = queries.all_questions(shown).asked().get(name)
    if question is None or question.kind != "text":
        raise Http404
    context = {
        "questionnaire": shown,
        "contract": shown.contract,
        "question": question,
        "page": queries.open_answers(shown, name, request.GET.get("page")),
        "may_survey": permissions.can_survey(who(request), shown.contract_id),
    }
    return render(request, "questionnaires/open_answers.html", context)


@require_POST
def pass_on(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    shown = _read(request, pk)
    try:
        passed = actions.pass_on(shown, actor=request.user, question=name, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("questionnaires:results", pk)
    messages.success(request, f"{passed} réponses versées dans les paroles, à relire avant publication.")
    return redirect("questionnaires:open_answers", pk, name)


@require_GET
def download(request: SignedInRequest, pk: int, which: str) -> HttpResponse:
    """The answers (csv, xlsx) or the questions as a codebook (qdc)."""
    shown = _read(request, pk)
    definition = queries.all_questions(shown)
    if which == "csv":
        made: Any = exports.answers_csv(definition, queries.answers_of(shown))
        kind = "text/csv; charset=utf-8"
    elif which == "xlsx":
        _, found = queries.results_of(shown, queries.smallest_shown(shown, localdate()))
        answers = queries.answers_of(shown)
        made, kind = exports.answers_workbook(shown, definition, answers, found, timezone.now()), XLSX
    elif which == "qdc":
        made, kind = exports.codebook(shown, definition), "application/xml"
    else:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{shown.public_code}.{which}"'}
    return HttpResponse(made, content_type=kind, headers=headers)


def _read(request: SignedInRequest, pk: int) -> Any:
    """The questionnaire, for someone who reads the answers themselves."""
    shown = queries.questionnaire_for(who(request), pk)
    demand(permissions.can_read_answers(who(request), shown.contract_id))
    return shown
