"""CIT-2: the council of a neighbourhood aimed at gives its opinion until the funders have decided."""

import pytest
from django.core.exceptions import PermissionDenied

from faubourg.appraisal import actions
from faubourg.appraisal.models import Opinion
from faubourg.appraisal.queries import councils_of
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import CitizenCouncilFactory, InterestFactory, NeighbourhoodFactory


def give(application, council, actor, stance="favourable"):
    return actions.give_council_opinion(
        application, council, actor=actor, stance=stance, summary="Les habitants l'attendent.", now=NOW
    )


def test_a_councillor_gives_the_opinion_of_their_council(cast, desk, councillor):
    application = desk.filed()
    opinion = give(application, cast.council, councillor)
    assert (opinion.council, opinion.stance, opinion.given_by) == (cast.council, "favourable", councillor)
    application.refresh_from_db()
    assert application.state == "submitted"


def test_a_council_corrects_its_opinion_rather_than_giving_two(cast, desk, councillor):
    application = desk.filed()
    give(application, cast.council, councillor)
    give(application, cast.council, councillor, "reserved")
    assert Opinion.objects.get().stance == "reserved"


def test_the_gip_writes_for_a_council_and_the_journal_says_so(cast, desk, officer, councillor):
    give(desk.filed(), cast.council, officer)
    assert Entry.objects.get(verb="appraisal.give_council_opinion").changes["au nom de"] == [
        None,
        str(cast.council),
    ]
    Opinion.objects.all().delete()
    give(desk.filed(), cast.council, councillor)
    assert "au nom de" not in Entry.objects.filter(verb="appraisal.give_council_opinion").first().changes


def test_another_council_and_another_role_say_nothing(cast, desk, councillor, expert):
    other = CitizenCouncilFactory(contract=cast.contract, neighbourhood=cast.qpv)
    application = desk.filed()
    for council, person in ((other, councillor), (cast.council, expert)):
        with pytest.raises(PermissionDenied):
            give(application, council, person)


def test_a_council_of_another_neighbourhood_is_not_concerned(cast, desk, officer):
    elsewhere = CitizenCouncilFactory(contract=cast.contract, neighbourhood=NeighbourhoodFactory())
    with pytest.raises(Refusal, match="ne vise pas"):
        give(desk.filed(), elsewhere, officer)


def test_where_no_neighbourhood_has_a_council_those_of_the_contract_are_asked(cast, desk):
    application = desk.filed()
    assert list(councils_of(application)) == [cast.council]
    application.territories.update(neighbourhood=NeighbourhoodFactory(kind="pocket", code="POCHE"))
    assert list(councils_of(application)) == [cast.council]


def test_a_council_that_stopped_is_not_asked(cast, desk):
    application = desk.filed()
    cast.council.status = "stopped"
    cast.council.save()
    assert not councils_of(application).exists()


def test_a_councillor_tied_to_the_applicant_stands_aside(cast, desk, councillor):
    """PRG-7."""
    InterestFactory(user=councillor, organisation=cast.applicant)
    with pytest.raises(PermissionDenied, match="déport"):
        give(desk.filed(), cast.council, councillor)


def test_a_council_gives_no_opinion_on_its_own_dossier_nor_anybody_for_it(cast, desk, councillor, officer):
    """PRG-7: its councillors stand aside, as its members would."""
    own = desk.filed(applicant=cast.council.organisation)
    with pytest.raises(PermissionDenied, match="déport"):
        give(own, cast.council, councillor)
    with pytest.raises(PermissionDenied, match="sa propre demande"):
        give(own, cast.council, officer)


@pytest.mark.parametrize(
    ("state", "stands"),
    [
        ("submitted", True),
        ("reviewed", True),
        ("decided", False),
        ("inadmissible", False),
        ("withdrawn", False),
    ],
)
def test_the_opinion_comes_before_the_decisions(cast, desk, councillor, state, stands):
    application = desk.filed()
    type(application).objects.update(state=state)
    if stands:
        give(application, cast.council, councillor)
        assert Opinion.objects.exists()
    else:
        with pytest.raises(PermissionDenied, match="ne peut plus changer"):
            give(application, cast.council, councillor)
