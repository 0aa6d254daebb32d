"""What the GIP writes in a call, and what an open call no longer loses."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.calls import actions
from faubourg.calls.actions.sections import STALE
from faubourg.calls.models import Call, CouncilConsultation, Criterion, Milestone
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import (
    CallFactory,
    ContractFactory,
    CriterionFactory,
    EnvelopeFactory,
    NeighbourhoodFactory,
    ObjectiveFactory,
    RequiredPaperFactory,
)

FRAMING = {"year": 2027, "title": "Appel 2027", "guidelines": "Du sport.", "contact": "GIP"}


def changes(verb="calls.edit"):
    return Entry.objects.filter(verb=verb).latest("id").changes


def paper(label, **fields):
    return {"id": None, "label": label, "help": "", "scope": "all", "is_required": True, **fields}


# Creation


def test_a_call_is_created_from_nothing(cast, officer):
    call = actions.create(
        cast.contract,
        actor=officer,
        year=2028,
        title="Appel 2028",
        opens_on=date(2027, 10, 15),
        closes_on=date(2028, 1, 15),
        now=NOW,
    )

    assert (call.state, call.objectives.count()) == ("draft", 0)


def test_a_call_takes_over_last_years_but_for_the_amounts(cast, officer):
    source = cast.call
    Call.objects.filter(pk=source.pk).update(guidelines="Du lien social.")
    source.refresh_from_db()
    Milestone.objects.create(call=source, label="Comité", due_on=date(2027, 3, 1))
    RequiredPaperFactory(call=source)
    CriterionFactory(call=source, weight=3)
    archived = ObjectiveFactory(contract=cast.contract, archived_on=date(2026, 6, 1))
    source.objectives.add(archived)

    call = actions.create(
        cast.contract,
        actor=officer,
        year=2028,
        title="Appel 2028",
        opens_on=date(2027, 11, 2),
        closes_on=date(2028, 1, 15),
        source=source,
        now=NOW,
    )

    call.refresh_from_db()
    assert (call.guidelines, call.contact) == ("Du lien social.", source.contact)
    assert list(call.objectives.all()) == [cast.objective]
    assert list(call.neighbourhoods.all()) == [cast.qpv]
    assert [(one.label, one.due_on) for one in call.milestones.all()] == [("Comité", date(2028, 3, 1))]
    assert [one.label for one in call.papers.all()] == ["Statuts"]
    assert [one.weight for one in call.criteria.all()] == [3]
    assert [(one.funder, one.line, one.amount) for one in call.envelopes.all()] == [
        (cast.state, "p147", None),
        (cast.county, "targeted", None),
    ]


def test_two_calls_of_a_year_have_two_titles(cast, officer):
    with pytest.raises(Refusal) as refusal:
        actions.create(
            cast.contract,
            actor=officer,
            year=2027,
            title=cast.call.title,
            opens_on=date(2026, 11, 2),
            closes_on=date(2027, 1, 15),
            now=NOW,
        )

    assert "déjà cet intitulé" in refusal.value.errors["title"][0]


def test_the_call_taken_over_is_of_the_same_contract(cast, officer):
    with pytest.raises(Refusal, match="autre contrat"):
        actions.create(
            cast.contract,
            actor=officer,
            year=2028,
            title="Appel 2028",
            opens_on=date(2027, 11, 2),
            closes_on=date(2028, 1, 15),
            source=CallFactory(),
            now=NOW,
        )


# Sections


def test_the_framing_note_is_written_and_journalled(draft, officer):
    assert actions.edit_framing(draft, actor=officer, now=NOW, **FRAMING)

    assert changes()["guidelines"] == ["Soutenir les habitants.", "Du sport."]
    assert not actions.edit_framing(draft, actor=officer, now=NOW, **FRAMING)


def test_the_framing_note_may_be_a_file(draft, officer):
    upload = SimpleUploadedFile("note.txt", b"pas un PDF")
    with pytest.raises(Refusal) as refusal:
        actions.edit_framing(draft, actor=officer, now=NOW, upload=upload, **FRAMING)
    assert refusal.value.errors["upload"]

    upload = SimpleUploadedFile("note.png", PNG)
    actions.edit_framing(draft, actor=officer, now=NOW, upload=upload, **FRAMING)
    assert draft.guidelines_document.name == "note.png"

    actions.edit_framing(draft, actor=officer, now=NOW, drop_document=True, **FRAMING)
    assert draft.guidelines_document is None


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"guidelines": " "}, "guidelines"), ({"contact": ""}, "contact"), ({"year": 2028}, "year")],
)
def test_an_open_call_keeps_its_note_its_contact_and_its_year(cast, officer, change, field):
    Call.objects.filter(pk=cast.call.pk).update(guidelines="Du lien social.")
    with pytest.raises(Refusal) as refusal:
        actions.edit_framing(cast.call, actor=officer, now=NOW, **(FRAMING | change))

    assert refusal.value.errors[field]


def test_the_milestones_are_replaced_line_by_line(draft, officer):
    kept = Milestone.objects.create(call=draft, label="Comité", due_on=date(2027, 3, 1))
    Milestone.objects.create(call=draft, label="Fête", due_on=date(2027, 4, 1))

    actions.edit_calendar(
        draft,
        actor=officer,
        now=NOW,
        opens_on=draft.opens_on,
        closes_on=draft.closes_on,
        milestones=[
            {"id": kept.pk, "label": "Comité technique", "due_on": date(2027, 3, 2)},
            {"id": None, "label": "Pilotage", "due_on": date(2027, 4, 15)},
        ],
    )

    assert [(one.pk == kept.pk, one.label) for one in draft.milestones.all()] == [
        (True, "Comité technique"),
        (False, "Pilotage"),
    ]
    assert changes()["étapes"][0] == ["Comité · 2027-03-01", "Fête · 2027-04-01"]


def test_the_days_of_an_open_call_do_not_move_by_editing(cast, officer):
    with pytest.raises(Refusal, match="prolongez-le"):
        actions.edit_calendar(
            cast.call,
            actor=officer,
            now=NOW,
            opens_on=cast.call.opens_on,
            closes_on=date(2027, 1, 10),
            milestones=[],
        )


def test_objectives_and_territories_are_the_contracts_own(draft, officer):
    foreign, elsewhere = ObjectiveFactory(contract=ContractFactory()), NeighbourhoodFactory()
    with pytest.raises(Refusal) as refusal:
        actions.edit_scope(draft, actor=officer, now=NOW, objectives=[foreign], neighbourhoods=[elsewhere])

    assert refusal.value.errors.keys() == {"objectives", "neighbourhoods"}


def test_objectives_and_territories_come_and_go_in_a_draft_and_only_come_once_open(cast, draft, officer):
    other = ObjectiveFactory(contract=cast.contract)
    actions.edit_scope(draft, actor=officer, now=NOW, objectives=[other], neighbourhoods=[cast.qpv])
    assert list(draft.objectives.all()) == [other]

    call = cast.call
    with pytest.raises(Refusal) as refusal:
        actions.edit_scope(call, actor=officer, now=NOW, objectives=[other], neighbourhoods=[])
    assert "ne se retire plus" in refusal.value.errors["objectives"][0]
    assert "ne se retire plus" in refusal.value.errors["neighbourhoods"][0]

    both = [cast.objective, other]
    actions.edit_scope(call, actor=officer, now=NOW, objectives=both, neighbourhoods=[cast.qpv])
    assert call.objectives.count() == 2


def test_papers_of_an_open_call_are_added_not_taken_away(cast, officer):
    asked = RequiredPaperFactory(call=cast.call)
    with pytest.raises(Refusal, match="Statuts"):
        actions.edit_papers(cast.call, actor=officer, now=NOW, papers=[paper("RIB")])

    actions.edit_papers(
        cast.call, actor=officer, now=NOW, papers=[paper("Statuts", id=asked.pk), paper("RIB")]
    )
    assert [one.label for one in cast.call.papers.all()] == ["Statuts", "RIB"]


def test_papers_of_a_draft_are_taken_away(draft, officer):
    RequiredPaperFactory(call=draft)
    actions.edit_papers(draft, actor=officer, now=NOW, papers=[])
    assert not draft.papers.exists()
    assert changes()["pièces"] == [["Statuts · Tous les porteurs · obligatoire"], []]


def test_a_line_of_another_call_is_never_touched(cast, draft, officer):
    foreign = CriterionFactory(call=cast.call)
    row = {"id": foreign.pk, "label": "Volé", "help": "", "weight": 2}

    actions.edit_criteria(draft, actor=officer, now=NOW, criteria=[row])

    foreign.refresh_from_db()
    assert (foreign.label, foreign.call) == ("Réponse au besoin", cast.call)
    assert Criterion.objects.get(call=draft).label == "Volé"


def test_who_wrote_in_between_is_not_overwritten(draft, officer, director):
    seen = draft.version
    actions.edit_framing(draft, actor=director, now=NOW, version=seen, **FRAMING)

    with pytest.raises(Refusal, match=STALE[:40]):
        actions.edit_framing(
            draft, actor=officer, now=NOW, version=seen, **(FRAMING | {"guidelines": "De la musique."})
        )

    draft.refresh_from_db()
    assert draft.guidelines == "Du sport."


def test_a_closed_call_is_not_edited(cast, officer):
    Call.objects.filter(pk=cast.call.pk).update(state="closed")
    with pytest.raises(PermissionDenied, match="clos"):
        actions.edit_papers(cast.call, actor=officer, now=NOW, papers=[])


# Envelopes


def row(envelope, **fields):
    own = {"id": envelope.pk, "funder": envelope.funder, "line": envelope.line, "amount": envelope.amount}
    return own | fields


def test_the_amount_of_an_envelope_is_journalled_from_what_to_what(cast, state_decider):
    assert actions.set_envelope(cast.state_envelope, actor=state_decider, amount=Decimal("96000.50"), now=NOW)
    assert changes("calls.set_envelope") == {"État (P147)": ["100\u00a0000\u00a0€", "96\u00a0000,50\u00a0€"]}

    actions.set_envelope(cast.state_envelope, actor=state_decider, amount=None, now=NOW)
    assert changes("calls.set_envelope") == {"État (P147)": ["96\u00a0000,50\u00a0€", "à confirmer"]}
    cast.state_envelope.refresh_from_db()
    assert cast.state_envelope.amount is None


def test_an_amount_that_does_not_change_leaves_no_line(cast, officer):
    assert not actions.set_envelope(cast.state_envelope, actor=officer, amount=Decimal(100_000), now=NOW)
    assert not Entry.objects.filter(verb="calls.set_envelope").exists()


def test_the_amount_set_by_someone_else_meanwhile_is_told(cast, officer, state_decider):
    seen = cast.call.version
    actions.set_envelope(cast.state_envelope, actor=state_decider, amount=Decimal(5), now=NOW, version=seen)
    with pytest.raises(Refusal, match="Quelqu'un d'autre"):
        actions.set_envelope(cast.state_envelope, actor=officer, amount=Decimal(6), now=NOW, version=seen)


def test_envelopes_of_an_open_call_are_added_and_keep_their_funder_and_line(cast, officer):
    state, county = row(cast.state_envelope), row(cast.county_envelope)
    new = {"id": None, "funder": cast.county, "line": "mainstream", "amount": None}
    for rows in ([state], [state, county | {"line": "mainstream"}]):
        with pytest.raises(Refusal, match="ne se retire plus"):
            actions.edit_envelopes(cast.call, actor=officer, now=NOW, envelopes=rows)

    actions.edit_envelopes(
        cast.call, actor=officer, now=NOW, envelopes=[state | {"amount": Decimal(90_000)}, county, new]
    )

    assert changes("calls.set_envelope") == {
        "État (P147)": ["100\u00a0000\u00a0€", "90\u00a0000\u00a0€"],
        "Département du Gard (droit commun)": ["absente", "à confirmer"],
    }


def test_two_envelopes_of_a_draft_may_swap_their_lines(draft, cast, officer):
    one = draft.envelopes.get()
    two = EnvelopeFactory(call=draft, funder=cast.state, line="targeted", amount=Decimal(7))
    actions.edit_envelopes(
        draft, actor=officer, now=NOW, envelopes=[row(one, line="targeted"), row(two, line="p147")]
    )

    assert {(one.line, one.amount) for one in draft.envelopes.all()} == {
        ("targeted", None),
        ("p147", Decimal(7)),
    }


def test_a_funder_stands_once_on_each_line(draft, officer):
    one = draft.envelopes.get()
    with pytest.raises(Refusal, match="deux fois"):
        actions.edit_envelopes(draft, actor=officer, now=NOW, envelopes=[row(one), row(one, id=None)])


# Consultation


def test_a_consultation_is_recorded_and_journalled(draft, cast, officer):
    actions.record_consultation(
        draft, cast.council, actor=officer, consulted_on=date(2026, 11, 20), means="Réunion", now=NOW
    )

    assert changes("calls.record_consultation")["conseil"] == str(cast.council)
    assert draft.consultations.get().recorded_by == officer


@pytest.mark.parametrize(
    ("consulted_on", "means", "field"),
    [(date(2026, 12, 2), "Réunion", "consulted_on"), (date(2026, 12, 1), " ", "means")],
)
def test_a_consultation_has_taken_place_and_says_how(draft, cast, officer, consulted_on, means, field):
    with pytest.raises(Refusal) as refusal:
        actions.record_consultation(
            draft, cast.council, actor=officer, consulted_on=consulted_on, means=means, now=NOW
        )
    assert refusal.value.errors[field]


def test_the_consultation_that_opened_a_call_is_not_rewritten(draft, consulted, officer):
    actions.open(draft, actor=officer, now=NOW)
    with pytest.raises(Refusal, match="ne se modifie plus"):
        actions.record_consultation(
            draft,
            consulted.council,
            actor=officer,
            consulted_on=date(2026, 11, 1),
            means="Réunion",
            now=NOW,
        )


def test_a_consultation_recorded_by_mistake_is_taken_back_until_the_council_has_answered(
    draft, consulted, officer, councillor
):
    blank = [{"council": consulted.council, "consulted_on": None, "means": "", "answer": ""}]
    actions.answer_consultation(consulted, actor=councillor, answer="Oui, mais.", now=NOW)
    with pytest.raises(Refusal, match="reste"):
        actions.record_consultations(draft, blank, actor=officer, now=NOW)

    CouncilConsultation.objects.filter(pk=consulted.pk).update(answered_by=None, answer="")
    actions.record_consultations(draft, blank, actor=officer, now=NOW)
    assert not draft.consultations.exists()


def test_a_councillor_answers_for_their_council(draft, consulted, councillor):
    actions.answer_consultation(consulted, actor=councillor, answer="Pensez aux ados.", now=NOW)

    consulted.refresh_from_db()
    assert (consulted.answer, consulted.answered_by) == ("Pensez aux ados.", councillor)
    assert changes("calls.answer_consultation")["answer"] == ["", "Pensez aux ados."]


def test_nobody_rewrites_what_a_council_said_itself(draft, consulted, councillor, officer):
    actions.answer_consultation(consulted, actor=councillor, answer="Pensez aux ados.", now=NOW)
    with pytest.raises(Refusal, match="lui appartiennent"):
        actions.record_consultation(
            draft,
            consulted.council,
            actor=officer,
            consulted_on=consulted.consulted_on,
            means=consulted.means,
            answer="Tout va bien.",
            now=NOW,
        )


def test_two_councillors_of_a_council_do_not_erase_each_other(draft, consulted, councillor, cast):
    other = cast.seat("councillor", cast.council.organisation)
    actions.answer_consultation(consulted, actor=councillor, answer="Oui.", seen="", now=NOW)
    with pytest.raises(Refusal, match="« Oui"):
        actions.answer_consultation(consulted, actor=other, answer="Non.", seen="", now=NOW)


def test_the_ceiling_of_the_short_form_only_rises_once_the_call_is_open(cast, officer):
    cast.call.short_form_ceiling = Decimal(3_000)
    cast.call.save()
    framing = {
        "year": cast.call.year, "title": cast.call.title, "guidelines": "Du lien.", "contact": "GIP",
    }  # fmt: skip
    for lower in (Decimal("2999.99"), None):
        with pytest.raises(Refusal, match="ne baisse plus"):
            actions.edit_framing(cast.call, actor=officer, now=NOW, short_form_ceiling=lower, **framing)

    actions.edit_framing(cast.call, actor=officer, now=NOW, short_form_ceiling=Decimal(4_000), **framing)

    cast.call.refresh_from_db()
    assert cast.call.short_form_ceiling == 4_000
