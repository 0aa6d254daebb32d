"""The papers of a committee: facts only, what each applicant wrote. No note of anyone is in them (PRG-7)."""

from typing import Any

from faubourg.appraisal.models import MeetingPapers, TabledApplication
from faubourg.appraisal.queries.live import Card, card_of
from faubourg.governance.models import Meeting
from faubourg.toolkit.money import format_euros


def papers_of(meeting: Meeting) -> MeetingPapers | None:
    return MeetingPapers.objects.select_related("booklet", "table").filter(meeting=meeting).first()


def on_the_agenda(meeting: Meeting) -> list[TabledApplication]:
    """The dossiers still on the agenda, in its order; a withdrawn one is not printed."""
    found = TabledApplication.objects.filter(item__meeting=meeting, carried_over=False)
    found = found.exclude(application__state="withdrawn").order_by("item__position")
    return list(found.select_related("item", "application__call", "application__applicant"))


def pages_of(tabled: TabledApplication) -> tuple[list[dict[str, Any]], list[Any]]:
    """(the dossier's two pages of the booklet: figures, then plain words; its line of the workbook)."""
    card = card_of(tabled.application)
    application = card.application
    facts = [
        ["Porteur", str(application.applicant)],
        ["Objectifs", "\n".join(card.objectives) or "à confirmer"],
        ["Quartiers", _neighbourhoods(card)],
        ["Habitants visés", card.residents],
        ["Budget", format_euros(card.expenses)],
        *[[f"Demandé · {one.envelope}", format_euros(one.requested_amount)] for one in card.asked],
        ["Droit commun sollicité", application.mainstream_sought or "rien n'est dit"],
        ["Durée prévue en séance", f"{tabled.item.minutes} min"],
    ]
    pages: list[dict[str, Any]] = [
        {"title": str(application), "facts": facts, "page_break": True},
        {
            "title": f"{application.number} en clair",
            "level": 2,
            "page_break": True,
            "paragraphs": [
                f"{application.applicant} demande {format_euros(card.requested)}, pour une action qui coûte "
                f"{format_euros(card.expenses)}.",
                f"Pour qui ? {application.audience or 'à confirmer'}",
                f"Pourquoi ? {application.need or 'à confirmer'}",
                f"Quoi ? {application.description or 'à confirmer'}",
                f"Qu'est-ce qui aura changé ? {application.expected_results or 'à confirmer'}",
            ],
        },
    ]
    row = [
        application.number, application.title, str(application.applicant), _neighbourhoods(card),
        card.residents, card.expenses, card.requested, tabled.item.minutes,
    ]  # fmt: skip
    return pages, row


def _neighbourhoods(card: Card) -> str:
    return ", ".join(card.neighbourhoods) or "à confirmer"
