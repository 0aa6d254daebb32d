"""A consultation from its preparation to its minutes, and who may do it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from faubourg.consultation import actions
from faubourg.consultation.models import Consultation, Contribution
from faubourg.contracts.queries import standing
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import (
    ConsultationFactory,
    GatheringFactory,
    GatheringQuestionFactory,
    GatheringTableFactory,
)

pytestmark = pytest.mark.django_db


def said(cast, **changed):
    plain = {
        "title": "La place",
        "aim": "",
        "modalities": ["public_meeting"],
        "starts_on": TODAY,
        "ends_on": None,
    }
    sets = {"neighbourhoods": [cast.qpv], "topics": [], "organisers": []}
    return {**plain, "perimeter": "", **sets, **changed}


def held(**changed):
    told = {"kind": "world_cafe", "title": "Café", "held_on": TODAY, "hour": "17 h", "place": "Salle"}
    return {**told, "neighbourhood": None, "facilitators": "", **changed}


def test_the_gip_prepares_and_publishes_a_consultation_con_1(cast, officer):
    made = actions.prepare(cast.contract, actor=officer, now=NOW, **said(cast))
    actions.publish(made, actor=officer, now=NOW)

    made.refresh_from_db()
    assert (made.state, made.published_on) == ("published", TODAY)


def test_a_consultation_only_digital_is_not_published_con_1(cast, officer):
    made = actions.prepare(cast.contract, actor=officer, now=NOW, **said(cast, modalities=["online"]))

    with pytest.raises(Refusal, match="seulement numérique"):
        actions.publish(made, actor=officer, now=NOW)

    actions.add_gathering(made, actor=officer, now=NOW, **held())
    actions.publish(made, actor=officer, now=NOW)


def test_once_published_it_never_becomes_only_digital_con_1(cast, officer):
    made = actions.prepare(cast.contract, actor=officer, now=NOW, **said(cast))
    actions.publish(made, actor=officer, now=NOW)

    with pytest.raises(Refusal, match="seulement numérique"):
        actions.amend(made, actor=officer, now=NOW, **said(cast, modalities=["online"]))


def test_a_title_is_taken_once_and_an_end_comes_after_its_beginning(cast, officer):
    actions.prepare(cast.contract, actor=officer, now=NOW, **said(cast))

    with pytest.raises(Refusal) as refusal:
        actions.prepare(
            cast.contract, actor=officer, now=NOW, **said(cast, ends_on=TODAY - timedelta(days=1))
        )
    assert set(refusal.value.errors) == {"title", "ends_on"}


@pytest.mark.parametrize("role", ["reader", "councillor", "state_officer", "editor"])
def test_only_the_gip_prepares(cast, request, role):
    with pytest.raises(PermissionDenied, match="GIP"):
        actions.prepare(cast.contract, actor=request.getfixturevalue(role), now=NOW, **said(cast))


def test_a_draft_is_seen_by_the_gip_alone(cast, officer, reader):
    ConsultationFactory(contract=cast.contract)
    ConsultationFactory(contract=cast.contract, state="published")

    seen = {
        person: Consultation.objects.visible_to(standing(person, TODAY)).count()
        for person in (officer, reader)
    }
    assert seen == {officer: 2, reader: 1}


def test_a_gathering_is_added_once_with_its_questions_and_tables_con_4(cast, officer):
    made = ConsultationFactory(contract=cast.contract)
    once, twice = (
        actions.add_gathering(
            made, actor=officer, now=NOW, questions=["Que changer ?"], tables=["Habitat", "Sport"], **held()
        )
        for _ in range(2)
    )

    assert once == twice
    assert [str(table) for table in once.tables.all()] == ["Table 1 · Habitat", "Table 2 · Sport"]


def test_a_table_people_spoke_at_is_not_taken_away(cast, officer):
    gathering = GatheringFactory(consultation__contract=cast.contract)
    table = GatheringTableFactory(gathering=gathering, position=1, name="Habitat")
    GatheringQuestionFactory(gathering=gathering, position=1)
    actions.take_down(gathering, actor=officer, text="Des volets", table=table, now=NOW)

    with pytest.raises(Refusal) as refusal:
        actions.amend_gathering(gathering, actor=officer, now=NOW, **held())
    assert set(refusal.value.errors) == {"tables"}


def test_people_are_counted_by_category_and_unknown_is_not_zero_con_4(cast, officer):
    gathering = GatheringFactory(consultation__contract=cast.contract)
    actions.count_attendees(
        gathering,
        actor=officer,
        attendees=78,
        counts={"residents": 60, "elected": 0, "landlords": None},
        now=NOW,
    )

    assert dict(gathering.counts.values_list("category", "count")) == {"residents": 60, "elected": 0}
    with pytest.raises(Refusal, match="plus que les 78"):
        actions.count_attendees(gathering, actor=officer, attendees=78, counts={"residents": 79}, now=NOW)


def test_minutes_are_written_validated_then_published_con_6(cast, officer):
    gathering = GatheringFactory(consultation__contract=cast.contract)

    with pytest.raises(Refusal, match="pas encore rédigé"):
        actions.publish_minutes(gathering, actor=officer, now=NOW)
    actions.write_minutes(gathering, actor=officer, text="Il a été dit…", now=NOW)
    with pytest.raises(Refusal, match="pas validé"):
        actions.publish_minutes(gathering, actor=officer, now=NOW)
    with pytest.raises(Refusal, match="à venir"):
        actions.validate_minutes(
            gathering, actor=officer, body="COTECH", validated_on=TODAY + timedelta(days=1), now=NOW
        )
    actions.validate_minutes(gathering, actor=officer, body="COTECH", validated_on=TODAY, now=NOW)
    with pytest.raises(Refusal, match="ne se modifie plus"):
        actions.write_minutes(gathering, actor=officer, text="Autre chose", now=NOW)
    actions.publish_minutes(gathering, actor=officer, now=NOW)

    assert gathering.minutes.published_on == TODAY
    with pytest.raises(IllegalStep):
        actions.publish_minutes(gathering, actor=officer, now=NOW)


def test_what_is_said_is_taken_down_once_per_click(cast, officer):
    gathering = GatheringFactory(consultation__contract=cast.contract, held_on=date(2023, 7, 3))
    for now in (NOW, NOW + timedelta(seconds=5), NOW + timedelta(minutes=9)):
        actions.take_down(gathering, actor=officer, text=" Plus d'ombre ", now=now)

    words = Contribution.objects.all()
    assert [(one.text, one.said_on, one.state) for one in words] == [
        ("Plus d'ombre", date(2023, 7, 3), "to_read")
    ] * 2


def test_the_same_answer_of_a_questionnaire_enters_once(cast, officer):
    first, second = (
        actions.record_contribution(
            cast.contract, actor=officer, origin="questionnaire", text="Du sport", said_on=TODAY, now=NOW,
            reference="questionnaire-1-bulletin-12-question-3",
        )
        for _ in range(2)
    )  # fmt: skip
    assert first == second
    with pytest.raises(Refusal, match="à venir"):
        actions.record_contribution(
            cast.contract,
            actor=officer,
            origin="letter",
            text="x",
            said_on=TODAY + timedelta(days=1),
            now=NOW,
        )
