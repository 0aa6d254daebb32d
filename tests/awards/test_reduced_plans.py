"""Funders gave less: it is said everywhere, the applicant answers, a signatory confirms. Nothing is lost."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.applications.actions import withdraw
from faubourg.applications.models import BudgetLine
from faubourg.awards.actions import ask_reduced_plan, decide, save_reduced_plan
from faubourg.awards.models import ReducedPlan
from faubourg.awards.queries.decisions import limits_of
from faubourg.awards.rules import Verdict, shortfall
from faubourg.messaging.models import Message
from faubourg.toolkit.refusal import Refusal
from tests.awards.conftest import NOW, asked_of, defer, grant, reject
from tests.awards.test_programme import words
from tests.factories import InterestFactory

ASKED = Decimal(5000)


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ([("granted", 5000), ("granted", 5000)], 0),
        ([("granted", "4999.99"), ("granted", 5000)], "0.01"),
        ([("granted", 4000), ("rejected", 0)], 6000),
        ([("rejected", 0), ("rejected", 0)], 0),  # no plan to mend
        ([("granted", 4000), ("", 0)], 0),  # not everybody has answered
        ([("granted", 4000), ("deferred", 0)], 0),
    ],
)
def test_what_is_missing_is_known_when_everybody_has_answered(answers, missing):
    verdicts = [Verdict(ASKED, outcome, Decimal(awarded)) for outcome, awarded in answers]
    assert shortfall(verdicts) == Decimal(missing)


@pytest.fixture
def short(cast, dossier, state_decider, county_decider):
    """9 000 € of cost; 4 000 € granted of the 8 000 € asked."""
    application = dossier(title="Jardins")
    decide(
        asked_of(application, cast.state_envelope),
        actor=state_decider,
        ruling=grant(4000),
        version=0,
        now=NOW,
    )
    decide(
        asked_of(application, cast.county_envelope), actor=county_decider, ruling=reject(), version=0, now=NOW
    )
    application.refresh_from_db()
    return application


def answer(plan, actor, *, way="smaller", confirm=True, **amounts):
    """Lower the lines named by their account."""
    plan.refresh_from_db()
    lines = {line.pk: Decimal(amounts.get(f"a{line.account}", line.amount)) for line in plan.lines.all()}
    save_reduced_plan(
        plan, actor=actor, amounts=lines, way=way, note="Moins d'ateliers", version=plan.version,
        confirm=confirm, now=NOW,
    )  # fmt: skip


@pytest.mark.django_db
class TestABudgetThatNoLongerHolds:
    def test_is_flagged_on_the_dossier_the_table_and_home(self, client, cast, short, officer):
        client.force_login(officer)
        page = words(client.get(reverse("portal:application", args=[short.pk])))
        assert "Les financeurs ont accordé 4 000 € : il manque 4 000 €" in page
        assert "budget : manque 4 000" in words(client.get(reverse("awards:programme", args=[cast.call.pk])))
        assert "1 budget ne tient plus" in words(client.get(reverse("portal:home")))

    def test_is_no_longer_flagged_when_a_funder_corrects_its_decision(
        self, client, cast, short, officer, county_decider
    ):
        """Recomputed at each decision."""
        request = asked_of(short, cast.county_envelope)
        decide(request, actor=county_decider, ruling=defer(), version=1, now=NOW)
        client.force_login(officer)
        assert "manque 4 000" not in words(client.get(reverse("awards:programme", args=[cast.call.pk])))

    def test_is_told_to_the_applicant_who_sees_it_first_at_home(self, client, short, officer, signatory):
        ask_reduced_plan(short, actor=officer, now=NOW)
        ask_reduced_plan(short, actor=officer, now=NOW)  # a second click
        message = Message.objects.get(kind="awards.ask_reduced_plan")
        assert "il manque 4\u00a0000\u00a0€" in message.body
        client.force_login(signatory)
        assert "confirmez le budget" in words(client.get(reverse("portal:home")))
        assert "Le budget ne tient plus" in words(client.get(reverse("portal:application", args=[short.pk])))

    def test_is_answered_by_a_smaller_plan_kept_beside_the_filed_one(self, client, short, officer, signatory):
        plan = ask_reduced_plan(short, actor=officer, now=NOW)
        filed = list(BudgetLine.objects.filter(application=short).values_list("account", "amount"))
        with pytest.raises(Refusal, match=r"Il manque 0,01.€ de charges"):
            answer(plan, signatory, a64="0", a62="2999.99")
        answer(plan, signatory, a64="0", a60="2000", a62="3000")
        assert list(BudgetLine.objects.filter(application=short).values_list("account", "amount")) == filed
        plan.refresh_from_db()
        assert plan.confirmed_by == signatory
        client.force_login(officer)
        page = words(client.get(reverse("portal:application", args=[short.pk])))
        assert "Budget réduit confirmé" in page
        assert "ne tient plus" not in words(client.get(reverse("portal:home")))

    def test_is_confirmed_by_a_signatory_only(self, short, officer, editor):
        plan = ask_reduced_plan(short, actor=officer, now=NOW)
        answer(plan, editor, confirm=False, a64="0")
        with pytest.raises(PermissionDenied, match="signataire"):
            answer(plan, editor)
        with pytest.raises(PermissionDenied, match="rédigent"):
            answer(plan, officer, confirm=False)

    def test_once_confirmed_does_not_change_and_a_stale_tab_is_told(self, short, officer, signatory):
        plan = ask_reduced_plan(short, actor=officer, now=NOW)
        stale = plan.version
        answer(plan, signatory, confirm=False)
        with pytest.raises(Refusal, match="entre-temps"):
            save_reduced_plan(
                plan, actor=signatory, amounts={}, way="smaller", note="", version=stale, now=NOW
            )
        answer(plan, signatory, a64="0", a62="3000")
        with pytest.raises(Refusal, match="déjà confirmé"):
            answer(plan, signatory)

    def test_is_asked_by_the_team_unless_tied_to_the_applicant(self, short, officer, finance):
        with pytest.raises(PermissionDenied):
            ask_reduced_plan(short, actor=finance, now=NOW)
        InterestFactory(user=officer, organisation=short.applicant)
        with pytest.raises(PermissionDenied, match="déport"):
            ask_reduced_plan(short, actor=officer, now=NOW)

    def test_is_completed_by_money_found_elsewhere(self, client, short, officer, signatory):
        plan = ask_reduced_plan(short, actor=officer, now=NOW)
        client.force_login(signatory)
        url = reverse("awards:save_reduced_plan", args=[short.pk])
        data = {f"amount-{line.pk}": str(line.amount) for line in plan.lines.all()}
        data |= {"way": "other_funder", "note": "Fondation", "version": "1", "confirm": "1"}
        page = client.post(url, data | {"account-1": "", "label-1": "", "income-1": ""})
        assert "Il manque 4 000,00 € de produits" in words(page)
        client.post(url, data | {"account-1": "75", "label-1": "Fondation", "income-1": "4 000"})
        plan = ReducedPlan.objects.get()
        assert (plan.way, plan.confirmed_by) == ("other_funder", signatory)
        assert plan.lines.get(label="Fondation").filed_amount is None
        assert "Confirmé par Awa Diallo" in words(client.get(url))

    def test_ends_with_a_withdrawal_that_gives_the_money_back(self, cast, dossier, short, signatory):
        withdraw(short, actor=signatory, reason="Trop peu pour agir", now=NOW)
        other = asked_of(dossier(), cast.state_envelope)
        assert limits_of(other, cast.state_envelope).left_in_envelope == cast.state_envelope.amount

    def test_is_nothing_to_ask_about_while_a_funder_still_has_to_answer(self, dossier, officer):
        with pytest.raises(Refusal, match="Rien à demander"):
            ask_reduced_plan(dossier(), actor=officer, now=NOW)


def test_home_counts_budgets_that_no_longer_hold_up_to_a_limit(client, officer, short, monkeypatch):
    """Past the limit the line says « ou plus »: home costs the same whatever waits."""
    client.force_login(officer)
    home = words(client.get(reverse("portal:home")))
    assert "1 budget ne tient plus" in home
    monkeypatch.setattr("faubourg.awards.queries.plans.COUNTED", 1)
    monkeypatch.setattr("faubourg.portal.queries.todos.COUNTED", 1)
    assert "1 budget ou plus ne tient plus" in words(client.get(reverse("portal:home")))
