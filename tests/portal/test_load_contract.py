"""Loading a contract file: the first time, a second time, and after it changed."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from faubourg.consultation.models import CitizenCouncil, Contribution, Gathering
from faubourg.contracts.models import Clarification, Contract, Objective, Parameter, Representative
from faubourg.contracts.queries import parameter
from faubourg.directory.models import Organisation
from faubourg.governance.models import Body, BodyMember
from faubourg.journal.models import Entry
from faubourg.portal.imports import (
    find_contract_file,
    load_contract,
    preview_contract,
    read_contract_file,
    shipped_contracts,
)
from faubourg.territories.models import Commune, Epci, Neighbourhood
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.rows import Outcome
from tests.conftest import NOW, TODAY
from tests.factories import ApplicationFactory, BodyFactory, ContractFactory, OrganisationFactory, UserFactory
from tests.portal.contract_text import SMALLEST

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def small(tmp_path):
    """Writes a contract file and returns its path."""

    def write(text=SMALLEST):
        path = tmp_path / "contrat.yaml"
        path.write_text(text)
        return path

    return write


@pytest.fixture
def load(small):
    def load_text(text=SMALLEST, actor=None, now=NOW):
        return load_contract(read_contract_file(small(text)), actor=actor, now=now)

    return load_text


@pytest.fixture
def real():
    return load_contract(read_contract_file(find_contract_file("de-ceze-cevennes")), actor=None, now=NOW)


def rows():
    """How many rows of everything a file may touch."""
    models = (
        Contract, Objective, Parameter, Clarification, Representative, Organisation, Body, BodyMember,
        CitizenCouncil, Commune, Epci, Neighbourhood,
    )  # fmt: skip
    return [model.objects.count() for model in models]


# The real contract ----------------------------------------------------------------------------------


def test_the_real_contract_is_loaded_whole(real):
    contract = Contract.objects.get(slug="de-ceze-cevennes")

    assert {
        "priorities": contract.objectives.filter(level="priority").count(),
        "strategic": contract.objectives.filter(level="strategic").count(),
        "signatories": contract.signatories.count(),
        "representatives": Representative.objects.filter(signatory__contract=contract).count(),
        "visas": contract.visas.count(),
        "resolutions": contract.resolutions.count(),
        "annexes": contract.annexes.filter(is_present=False).count(),
        "councils": contract.councils.count(),
        "programming": contract.bodies.filter(kind="programming").count(),
        "points": contract.clarifications.filter(state="open").count(),
        "communes": contract.epci.communes.count(),
        "qpvs": contract.neighbourhoods.filter(kind="qpv").count(),
        "vulnerable": contract.neighbourhoods.filter(kind="pocket").count(),
    } == {
        "priorities": 5,
        "strategic": 18,
        "signatories": 19,
        "representatives": 19,
        "visas": 5,
        "resolutions": 2,
        "annexes": 11,
        "councils": 8,
        "programming": 9,
        "points": 30,
        "communes": 23,
        "qpvs": 1,
        "vulnerable": 2,
    }


def test_the_real_contract_leaves_unknown_what_its_text_does_not_say(real):
    """No SIRET, no end date, no active council, no signature is invented; correspondences are proposals."""
    contract = real.contract

    assert contract.ends_on is None
    assert set(Organisation.objects.values_list("siret", flat=True)) == {""}
    assert set(contract.councils.values_list("status", flat=True)) == {"to_confirm"}
    assert set(contract.signatories.values_list("status", flat=True)) == {"named"}
    assert set(contract.objectives.values_list("themes_are_proposed", flat=True)) == {True}
    assert set(contract.orientations.values_list("objectives_are_proposed", flat=True)) == {True}


def test_the_state_the_county_and_the_region_have_their_orientations(real):
    partners = real.contract.orientations.values_list("partner__kind", flat=True)

    assert {kind: list(partners).count(kind) for kind in set(partners)} == {
        "state": 16,
        "department": 19,
        "region": 28,
    }


def test_the_council_of_saint_ambroix_speaks_for_the_qpv(real):
    council = CitizenCouncil.objects.get(place="Saint-Ambroix")

    assert council.neighbourhood.code == "QN03014M"
    assert council.organisation.kind == "citizen_council"


def test_the_consultation_of_2023_is_what_the_text_says_and_nothing_more_con_3_con_4(real):
    """78 people on 3 July 2023, 3 questions, 7 topics; 82 and 197 stay two figures (l. 308, 333-365)."""
    meeting = Gathering.objects.get()
    consultation = meeting.consultation

    assert (meeting.held_on, meeting.kind, meeting.attendees) == (date(2023, 7, 3), "world_cafe", 78)
    assert not meeting.counts.exists()
    assert [meeting.questions.count(), meeting.tables.count(), consultation.topics.count()] == [3, 0, 7]
    figures = {one.value: (one.perimeter, one.source_lines) for one in consultation.figures.all()}
    assert figures[82][1] == "365"
    assert "périmètre à confirmer" in figures[197][0]
    assert consultation.state == "closed"
    assert not Contribution.objects.exists()


def test_the_bodies_meet_as_often_as_the_contract_says(real):
    """A21: COPIL 2, COTECH 4, board 2, assembly 1, café 4 a year (l. 910, 983, 1019, 1039)."""
    minima = dict(Body.objects.exclude(minimum_per_year=None).values_list("code", "minimum_per_year"))

    assert minima == {"copil": 2, "cotech": 4, "gip-ca": 2, "gip-ag": 1, "cafe-qpv-ecusson": 4}


def test_each_figure_has_its_value_its_proof_and_its_effect(real):
    expected = {
        "fph.max_action": (700, "contract", "blocks"),
        "conseil.dotation": (300, "contract", "blocks"),
        "convention.seuil": (23_000, "verified", "blocks"),
        "comptes.seuil": (153_000, "verified", "warns"),
        "versement.delai": (60, "verified", "warns"),
        "cpo.avance": (50, "old_version", "informs"),
        "budget.part_publique_max": (80, "general", "warns"),
    }

    found = {code: parameter(real.contract.pk, code, TODAY) for code in expected}

    assert {code: (one.value, one.proof_level, one.effect) for code, one in found.items()} == expected
    assert not Parameter.objects.filter(source="").exists()


def test_loading_the_real_contract_again_changes_nothing(real):
    before = rows()

    again = load_contract(read_contract_file(find_contract_file("de-ceze-cevennes")), actor=None, now=LATER)

    assert (again.changes, again.absent) == ([], [])
    assert rows() == before
    assert Entry.objects.count() == 1


def test_the_register_quotes_the_contract_at_the_lines_it_gives(real, shared):
    """A20: the text quoted is the contract's own, word for word; « […] » and « … » cut it."""
    (path,) = (shared / "contrat").glob("*.txt")
    text = path.read_text().splitlines()

    quotes = [
        (point, piece)
        for point in Clarification.objects.all()
        for quote in point.excerpt.split("« ")[1:]
        for piece in quote.split(" »")[0].replace("…", "[…]").split("[…]")
    ]

    assert len(quotes) > 30
    assert [
        (point.number, piece)
        for point, piece in quotes
        if _plain(piece) not in _plain(" ".join(text[line - 1] for line in _lines(point)))
    ] == []


