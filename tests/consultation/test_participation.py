"""The figures of participation: distinct residents between two bounds, words kept, days to answer (CIT-7)."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from faubourg.consultation import actions
from faubourg.consultation.models import AttendeeCount
from faubourg.consultation.queries import council_answers
from faubourg.consultation.rules import median_days
from tests.conftest import NOW, TODAY
from tests.factories import ConsultationFactory, ContributionFactory, GatheringFactory


def test_the_median_is_unknown_of_nothing_and_between_the_two_middle_ones():
    assert median_days([]) is None
    assert median_days([40, 3, 9]) == 9
    assert median_days([3, 10]) == Decimal("6.5")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_residents_lie_between_the_fullest_gathering_and_their_sum(
    client, cast, officer, django_assert_max_num_queries, count
):
    for _ in range(count):
        consultation = ConsultationFactory(contract=cast.contract, state="published")
        for residents in (30, 12):
            gathering = GatheringFactory(consultation=consultation)
            AttendeeCount.objects.create(gathering=gathering, category="residents", count=residents)
            AttendeeCount.objects.create(gathering=gathering, category="elected", count=5)
        ContributionFactory(contract=cast.contract, consultation=consultation)
        ContributionFactory(contract=cast.contract, consultation=consultation, state="kept")
    client.force_login(officer)

    with django_assert_max_num_queries(8):
        answer = client.get(reverse("consultation:participation", args=[cast.contract.slug]))

    found = [(one.at_least, one.at_most, one.said, one.kept) for one in answer.context["rows"]]
    assert found == [(30, 42, 2, 1)] * count


@pytest.mark.django_db
def test_what_nobody_counted_is_to_confirm_and_only_what_is_answered_has_a_delay(cast, officer):
    for subject in ("Les bancs", "Le bruit"):
        letter = actions.write_letter(
            cast.council, actor=officer, kind="opinion", subject=subject, text="Dit", now=NOW,
            received_on=date(2026, 11, 21),
        )  # fmt: skip
    actions.answer_letter(
        letter, actor=officer, answer="Oui", answered_for="Le maire", answered_on=TODAY, now=NOW
    )

    answers = council_answers(cast.contract.pk)

    assert (answers.written, answers.answered, answers.median) == (2, 1, 10)
