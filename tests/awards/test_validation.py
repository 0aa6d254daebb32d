"""The steering committee validates in one act what the funders have decided."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.awards.actions import validate
from faubourg.awards.models import ValidatedApplication, ValidationException
from faubourg.governance.models import Decision
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.awards.conftest import NOW
from tests.factories import BodyFactory, ContractFactory, InterestFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def keys(*applications):
    return [application.pk for application in applications]


def test_one_numbered_decision_of_the_contract_validates_the_chosen_dossiers(cast, dossier, copil, officer):
    """GOV-3, PRG-6."""
    first, second, third = (dossier(state="decided") for _ in range(3))
    decision = validate(cast.call, copil, keys(first, second), actor=officer, now=NOW)

    assert (decision.number, decision.contract, decision.meeting) == (1, cast.contract, copil)
    assert "2 dossiers" in decision.text
    for application in (first, second, third):
        application.refresh_from_db()
    assert [one.state for one in (first, second, third)] == ["validated", "validated", "decided"]
    assert set(ValidatedApplication.objects.values_list("application", flat=True)) == {first.pk, second.pk}
    assert Entry.objects.filter(verb="awards.validate", contract_id=cast.contract.pk).count() == 2


@pytest.mark.parametrize("state", ["reviewed", "validated", "notified"])
def test_a_dossier_that_is_not_decided_is_refused_by_name_and_nothing_is_written(
    cast, dossier, copil, officer, state
):
    good, bad = dossier(state="decided"), dossier(state=state, title="Pas prête")

    with pytest.raises(Refusal, match="Pas prête"):
        validate(cast.call, copil, keys(good, bad), actor=officer, now=NOW)
    good.refresh_from_db()
    assert good.state == "decided"
    assert not Decision.objects.exists()


def test_validated_but_for_some_named_with_their_reason(client, cast, dossier, copil, officer):
    """GOV-3: « validé sauf … »; what is unticked without a reason was not presented."""
    first, second, third = (dossier(state="decided", title=f"Action {word}") for word in "ABC")
    client.force_login(officer)
    data = {"meeting": copil.pk, "applications": [first.pk], f"reason-{second.pk}": "budget à revoir"}
    client.post(reverse("awards:validate", args=[cast.call.pk]), data)

    decision = Decision.objects.get()
    assert decision.contract == cast.contract
    assert decision.text.endswith("sauf : 2027-002 Action B (budget à revoir).")
    exception = ValidationException.objects.get()
    assert (exception.application, exception.decision) == (second, decision)
    for application, state in ((first, "validated"), (second, "decided"), (third, "decided")):
        application.refresh_from_db()
        assert application.state == state
    assert Entry.objects.filter(verb="awards.leave_aside").count() == 1


def test_an_exception_without_a_reason_or_of_a_validated_dossier_is_refused(cast, dossier, copil, officer):
    first, second = dossier(state="decided"), dossier(state="decided")
    for exceptions in ({second.pk: " "}, {first.pk: "les deux"}, {dossier(state="reviewed").pk: "trop tôt"}):
        with pytest.raises(Refusal):
            validate(cast.call, copil, keys(first), exceptions=exceptions, actor=officer, now=NOW)
    assert not Decision.objects.exists()


def test_validating_nothing_is_refused(cast, copil, officer):
    with pytest.raises(Refusal, match="au moins un dossier"):
        validate(cast.call, copil, [], actor=officer, now=NOW)


def test_a_committee_of_another_contract_is_refused(cast, dossier, officer):
    """GOV-3: no contract, no decision."""
    elsewhere = MeetingFactory(body=BodyFactory(kind="steering", contracts=[ContractFactory()]), state="open")
    with pytest.raises(Refusal, match="ne couvre pas"):
        validate(cast.call, elsewhere, keys(dossier(state="decided")), actor=officer, now=NOW)


def test_a_technical_committee_validates_nothing(cast, dossier, officer):
    ctp = MeetingFactory(body=BodyFactory(kind="programming", contracts=[cast.contract]), state="open")
    with pytest.raises(Refusal, match="comité de pilotage"):
        validate(cast.call, ctp, keys(dossier(state="decided")), actor=officer, now=NOW)


def test_a_meeting_that_has_not_been_opened_decides_nothing(cast, dossier, copil, officer):
    copil.state = "planned"
    copil.save()
    with pytest.raises(Refusal, match="ouvrez d'abord la séance"):
        validate(cast.call, copil, keys(dossier(state="decided")), actor=officer, now=NOW)


@pytest.mark.parametrize(
    "role", ["finance", "delegate", "state_decider", "expert", "reader", "editor", "stranger"]
)
def test_only_the_gip_team_records_the_validation(cast, dossier, copil, role, request):
    with pytest.raises(PermissionDenied):
        validate(
            cast.call, copil, keys(dossier(state="decided")), actor=request.getfixturevalue(role), now=NOW
        )


def test_whoever_is_tied_to_an_applicant_leaves_its_dossier_to_somebody_else(
    cast, dossier, copil, officer, director
):
    """B2.5."""
    application = dossier(state="decided")
    InterestFactory(user=officer, organisation=cast.applicant)
    with pytest.raises(Refusal, match="déport"):
        validate(cast.call, copil, keys(application), actor=officer, now=NOW)
    validate(cast.call, copil, keys(application), actor=director, now=NOW)


def test_all_dossiers_are_ticked_and_one_may_be_left_out(client, cast, dossier, copil, officer):
    kept, left = dossier(state="decided"), dossier(state="decided")
    client.force_login(officer)
    url = reverse("awards:validate", args=[cast.call.pk])
    page = client.get(url).content.decode()
    assert page.count("checked") == 2

    response = client.post(url, {"meeting": copil.pk, "applications": [kept.pk]})
    assert response.url == reverse("awards:notices", args=[cast.call.pk])
    left.refresh_from_db()
    assert left.state == "decided"


def test_the_page_says_what_to_do_when_there_is_nothing_to_validate_or_no_meeting(
    client, cast, dossier, officer
):
    client.force_login(officer)
    url = reverse("awards:validate", args=[cast.call.pk])
    assert "attend de validation" in client.get(url).content.decode()
    dossier(state="decided")
    assert "Aucune séance du comité de pilotage" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("state_decider", 403), ("reader", 403), ("editor", 404), ("stranger", 404)]
)
def test_the_page_is_closed_to_others(client, cast, role, status, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("awards:validate", args=[cast.call.pk])).status_code == status


def test_the_page_leads_to_the_meeting_that_is_still_to_be_opened(client, cast, dossier, officer):
    dossier(state="decided")
    steering = BodyFactory(contracts=[cast.contract], kind="steering", code="copil-a-venir")
    planned = MeetingFactory(body=steering, title="COPIL de juin")
    client.force_login(officer)

    page = client.get(reverse("awards:validate", args=[cast.call.pk])).content.decode()

    assert reverse("governance:meeting", args=[planned.pk]) in page
    assert "COPIL de juin" in page
    assert "Valider les dossiers" not in page
