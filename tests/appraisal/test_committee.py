"""PRG-6: what a committee may do to a dossier, and what it may not."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from faubourg.appraisal import actions
from faubourg.appraisal.models import Opinion, Remark, TabledApplication
from faubourg.appraisal.states import Stance
from faubourg.governance.actions import meetings
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import (
    BodyFactory,
    ContractFactory,
    InterestFactory,
    MeetingFactory,
    NeighbourhoodFactory,
    TeamMemberFactory,
)


def test_an_appraised_dossier_is_tabled(desk, officer):
    application, meeting = desk.appraised(), desk.committee()
    tabled = actions.table(application, meeting, actor=officer, minutes=12, now=NOW)
    assert application.state == "tabled"
    assert (tabled.item.title, tabled.item.minutes, tabled.item.position) == (str(application), 12, 1)


def test_a_dossier_not_appraised_is_not_tabled(desk, officer):
    with pytest.raises(IllegalStep):
        actions.table(desk.admissible(), desk.committee(), actor=officer, now=NOW)


def test_a_dossier_is_tabled_once_at_a_time(desk, officer):
    application = desk.appraised()
    actions.table(application, desk.committee(), actor=officer, now=NOW)
    with pytest.raises(IllegalStep):
        actions.table(application, desk.committee(), actor=officer, now=NOW)
    assert TabledApplication.objects.count() == 1


@pytest.mark.parametrize("kind", ["steering", "technical"])
def test_a_dossier_goes_before_a_programming_committee_only(cast, desk, officer, kind):
    meeting = MeetingFactory(body=BodyFactory(contracts=[cast.contract], kind=kind))
    with pytest.raises(Refusal, match="CTP"):
        actions.table(desk.appraised(), meeting, actor=officer, now=NOW)


def test_a_dossier_goes_before_a_committee_of_its_own_contract(cast, desk, officer):
    other = ContractFactory()
    TeamMemberFactory(contract=other, user=officer, role="gip_officer")
    meeting = MeetingFactory(body=BodyFactory(contracts=[other], kind="programming"))
    with pytest.raises(Refusal, match="de son contrat"):
        actions.table(desk.appraised(), meeting, actor=officer, now=NOW)


def test_p147_outside_a_qpv_without_a_relay_is_not_tabled(cast, desk, officer, ask_county):
    """GEO-6 d: it warned at filing and at admissibility, it blocks here."""
    pocket = NeighbourhoodFactory(kind="pocket", code="BESSEGES", name="Bessèges")
    cast.call.neighbourhoods.add(pocket)
    application = desk.filed()
    application.territories.update(neighbourhood=pocket)
    application.budget_lines.filter(side="income").update(account="74C")
    actions.declare_admissible(application, actor=officer, now=NOW)
    notes = {"assessment": "Bien", "recommendation": "favourable"}
    actions.save_appraisal(application, actor=officer, version=0, notes=notes, now=NOW)
    actions.appraise(application, actor=officer, now=NOW)
    meeting = desk.committee()
    with pytest.raises(Refusal, match="Relais par le droit commun"):
        actions.table(application, meeting, actor=officer, now=NOW)
    application.refresh_from_db()
    application.relay_plan = "Le Département reprend l'action."
    application.save()
    actions.table(application, meeting, actor=officer, now=NOW)
    assert application.state == "tabled"


def test_several_dossiers_are_tabled_together_or_not_at_all(desk, officer):
    good, bad, meeting = desk.appraised(), desk.admissible(), desk.committee()
    with pytest.raises(IllegalStep):
        actions.table_all([good, bad], meeting=meeting, actor=officer, now=NOW)
    good.refresh_from_db()
    assert good.state == "appraised"
    assert not meeting.agenda.exists()


def test_a_dossier_nobody_spoke_of_is_taken_off_the_agenda(desk, officer):
    tabled = desk.tabled()
    actions.untable(tabled, actor=officer, now=NOW)
    tabled.application.refresh_from_db()
    assert tabled.application.state == "appraised"
    assert not TabledApplication.objects.exists()


def test_a_dossier_spoken_of_is_carried_over_rather_than_removed(desk, officer):
    tabled = desk.tabled()
    actions.remark(tabled, actor=officer, speaker="État", text="À préciser.", now=NOW)
    with pytest.raises(Refusal, match="ajournez-le"):
        actions.untable(tabled, actor=officer, now=NOW)


def test_a_carried_over_dossier_awaits_a_committee_again(desk, officer):
    tabled = desk.tabled()
    actions.carry_over(tabled, actor=officer, reason="Porteur absent", now=NOW)
    tabled.application.refresh_from_db()
    assert tabled.application.state == "appraised"
    assert (tabled.carried_over, tabled.carry_reason) == (True, "Porteur absent")
    with pytest.raises(Refusal, match="ajourné"):
        actions.remark(tabled, actor=officer, speaker="État", text="Trop tard", now=NOW)


def test_a_dossier_is_carried_over_to_a_meeting_already_known(desk, officer):
    tabled, later = desk.tabled(), desk.committee()
    again = actions.carry_over(tabled, actor=officer, reason="Porteur absent", to=later, now=NOW)
    tabled.application.refresh_from_db()
    assert (again.item.meeting, again.application, tabled.application.state) == (
        later,
        tabled.application,
        "tabled",
    )


def test_carrying_over_says_why_and_not_to_the_same_meeting(desk, officer):
    tabled = desk.tabled()
    with pytest.raises(Refusal) as refused:
        actions.carry_over(tabled, actor=officer, reason=" ", to=tabled.item.meeting, now=NOW)
    assert set(refused.value.errors) == {"reason", "to"}


def test_an_opinion_is_given_in_a_meeting_that_sits(desk, officer):
    tabled = desk.tabled(desk.committee())
    with pytest.raises(Refusal, match="ouvrez d'abord"):
        desk.spoken(tabled)


@pytest.mark.parametrize("stance", list(Stance))
def test_any_opinion_makes_the_dossier_reviewed_because_it_only_advises(desk, stance):
    tabled = desk.tabled()
    opinion = desk.spoken(tabled, stance)
    tabled.application.refresh_from_db()
    assert (tabled.application.state, opinion.stance) == ("reviewed", stance)


def test_an_opinion_needs_a_stance_and_a_synthesis(desk, officer):
    with pytest.raises(Refusal) as refused:
        actions.give_opinion(desk.tabled(), actor=officer, stance="parfait", summary=" ", now=NOW)
    assert set(refused.value.errors) == {"stance", "summary"}


def test_an_opinion_is_corrected_while_the_meeting_sits(desk, officer):
    tabled = desk.tabled()
    desk.spoken(tabled)
    actions.give_opinion(
        tabled, actor=officer, stance="reserved", summary="À revoir.", conditions="Devis", now=NOW
    )
    opinion = Opinion.objects.get()
    assert (opinion.stance, opinion.conditions) == ("reserved", "Devis")
    assert Entry.objects.filter(verb="appraisal.give_opinion").first().changes["stance"] == [
        "favourable",
        "reserved",
    ]


def test_an_opinion_no_longer_changes_once_the_funders_have_decided(desk, officer):
    tabled = desk.tabled()
    desk.spoken(tabled)
    type(tabled.application).objects.update(state="decided")
    with pytest.raises(Refusal, match="ne peut plus changer"):
        desk.spoken(tabled, "unfavourable")


def test_a_dossier_with_its_opinion_is_neither_removed_nor_carried_over(desk, officer):
    tabled = desk.tabled()
    desk.spoken(tabled)
    for change in (
        lambda: actions.untable(tabled, actor=officer, now=NOW),
        lambda: actions.carry_over(tabled, actor=officer, reason="Absent", now=NOW),
    ):
        with pytest.raises(Refusal, match="a rendu son avis"):
            change()


def test_a_meeting_does_not_close_while_a_dossier_has_no_opinion(desk, officer):
    meeting = desk.committee(is_open=True)
    first, second = desk.tabled(meeting), desk.tabled(meeting)
    desk.spoken(first)
    with pytest.raises(Refusal, match=second.application.number):
        actions.close_meeting(meeting, actor=officer, now=NOW)
    meeting.refresh_from_db()
    assert meeting.state == "open"
    actions.carry_over(second, actor=officer, reason="Temps écoulé", now=NOW)
    actions.close_meeting(meeting, actor=officer, now=NOW)
    assert meeting.state == "closed"


def test_a_dossier_withdrawn_meanwhile_does_not_hold_the_meeting(desk, officer):
    tabled = desk.tabled()
    type(tabled.application).objects.update(state="withdrawn")
    actions.close_meeting(tabled.item.meeting, actor=officer, now=NOW)
    assert tabled.item.meeting.state == "closed"


def test_after_the_closing_the_record_is_frozen(desk, officer, expert):
    meeting = desk.committee(is_open=True)
    tabled = desk.tabled(meeting)
    waiting = desk.appraised()
    desk.spoken(tabled)
    actions.close_meeting(meeting, actor=officer, now=NOW)
    tabled.item.meeting.refresh_from_db()
    for change in (
        lambda: desk.spoken(tabled, "unfavourable"),
        lambda: actions.remark(tabled, actor=expert, speaker="", text="Encore", now=NOW),
        lambda: actions.table(waiting, meeting, actor=officer, now=NOW),
        lambda: actions.untable(tabled, actor=officer, now=NOW),
        lambda: actions.carry_over(tabled, actor=officer, reason="Non", now=NOW),
        lambda: actions.close_meeting(meeting, actor=officer, now=NOW),
        lambda: actions.cancel_meeting(meeting, actor=officer, now=NOW),
    ):
        with pytest.raises(Refusal, match="close"):
            change()
    assert Opinion.objects.get().stance == "favourable"
    assert not Remark.objects.exists()


def test_the_funders_officers_are_told_of_the_record_and_nobody_else(desk, officer, state_officer, cast):
    """PRG-8: the State was asked, the county was not."""
    cast.seat("funder_officer", cast.county)
    tabled = desk.tabled()
    desk.spoken(tabled)
    actions.close_meeting(tabled.item.meeting, actor=officer, now=NOW)
    letter = Message.objects.get()
    assert letter.recipient == state_officer.email
    assert f"/instances/seances/{tabled.item.meeting.pk}/releve/" in letter.body
    assert "Utile." not in letter.body


def test_a_cancelled_meeting_gives_its_dossiers_back(desk, officer):
    meeting = desk.committee()
    tabled = desk.tabled(meeting)
    actions.cancel_meeting(meeting, actor=officer, now=NOW)
    tabled.application.refresh_from_db()
    assert (meeting.state, tabled.application.state) == ("cancelled", "appraised")
    actions.table(tabled.application, desk.committee(), actor=officer, now=NOW)


def test_a_meeting_under_way_is_not_cancelled(desk, officer):
    with pytest.raises(IllegalStep):
        actions.cancel_meeting(desk.committee(is_open=True), actor=officer, now=NOW)


def test_the_gip_writes_for_anyone_and_the_others_for_themselves(desk, officer, expert):
    tabled = desk.tabled()
    actions.remark(tabled, actor=officer, speaker="Département", text="Favorable.", now=NOW)
    actions.remark(tabled, actor=expert, speaker="Département", text="À creuser.", now=NOW)
    assert list(tabled.remarks.values_list("speaker", "author__full_name")) == [
        ("Département", "Omar Chargé"),
        ("Élise Experte", "Élise Experte"),
    ]


def test_a_remark_has_a_speaker_and_words(desk, officer):
    with pytest.raises(Refusal) as refused:
        actions.remark(desk.tabled(), actor=officer, speaker=" ", text=" ", now=NOW)
    assert set(refused.value.errors) == {"speaker", "text"}


def test_the_words_of_someone_tied_to_the_applicant_are_not_written_for_them(cast, desk, officer, expert):
    """PRG-7."""
    InterestFactory(user=expert, organisation=cast.applicant)
    with pytest.raises(Refusal, match="déport"):
        actions.remark(desk.tabled(), actor=officer, speaker="élise experte", text="Très bien", now=NOW)


def test_remarks_may_be_prepared_before_the_meeting(desk, expert):
    tabled = desk.tabled(desk.committee(starts_at=datetime(2027, 3, 1, 9, tzinfo=UTC)))
    actions.remark(tabled, actor=expert, speaker="", text="Prévoir un devis.", now=NOW)
    assert tabled.remarks.count() == 1


def test_an_open_meeting_is_started_by_the_gip_only(desk, expert):
    with pytest.raises(PermissionDenied):
        meetings.start(desk.committee(), actor=expert, now=NOW)


def test_an_opinion_is_one_line_of_the_journal_with_the_step_it_makes(desk, officer):
    tabled = desk.tabled()
    desk.spoken(tabled)

    (entry,) = Entry.objects.filter(verb="appraisal.give_opinion")
    assert entry.changes["state"] == ["tabled", "reviewed"]
    assert entry.changes["summary"][1]