def _lines(point):
    spans = [part.split("-") for part in point.source_lines.split(", ")]
    return [line for span in spans for line in range(int(span[0]), int(span[-1]) + 1)]


def _plain(text):
    for mark in ("*", "<sup>2</sup>", "<sup>er</sup>", "<i>", "</i>"):
        text = text.replace(mark, "er" if mark == "<sup>er</sup>" else "")
    return " ".join(text.replace("- ", " ").split()).strip("[] ")


def test_the_objectives_are_the_words_of_the_contract(real, shared):
    (path,) = (shared / "contrat").glob("*.txt")
    text = path.read_text().splitlines()

    for objective in real.contract.objectives.filter(level="strategic"):
        assert text[int(objective.source_lines) - 1].removeprefix("- ") == objective.label


# A second load --------------------------------------------------------------------------------------


def test_a_preview_keeps_nothing(small):
    planned = preview_contract(read_contract_file(small()), now=NOW)

    assert planned.is_first
    assert not Contract.objects.exists()
    assert not Entry.objects.exists()


def test_a_changed_file_tells_each_field_from_what_to_what(load):
    load()

    again = load(SMALLEST.replace("valeur: 700", "valeur: 800").replace("Plus propre", "Plus net"), now=LATER)

    assert [(line.outcome, line.changes) for line in again.changes] == [
        (Outcome.CHANGED, {"libellé": ["Plus propre", "Plus net"]}),
        (Outcome.CHANGED, {"valeur": ["700", "800"]}),
    ]


def test_each_change_after_the_first_load_is_written_in_the_journal(load):
    load()
    actor = UserFactory()

    load(SMALLEST.replace("Plus propre", "Plus net"), actor=actor, now=LATER)

    entry = Entry.objects.get(subject_type="contracts.objective")
    assert (entry.actor, entry.verb) == (actor, "contracts.load")
    assert entry.changes == {"libellé": ["Plus propre", "Plus net"]}


