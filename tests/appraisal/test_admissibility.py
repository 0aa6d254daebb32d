import pytest

from faubourg.appraisal import actions
from faubourg.appraisal.queries import checks_for, tied_people
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import InterestFactory, ParameterFactory, RequiredPaperFactory


def severity(application, label):
    return {check.label: check.severity for check in checks_for(application, TODAY)}[label]


def test_the_gip_declares_a_complete_dossier_admissible(desk, officer):
    application = desk.filed()
    actions.declare_admissible(application, actor=officer, now=NOW)
    assert application.state == "admissible"
    entry = Entry.objects.get(verb="appraisal.declare_admissible")
    assert (entry.actor, entry.changes["state"]) == (officer, ["submitted", "admissible"])


def test_a_blocking_check_forbids_admissibility_and_says_why(cast, desk, officer):
    """PRG-4."""
    RequiredPaperFactory(call=cast.call, label="Statuts signés")
    application = desk.filed()
    with pytest.raises(Refusal, match="Statuts signés"):
        actions.declare_admissible(application, actor=officer, now=NOW)
    application.refresh_from_db()
    assert application.state == "submitted"


def test_a_second_click_on_admissible_says_it_is_done(desk, officer):
    application = desk.admissible()
    with pytest.raises(IllegalStep, match="Recevable"):
        actions.declare_admissible(application, actor=officer, now=NOW)


def test_inadmissible_demands_a_reason(desk, officer):
    application = desk.filed()
    with pytest.raises(Refusal, match="pourquoi") as refused:
        actions.declare_inadmissible(application, actor=officer, reason=" ", now=NOW)
    assert set(refused.value.errors) == {"reason"}


def test_the_applicant_reads_why_the_dossier_is_inadmissible(desk, officer, signatory, org_admin, editor):
    application = desk.filed()
    actions.declare_inadmissible(application, actor=officer, reason="Hors du territoire.", now=NOW)
    application.refresh_from_db()
    assert (application.state, application.closing_reason) == ("inadmissible", "Hors du territoire.")
    letters = Message.objects.filter(body__contains="Hors du territoire.")
    assert {letter.recipient for letter in letters} == {signatory.email, org_admin.email}


def test_an_applicant_without_anybody_is_written_to_at_its_own_address(desk, officer):
    actions.declare_inadmissible(desk.filed(), actor=officer, reason="Hors champ.", now=NOW)
    assert Message.objects.get().recipient == "mains@exemple.fr"


def test_the_threshold_of_the_public_share_comes_from_the_contract(cast, desk):
    """5 000 € asked of 6 000 €: 83,3 %."""
    application = desk.filed()
    assert severity(application, "Part des aides publiques") == "ok"
    ParameterFactory(contract=cast.contract, code="budget.part_publique_max", value=80, effect="warns")
    assert severity(application, "Part des aides publiques") == "warn"


def test_a_twin_of_the_same_applicant_is_named(desk):
    """PRG-5."""
    application = desk.filed(title="Jardins partagés")
    assert severity(application, "Doublon possible") == "ok"
    twin = desk.filed()
    twin.title = "Jardin partagé"
    twin.save()
    assert severity(application, "Doublon possible") == "warn"


def test_people_of_the_committee_tied_to_the_applicant_are_named(cast, desk, expert, councillor):
    """PRG-7."""
    application = desk.filed()
    assert tied_people(application, TODAY) == []
    InterestFactory(user=expert, organisation=cast.applicant)
    assert tied_people(application, TODAY) == [expert]
    assert severity(application, "Liens d'intérêt") == "warn"


def test_a_tie_that_ended_yesterday_no_longer_counts(cast, desk, expert):
    ended = InterestFactory(user=expert, organisation=cast.applicant, ended_on=TODAY)
    application = desk.filed()
    assert tied_people(application, TODAY) == [expert]
    ended.ended_on = TODAY.replace(month=11, day=30)
    ended.save()
    assert tied_people(application, TODAY) == []
