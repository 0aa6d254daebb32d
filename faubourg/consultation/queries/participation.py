"""How much residents took part, as it was counted (CIT-7, l. 948)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Q, Sum

from faubourg.consultation.models import AttendeeCount, Consultation, Contribution, CouncilLetter
from faubourg.consultation.rules import median_days
from faubourg.consultation.states import AttendeeCategory, ContributionState
from faubourg.contracts.rules import Standing


@dataclass(frozen=True)
class Participation:
    """One consultation: nobody gives a name, so distinct residents lie between two figures."""

    consultation: Consultation
    at_least: int | None
    """The residents of its fullest gathering: they are all distinct."""
    at_most: int | None
    """Its gatherings added up: who came twice counts twice."""
    said: int
    kept: int


@dataclass(frozen=True)
class CouncilAnswers:
    """What councils wrote, how many were answered, in how many days for half of them."""

    written: int
    answered: int
    median: Decimal | None


def participation_of(standing: Standing, contract_id: int) -> list[Participation]:
    """Every consultation this person reads, latest first: three queries."""
    residents = AttendeeCount.objects.filter(
        gathering__consultation__contract=contract_id, category=AttendeeCategory.RESIDENTS
    ).order_by()
    by_consultation = residents.values_list("gathering__consultation")
    came = {pk: both for pk, *both in by_consultation.annotate(least=Max("count"), most=Sum("count"))}
    words = Contribution.objects.filter(contract=contract_id).order_by().values_list("consultation")
    kept = Count("pk", filter=Q(state=ContributionState.KEPT))
    said = {pk: both for pk, *both in words.annotate(all=Count("pk"), kept=kept)}
    return [
        Participation(one, *came.get(one.pk, (None, None)), *said.get(one.pk, (0, 0)))
        for one in Consultation.objects.visible_to(standing).filter(contract=contract_id)
    ]


def council_answers(contract_id: int) -> CouncilAnswers:
    letters = list(
        CouncilLetter.objects.filter(council__contract=contract_id).values_list("received_on", "answered_on")
    )
    days = [(answered - received).days for received, answered in letters if answered]
    return CouncilAnswers(len(letters), len(days), median_days(days))
