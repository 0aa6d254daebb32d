from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from faubourg.appraisal import actions
from faubourg.appraisal.models import Appraisal, FundingProposal, Score
from faubourg.appraisal.queries import appraisal_of
from faubourg.journal.models import Entry
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import CriterionFactory

NOTES = {"assessment": "Solide.", "recommendation": "favourable"}


def save(application, officer, version=0, notes=NOTES, **more):
    return actions.save_appraisal(application, actor=officer, version=version, notes=notes, now=NOW, **more)


def test_an_officer_takes_charge(desk, officer, director):
    application = desk.filed()
    actions.take_charge(application, actor=officer, now=NOW)
    actions.take_charge(application, actor=director, now=NOW)
    assert appraisal_of(application).case_officer == director
    assert Entry.objects.filter(verb="appraisal.take_charge").first().changes == {
        "case_officer": ["Omar Chargé", "Claire Directrice"]
    }


def test_the_sheet_keeps_notes_scores_and_proposals(cast, desk, officer):
    criterion = CriterionFactory(call=cast.call)
    application = desk.admissible()
    scores, proposals = {criterion.pk: (4, "Bien ciblé")}, {cast.state_envelope.pk: Decimal(4_000)}
    sheet = save(application, officer, scores=scores, proposals=proposals)
    assert (sheet.assessment, sheet.recommendation, sheet.version) == ("Solide.", "favourable", 1)
    assert Score.objects.get().points == 4
    assert FundingProposal.objects.get().proposed_amount == Decimal(4_000)


def test_saving_again_changes_what_changed_and_the_journal_says_from_what_to_what(cast, desk, officer):
    application = desk.admissible()
    save(application, officer, proposals={cast.state_envelope.pk: Decimal(4_000)})
    save(application, officer, 1, {"assessment": "Fragile."}, proposals={cast.state_envelope.pk: None})
    sheet = Appraisal.objects.get()
    assert (sheet.assessment, sheet.recommendation, sheet.version) == ("Fragile.", "favourable", 2)
    assert not FundingProposal.objects.exists()
    changes = Entry.objects.filter(verb="appraisal.save_appraisal").first().changes
    assert changes["assessment"] == ["Solide.", "Fragile."]
    assert changes["proposé · État (P147)"] == ["4\u00a0000\u00a0€", None]


def test_two_officers_on_one_sheet_lose_nobodys_words(desk, officer, director):
    application = desk.admissible()
    save(application, officer)
    with pytest.raises(actions.SavedMeanwhile, match="Omar Chargé") as clash:
        save(application, director, 0, {"assessment": "Autre."})
    assert clash.value.current.assessment == "Solide."
    assert Appraisal.objects.get().assessment == "Solide."


@pytest.mark.parametrize(("amount", "stands"), [("5000.00", True), ("5000.01", False)])
def test_a_proposal_never_exceeds_the_amount_asked(cast, desk, officer, amount, stands):
    """PRG-9: 5 000 € are asked from the State."""
    application = desk.admissible()
    proposals = {cast.state_envelope.pk: Decimal(amount)}
    if stands:
        save(application, officer, proposals=proposals)
        assert FundingProposal.objects.get().proposed_amount == Decimal(amount)
    else:
        with pytest.raises(Refusal, match="dépasse le montant demandé") as refused:
            save(application, officer, proposals=proposals)
        assert set(refused.value.errors) >= {f"proposed-{cast.state_envelope.pk}"}
        assert not FundingProposal.objects.exists()


def test_a_funder_nobody_asked_is_proposed_nothing(cast, desk, officer):
    with pytest.raises(Refusal, match="n'est pas sollicité"):
        save(desk.admissible(), officer, proposals={cast.county_envelope.pk: Decimal(1)})


@pytest.mark.parametrize(("points", "stands"), [(0, True), (5, True), (6, False), (-1, False)])
def test_a_score_goes_from_zero_to_five(cast, desk, officer, points, stands):
    criterion = CriterionFactory(call=cast.call)
    application = desk.admissible()
    if stands:
        save(application, officer, scores={criterion.pk: (points, "")})
        assert Score.objects.get().points == points
    else:
        with pytest.raises(Refusal, match="de 0 à 5"):
            save(application, officer, scores={criterion.pk: (points, "")})


def test_a_criterion_of_another_call_is_not_scored(desk, officer):
    with pytest.raises(Refusal, match="cet appel"):
        save(desk.admissible(), officer, scores={CriterionFactory().pk: (3, "")})


def test_the_instruction_ends_with_an_assessment_and_a_recommendation(desk, officer):
    application = desk.admissible()
    with pytest.raises(Refusal) as refused:
        actions.appraise(application, actor=officer, now=NOW)
    assert set(refused.value.errors) == {"assessment", "recommendation"}
    save(application, officer)
    actions.appraise(application, actor=officer, now=NOW)
    assert application.state == "appraised"


def test_a_dossier_not_yet_admissible_is_not_appraised(desk, officer):
    application = desk.filed()
    save(application, officer)
    with pytest.raises(IllegalStep):
        actions.appraise(application, actor=officer, now=NOW)


@pytest.mark.parametrize(("state", "stands"), [("reviewed", True), ("decided", False), ("withdrawn", False)])
def test_the_sheet_is_frozen_once_the_funders_have_decided(desk, officer, state, stands):
    application = desk.admissible()
    type(application).objects.filter(pk=application.pk).update(state=state)
    if stands:
        save(application, officer)
    else:
        with pytest.raises(PermissionDenied, match="figée"):
            save(application, officer)


def test_the_director_sends_an_urgent_dossier_without_a_committee_and_says_why(desk, director):
    """PRG-6."""
    application = desk.appraised()
    with pytest.raises(Refusal, match="urgence"):
        actions.bypass_committee(application, actor=director, reason=" ", now=NOW)
    actions.bypass_committee(application, actor=director, reason="Crue du 1er décembre", now=NOW)
    assert application.state == "reviewed"
    assert Entry.objects.get(verb="appraisal.bypass_committee").changes["reason"][1] == "Crue du 1er décembre"


def test_an_officer_bypasses_no_committee(desk, officer):
    with pytest.raises(PermissionDenied, match="direction"):
        actions.bypass_committee(desk.appraised(), actor=officer, reason="Urgent", now=NOW)


def test_a_dossier_not_appraised_bypasses_nothing(desk, director):
    with pytest.raises(IllegalStep):
        actions.bypass_committee(desk.admissible(), actor=director, reason="Urgent", now=NOW)