def test_an_objective_that_leaves_the_file_is_archived_not_deleted(load):
    """PRJ-1."""
    load()
    without = SMALLEST.replace('      - {code: "1.2", libelle: Plus propre}\n', "")

    again = load(without, now=LATER)

    assert [line.outcome for line in again.changes] == [Outcome.ARCHIVED]
    assert str(Objective.objects.get(code="1.2").archived_on) == "2026-12-02"
    assert load(without, now=LATER).changes == []


def test_an_objective_that_a_dossier_uses_leaves_the_file_and_stays_in_the_dossier(load):
    """C4 test 10, PRJ-1: what an action answers to is archived, and the dossier still answers to it."""
    load()
    used = Objective.objects.get(code="1.2")
    application = ApplicationFactory(call__contract=used.contract)
    application.objectives.set([used])

    load(SMALLEST.replace('      - {code: "1.2", libelle: Plus propre}\n', ""), now=LATER)

    assert [str(one) for one in application.objectives.all()] == ["1.2 Plus propre"]


def test_an_archived_objective_that_comes_back_is_restored(load):
    load()
    load(SMALLEST.replace('      - {code: "1.2", libelle: Plus propre}\n', ""))

    again = load()

    assert [line.outcome for line in again.changes] == [Outcome.RESTORED]
    assert Objective.objects.get(code="1.2").archived_on is None


def test_a_parameter_that_leaves_the_file_is_kept_and_told(load):
    load()

    again = load(SMALLEST[: SMALLEST.index("parametres:")])

    assert again.changes == []
    assert [line.outcome for line in again.absent] == [Outcome.ABSENT]
    assert Parameter.objects.count() == 1


def test_a_new_dated_value_is_added_beside_the_old_one(load):
    load()
    newer = SMALLEST + SMALLEST[SMALLEST.index("  - code: fph") :].replace("700", "900").replace(
        "depuis: 2024-01-01", "depuis: 2026-01-01"
    )

    contract = load(newer).contract

    assert parameter(contract.pk, "fph.max_action", TODAY).value == 900
    assert parameter(contract.pk, "fph.max_action", TODAY.replace(year=2025)).value == 700


def test_what_the_file_leaves_blank_does_not_erase_what_the_team_typed(load):
    contract = load().contract
    contract.ends_on = "2030-12-31"
    contract.summary = "Écrit par l'équipe."
    contract.save()
    Organisation.objects.filter(name="GIP").update(siret="73282932000074")

    assert load().changes == []
    assert Organisation.objects.get(name="GIP").siret == "73282932000074"


def test_a_figure_that_changes_is_to_be_verified_again(load):
    load()
    Parameter.objects.update(verified_by=UserFactory(), verified_on=TODAY)

    load(SMALLEST.replace("valeur: 700", "valeur: 800"))

    assert Parameter.objects.get().verified_on is None
    assert Parameter.objects.get().verified_by is None


def test_a_figure_that_stays_stays_verified(load):
    load()
    Parameter.objects.update(verified_by=UserFactory(), verified_on=TODAY)

    load(SMALLEST.replace("source: contrat, l. 904", "source: contrat, ligne 904"))

    assert Parameter.objects.get().verified_on == TODAY


def test_a_decision_on_a_point_survives_a_new_load(load):
    text = SMALLEST + (
        "a_clarifier:\n  - {numero: 1, constat: Deux dates, conduite: La seconde, tranche_par: GIP}\n"
    )
    load(text)
    Clarification.objects.update(state="settled", decision="La première.", decided_on=TODAY)

    assert load(text).changes == []
    assert Clarification.objects.get().decision == "La première."


def test_an_organisation_already_known_by_its_siret_is_not_written_twice(load):
    known = OrganisationFactory(name="Ancien nom", kind="gip")

    load(SMALLEST.replace("nom: GIP,", f'nom: GIP, siret: "{known.siret}",'))

    known.refresh_from_db()
    assert known.name == "GIP"
    assert Organisation.objects.filter(kind="gip").count() == 1


def test_an_organisation_is_found_by_one_of_its_other_names(load):
    known = OrganisationFactory(name="Pôle Emploi", kind="gip", siret="")

    load(SMALLEST.replace("nom: GIP,", "nom: GIP, autres_noms: [Pôle Emploi],"))

    known.refresh_from_db()
    assert known.name == "GIP"


BODY = "instances:\n  - {code: copil, type: copil, nom: Comité de pilotage%s}\n"


def test_a_body_of_another_contract_is_not_taken_over(load):
    BodyFactory(code="copil", contracts=[ContractFactory()])

    with pytest.raises(Refusal, match="donnez-lui un autre code"):
        load(SMALLEST + BODY % "")

    assert not Contract.objects.filter(slug="petit-contrat").exists()


