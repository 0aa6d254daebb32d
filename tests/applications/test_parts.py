"""Drafts refuse nothing and lose nothing: what stands is stored, the rest is shown again as typed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.applications import actions, forms, queries
from faubourg.applications.models import Application
from faubourg.applications.states import WRITTEN, Part
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import (
    ApplicationFactory,
    EnvelopeFactory,
    NeighbourhoodFactory,
    ObjectiveFactory,
    complete_application,
)


@pytest.fixture
def draft(cast):
    return complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)


@pytest.fixture
def empty(cast):
    return ApplicationFactory(applicant=cast.applicant, call=cast.call)


@pytest.fixture
def desk(client, editor):
    """Type in a part as a browser does, and come back to read it."""

    class Desk:
        def send(self, dossier, part, autosave=False, **typed):
            self.address = reverse("applications:edit", args=[dossier.pk, part])
            headers = {"X-Autosave": "1"} if autosave else {}
            sent = {name.replace("__", "-"): value for name, value in typed.items()}
            return client.post(self.address, {"version": "0", "page": "mine", **sent}, headers=headers)

        def read(self, dossier, part):
            return client.get(reverse("applications:edit", args=[dossier.pk, part])).content.decode()

    client.force_login(editor)
    return Desk()


def stored(dossier, part):
    form = forms.form_for(Application.objects.get(pk=dossier.pk), part)
    return {name: form.data.getlist(name) for name in form.data}


def reload(dossier):
    return Application.objects.get(pk=dossier.pk)


def problems(dossier):
    return [problem.sentence for problem in queries.problems_of(reload(dossier))]


# What stands and what does not --------------------------------------------------------------------


@pytest.mark.parametrize("part", WRITTEN)
def test_a_part_saved_as_it_was_shown_changes_nothing(desk, draft, part):
    draft.starts_on = date(2027, 3, 1)
    before = stored(draft, part)

    response = desk.send(draft, part, **before)

    assert response.status_code == 302
    assert stored(draft, part) == before
    assert reload(draft).pending_input == {}
    assert queries.blocking_problems(reload(draft)) == []


@pytest.mark.parametrize("part", WRITTEN)
def test_an_empty_part_is_saved_without_a_refusal(desk, empty, part):
    assert desk.send(empty, part).status_code == 302


def test_what_stands_is_stored_and_what_does_not_is_kept_as_typed_with_its_why(desk, draft):
    desk.send(draft, "public", audience="Des familles", participants_count="soixante")

    dossier = reload(draft)
    assert dossier.audience == "Des familles"
    assert dossier.participants_count is None
    assert dossier.pending_input["public"]["participants_count"]["typed"] == ["soixante"]
    page = desk.read(draft, "public")
    assert 'value="soixante"' in page
    assert 'id="id_participants_count_error"' in page
    assert any("entier" in sentence for sentence in problems(draft))


def test_an_answer_mended_is_no_longer_pending(desk, draft):
    desk.send(draft, "public", participants_count="soixante")
    desk.send(draft, "public", participants_count="60")

    assert reload(draft).pending_input == {}
    assert reload(draft).participants_count == 60


def test_dates_the_wrong_way_round_are_both_kept(desk, draft):
    desk.send(draft, "calendrier", starts_on="2027-12-31", ends_on="2027-01-01")

    dossier = reload(draft)
    assert (dossier.starts_on, dossier.ends_on) == (None, None)
    assert 'value="2027-12-31"' in desk.read(draft, "calendrier")


def test_a_date_that_does_not_exist_is_shown_again(desk, draft):
    desk.send(draft, "calendrier", starts_on="2027-03-01", ends_on="31/02/2027")

    assert reload(draft).starts_on == date(2027, 3, 1)
    assert 'value="31/02/2027"' in desk.read(draft, "calendrier")


def test_a_title_too_long_is_kept_whole(desk, draft):
    desk.send(draft, "projet", title="x" * 201)

    assert reload(draft).title == draft.title
    assert "x" * 201 in desk.read(draft, "projet")


def test_an_indicator_without_its_value_is_kept_beside_the_others(desk, draft):
    desk.send(
        draft, "projet", **{
            "indicator-0-label": "Ateliers", "indicator-0-target": "20",
            "indicator-1-label": "Participants", "indicator-1-target": "",
        },
    )  # fmt: skip

    assert list(reload(draft).indicators.values_list("label", "target")) == [("Ateliers", "20")]
    page = desk.read(draft, "projet")
    assert 'value="Participants"' in page
    assert "Dites la valeur que vous attendez" in page


def test_null_characters_are_dropped_before_they_reach_the_database(desk, draft):
    assert desk.send(draft, "projet", title="Jar\x00dins").status_code == 302
    assert reload(draft).pending_input["projet"]["title"]["typed"] == ["Jardins"]


def test_an_objective_of_another_call_is_refused_at_filing_only(desk, cast, draft):
    closed = ObjectiveFactory(contract=cast.contract)
    draft.objectives.add(closed)

    assert any("n'est pas ouvert dans cet appel" in sentence for sentence in problems(draft))
    desk.send(draft, "projet", objectives=[cast.objective.pk, closed.pk])
    assert set(reload(draft).objectives.all()) == {cast.objective, closed}


def test_a_neighbourhood_left_empty_is_no_longer_aimed_at(desk, cast, draft):
    desk.send(draft, "public", **{f"residents-{cast.qpv.pk}": ""})

    assert not reload(draft).territories.exists()


def test_a_neighbourhood_outside_the_call_is_named_at_filing(draft):
    draft.territories.create(neighbourhood=NeighbourhoodFactory(name="Ailleurs"), residents_count=1)

    assert any("« Ailleurs » n'est pas ouvert" in sentence for sentence in problems(draft))


# Budget -------------------------------------------------------------------------------------------


def test_the_budget_is_typed_on_one_page_several_lines_an_account(desk, cast, draft):
    desk.send(
        draft, "budget", **{
            "line-60-0-label": "Graines", "line-60-0-amount": "1 000,50 €",
            "line-60-1-label": "Outils", "line-60-1-amount": "999,5",
            "line-864-0-amount": "1200", "line-870-0-amount": "1200",
            "line-74C-0-label": "Saint-Ambroix", "line-74C-0-amount": "500",
            f"asked-{cast.state_envelope.pk}": "1 500", f"asked-{cast.county_envelope.pk}": "",
        },
    )  # fmt: skip

    plan = queries.budget(reload(draft))
    assert [(one.account, one.label, one.amount) for one in plan.lines if one.side == "expense"] == [
        ("60", "Graines", Decimal("1000.50")), ("60", "Outils", Decimal("999.50")),
    ]  # fmt: skip
    assert (plan.expenses, plan.incomes, plan.requested) == (2000, 2000, 1500)
    assert (plan.in_kind_uses, plan.in_kind_resources) == (1200, 1200)
    assert plan.local_authority_income == 500
    assert plan.problems == ()


def test_an_amount_that_is_not_one_keeps_its_line(desk, cast, draft):
    desk.send(
        draft, "budget", **{
            "line-60-0-label": "Graines", "line-60-0-amount": "mille",
            "line-61-0-label": "Salle", "line-61-0-amount": "",
            "line-64-0-amount": "4000", f"asked-{cast.state_envelope.pk}": "-5",
        },
    )  # fmt: skip

    page = desk.read(draft, "budget")
    assert reload(draft).budget_lines.get().account == "64"
    assert not reload(draft).funding_requests.exists()
    for typed in ("Graines", "mille", "Salle", "-5"):
        assert f'value="{typed}"' in page
    assert "Écrivez un montant pour cette ligne" in page


def test_adding_a_line_saves_and_comes_back_with_one_more(client, desk, draft):
    response = desk.send(
        draft, "budget", go="add:60", **{"line-60-0-label": "Graines", "line-60-0-amount": "10"}
    )

    assert response.url.endswith("?ajouter=60#compte-60")
    page = client.get(response.url).content.decode()
    assert 'name="line-60-1-amount"' in page
    assert 'name="line-60-2-amount"' not in page


def test_a_funder_of_another_call_is_not_asked(cast, draft, editor):
    other = EnvelopeFactory()

    with pytest.raises(Refusal, match="n'est pas dans l'appel"):
        actions.save_part(draft, "budget", {"asked": {other.pk: Decimal(5)}}, actor=editor, now=NOW)


def test_totals_and_shares_are_shown(desk, draft):
    page = desk.read(draft, "budget")

    assert "6\u00a0000\u00a0€" in page
    assert "Part publique" in page


# Going on -----------------------------------------------------------------------------------------


def test_save_and_go_on_goes_on_unless_an_answer_does_not_stand(desk, draft):
    on = desk.send(draft, "public", go="next", participants_count="60")
    stay = desk.send(draft, "public", go="next", participants_count="beaucoup")

    assert on.url == reverse("applications:edit", args=[draft.pk, "calendrier"])
    assert stay.url == reverse("applications:edit", args=[draft.pk, "public"])


def test_autosave_answers_with_the_new_version_and_leaves_no_trace_in_the_journal(desk, draft):
    response = desk.send(draft, "public", autosave=True, audience="Des familles", participants_count="soixa")

    assert response.json()["version"] == 1
    assert reload(draft).audience == "Des familles"
    assert not Entry.objects.exists()


def test_a_plain_save_is_in_the_journal_without_the_words(desk, draft):
    desk.send(draft, "public", audience="Des familles")

    assert Entry.objects.get().changes == {"part": "Publics et quartier"}


def test_once_filed_the_journal_says_from_what_to_what(draft, editor):
    Application.objects.filter(pk=draft.pk).update(state="incomplete", submitted_at=NOW, number="2027-001")
    actions.save_part(draft, "public", {"participants_count": 80}, actor=editor, now=NOW)

    assert Entry.objects.get().changes == {"participants_count": [60, 80]}


def test_once_filed_the_journal_names_what_changed_instead_of_its_keys(cast, draft, editor):
    Application.objects.filter(pk=draft.pk).update(state="incomplete", submitted_at=NOW, number="2027-001")
    actions.save_part(draft, "public", {"residents": {cast.qpv.pk: 50}}, actor=editor, now=NOW)
    assert Entry.objects.latest("pk").changes["residents"] == [{"L'Écusson": 45}, {"L'Écusson": 50}]

    euros = {"asked": {cast.state_envelope.pk: Decimal(4_500)}, "lines": [("60", "Achats", Decimal(5_500))]}
    actions.save_part(draft, "budget", euros, actor=editor, now=NOW)
    changes = Entry.objects.latest("pk").changes
    assert changes["asked"] == [{"État (P147)": "5\u00a0000\u00a0€"}, {"État (P147)": "4\u00a0500\u00a0€"}]
    assert changes["lines"][1] == ["60 Achats : 5\u00a0500\u00a0€"]


def test_a_renamed_action_is_found_under_its_new_name(draft, editor):
    actions.save_part(draft, Part.PROJECT, {"title": "Été"}, actor=editor, now=NOW)

    assert draft.search_text == "ete"


# Two people ---------------------------------------------------------------------------------------


def test_two_people_in_the_same_part_are_told_and_nobody_is_overwritten(client, desk, draft, signatory):
    actions.save_part(draft, "public", {"audience": "Écrit par Awa"}, actor=signatory, now=NOW)

    response = desk.send(draft, "public", audience="Écrit par Édith", participants_count="60")
    page = response.content.decode()

    assert response.status_code == 409
    assert reload(draft).audience == "Écrit par Awa"
    assert "Awa Diallo a modifié cette étape" in page
    assert "Écrit par Édith" in page
    assert "Écrit par Awa" in page
    assert 'name="version" value="1"' in page


def test_my_version_is_kept_when_i_say_so(desk, draft, signatory):
    actions.save_part(draft, "public", {"audience": "Écrit par Awa"}, actor=signatory, now=NOW)
    desk.send(draft, "public", version="1", audience="Écrit par Édith")

    assert reload(draft).audience == "Écrit par Édith"


def test_an_autosave_never_overwrites_someone_else(desk, draft, signatory):
    actions.save_part(draft, "public", {"audience": "Écrit par Awa"}, actor=signatory, now=NOW)
    response = desk.send(draft, "public", autosave=True, audience="Écrit par Édith")

    assert response.status_code == 409
    assert "Awa Diallo" in response.json()["message"]
    assert reload(draft).audience == "Écrit par Awa"


def test_the_same_page_may_save_again_with_an_old_version(desk, draft):
    """An autosave whose answer was lost, or still on its way when one clicks."""
    desk.send(draft, "public", autosave=True, audience="Un")
    desk.send(draft, "public", audience="Un deux")

    assert reload(draft).audience == "Un deux"


def test_two_parts_are_written_at_the_same_time(desk, draft, signatory):
    actions.save_part(draft, "projet", {"need": "Écrit par Awa"}, actor=signatory, now=NOW)
    desk.send(draft, "public", audience="Écrit par Édith")

    dossier = reload(draft)
    assert (dossier.need, dossier.audience) == ("Écrit par Awa", "Écrit par Édith")


def test_a_filed_dossier_is_no_longer_written(draft, editor):
    Application.objects.filter(pk=draft.pk).update(state="submitted", submitted_at=NOW)

    with pytest.raises(PermissionDenied, match="ne se modifie plus"):
        actions.save_part(draft, "public", {"audience": "x"}, actor=editor, now=NOW)


def test_a_lost_session_sends_to_the_login_and_back_to_the_part(client, draft):
    address = reverse("applications:edit", args=[draft.pk, "public"])

    assert client.post(address, {"audience": "x"}).url.endswith(f"?next={address}")


def test_a_part_that_does_not_exist_is_a_404(client, draft, editor):
    client.force_login(editor)

    assert client.get(f"/dossiers/{draft.pk}/modifier/inconnu/").status_code == 404


@pytest.mark.parametrize("part", list(Part))
def test_each_part_costs_the_same_however_much_was_written(
    client, cast, editor, django_assert_max_num_queries, part
):
    client.force_login(editor)
    small, large = (complete_application(applicant=cast.applicant, call=cast.call) for _ in range(2))
    for number in range(9):
        large.budget_lines.create(side="expense", account="61", label=str(number), amount=1)
        large.indicators.create(label=str(number), target="1", position=number)
        place = NeighbourhoodFactory()
        cast.call.neighbourhoods.add(place)
        large.territories.create(neighbourhood=place, residents_count=1)
        large.objectives.add(ObjectiveFactory(contract=cast.contract))
        large.funding_requests.create(envelope=EnvelopeFactory(call=cast.call), requested_amount=1)
    with django_assert_max_num_queries(16) as few:
        client.get(reverse("applications:edit", args=[small.pk, part]))
    with django_assert_max_num_queries(16) as many:
        client.get(reverse("applications:edit", args=[large.pk, part]))

    assert len(many) == len(few)
