"""A dossier beside the one it renews: what changed, and what each funder decided then."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404

from faubourg.applications.models import Application
from faubourg.applications.queries import Comparison, application_for, comparison
from faubourg.awards.queries import decisions_of
from faubourg.contracts.rules import Standing
from faubourg.portal.queries.application import shows_decisions


@dataclass(frozen=True)
class AskedRow:
    """One funder: asked then, decided then (when this reader may know it), asked now."""

    funder: str
    asked_before: Decimal | None
    decided_before: str
    awarded_before: Decimal | None
    asked_now: Decimal | None


@dataclass(frozen=True)
class ComparisonPage:
    """Template: portal/comparison.html."""

    application: Application
    found: Comparison
    asked: Sequence[AskedRow]
    shows_decisions: bool


def comparison_page(held: Standing, pk: int) -> ComparisonPage:
    """Both dossiers are ones this person may read, or 404."""
    application = application_for(held, pk)
    if application.copied_from_id is None:
        raise Http404
    source = application_for(held, application.copied_from_id)
    found = comparison(source, application)
    shown = shows_decisions(held, source)
    decided = {str(line.envelope): line for line in decisions_of([source])[source.pk]} if shown else {}
    rows = [
        AskedRow(
            funder=change.label,
            asked_before=change.before,
            decided_before=decided[change.label].outcome_label if change.label in decided else "",
            awarded_before=decided[change.label].awarded if change.label in decided else None,
            asked_now=change.after,
        )
        for change in found.asked
    ]
    return ComparisonPage(application, found, rows, shown)