def test_a_shared_body_serves_both_contracts(load):
    """GOV-3, l. 970: one steering committee for two contracts."""
    other = ContractFactory()
    body = BodyFactory(code="copil", kind="steering", contracts=[other])

    contract = load(SMALLEST + BODY % ", partagee: oui").contract

    assert set(body.contracts.all()) == {other, contract}


def test_a_body_member_that_leaves_the_file_goes(load):
    members = SMALLEST + BODY % ", membres: [{titre: État}, {titre: Région}]"
    load(members)

    again = load(SMALLEST + BODY % ", membres: [{titre: État}]")

    assert [line.outcome for line in again.changes] == [Outcome.REMOVED]
    assert [member.label for member in BodyMember.objects.all()] == ["État"]


def test_a_past_representative_stays_beside_the_new_one(load):
    """SIG-1."""
    text = SMALLEST + "signataires:\n  - {organisation: etat, representants: [{nom: %s, qualite: préfet}]}\n"
    load(text % "A")

    load(text % "B")

    assert sorted(Representative.objects.values_list("full_name", flat=True)) == ["A", "B"]


def test_operational_objectives_hang_from_their_strategic_one(load):
    """PRJ-1: priority, strategic, operational."""
    text = SMALLEST.replace("Plus propre}", "Plus propre, operationnels: [{code: 1.2.a, libelle: Bacs}]}")

    load(text)

    objective = Objective.objects.get(code="1.2.a")
    assert (objective.level, objective.parent.code, objective.themes) == (
        "operational",
        "1.2",
        ["transitions"],
    )


# The command ----------------------------------------------------------------------------------------


def run(*args):
    out = StringIO()
    call_command("load_contract", *map(str, args), stdout=out)
    return out.getvalue()


def test_a_first_load_applies_at_once(small):
    said = run(small())

    assert "Premier chargement de « Petit Contrat »" in said
    assert Contract.objects.get().name == "Petit Contrat"


def test_a_contract_that_comes_with_the_product_is_loaded_by_its_name():
    assert "de-ceze-cevennes" in shipped_contracts()

    run("de-ceze-cevennes")

    assert Contract.objects.get().slug == "de-ceze-cevennes"


def test_an_unchanged_second_load_says_that_nothing_changed(small):
    run(small())

    assert run(small()) == "Rien n'a changé.\n"


def test_a_changed_load_shows_the_difference_and_asks(small, monkeypatch):
    run(small())
    monkeypatch.setattr("builtins.input", lambda question: "n")

    said = run(small(SMALLEST.replace("Plus propre", "Plus net")))

    assert "modifié : objectif · 1.2 Plus propre" in said
    assert "libellé : Plus propre → Plus net" in said
    assert "Rien n'a été écrit." in said
    assert Objective.objects.get(code="1.2").label == "Plus propre"


@pytest.mark.parametrize("answer", ["o", "Oui "])
def test_a_changed_load_is_applied_when_agreed(small, monkeypatch, answer):
    run(small())
    monkeypatch.setattr("builtins.input", lambda question: answer)

    run(small(SMALLEST.replace("Plus propre", "Plus net")))

    assert Objective.objects.get(code="1.2").label == "Plus net"


def test_yes_applies_without_asking(small):
    run(small())

    run(small(SMALLEST.replace("Plus propre", "Plus net")), "--yes")

    assert Objective.objects.get(code="1.2").label == "Plus net"


def test_a_dry_run_writes_nothing(small):
    run(small())

    said = run(small(SMALLEST.replace("Plus propre", "Plus net")), "--dry-run", "--yes")

    assert "→ Plus net" in said
    assert Objective.objects.get(code="1.2").label == "Plus propre"


def test_without_anyone_to_answer_the_command_says_how_to_go_on(small, monkeypatch):
    def nobody(question):
        raise EOFError

    run(small())
    monkeypatch.setattr("builtins.input", nobody)

    with pytest.raises(CommandError, match="--yes"):
        run(small(SMALLEST.replace("Plus propre", "Plus net")))


def test_a_refused_file_writes_nothing_and_tells_every_reason(small):
    with pytest.raises(CommandError) as refusal:
        run(small(SMALLEST.replace("QN03014M", "XN03014M").replace("effet: bloque", "effet: boum")))

    said = str(refusal.value)
    assert said.startswith("Le fichier n'est pas chargé, pour 2 raisons :\n  ligne 24 : ")
    assert said.endswith("Rien n'a été écrit.")
    assert not Contract.objects.exists()


def test_the_journal_names_who_loaded_when_told(small):
    actor = UserFactory(email="claire@exemple.fr")

    run(small(), "--par", "Claire@exemple.fr")

    assert Entry.objects.get().actor == actor


def test_an_unknown_person_is_told(small):
    with pytest.raises(CommandError, match="Personne n'a le courriel"):
        run(small(), "--par", "inconnue@exemple.fr")
