"""Which questionnaires there are, which version is asked."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from faubourg.consultation.models import ConsultationFigure
from faubourg.contracts.rules import Standing
from faubourg.questionnaires.models import Form, Questionnaire, Response
from faubourg.questionnaires.states import Mode, QuestionnaireState


def questionnaires_of(standing: Standing, contract_id: int) -> QuerySet[Questionnaire]:
    """The questionnaires of a contract this person reads, latest first."""
    rows = Questionnaire.objects.visible_to(standing).filter(contract=contract_id)
    return rows.select_related("consultation").prefetch_related("neighbourhoods").order_by("-pk")


def questionnaire_for(standing: Standing, pk: int) -> Questionnaire:
    """One questionnaire, or 404 when this person may not read it."""
    rows = Questionnaire.objects.visible_to(standing).select_related("contract", "consultation")
    return get_object_or_404(rows, pk=pk)


def questionnaire_by_code(public_code: str) -> Questionnaire:
    """The questionnaire behind a public address; a draft is not there yet."""
    rows = Questionnaire.objects.exclude(state=QuestionnaireState.DRAFT)
    return get_object_or_404(rows, public_code=public_code)


def latest_form(questionnaire: Questionnaire) -> Form:
    """The version being written, or asked."""
    form = questionnaire.forms.order_by("-number").first()
    if form is None:
        raise Http404
    return form


def form_for_answers(questionnaire: Questionnaire, pk: int | None) -> Form:
    """The version somebody has begun to answer, or the latest."""
    begun = questionnaire.forms.filter(pk=pk).first() if pk else None
    return begun or latest_form(questionnaire)


def figures_told(questionnaire: Questionnaire) -> list[ConsultationFigure]:
    """What is said elsewhere of its consultation, each figure with its own perimeter (CON-3)."""
    consultation = questionnaire.consultation
    return list(consultation.figures.all()) if consultation else []


def modes_of(questionnaire: Questionnaire) -> list[tuple[str, int, int]]:
    """(way, valid answers, set aside) for each way an answer came in."""
    rows = Response.objects.filter(questionnaire=questionnaire).order_by().values_list("mode")
    counts = {
        mode: (valid, aside)
        for mode, valid, aside in rows.annotate(
            valid=Count("pk", filter=Q(excluded_because="")),
            aside=Count("pk", filter=~Q(excluded_because="")),
        )
    }
    return [(str(mode.label), *counts.get(mode.value, (0, 0))) for mode in Mode]
