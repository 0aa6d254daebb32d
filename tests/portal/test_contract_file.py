"""What is wrong in a contract file is told all at once, each with its line, in French."""

import pytest

from faubourg.contracts.models import Contract
from faubourg.portal.imports import FileRefused, find_contract_file, read_contract_file
from tests.portal.contract_text import SMALLEST, line_of


@pytest.fixture
def read(tmp_path):
    def read_text(text, encoding="utf-8"):
        path = tmp_path / "contrat.yaml"
        path.write_bytes(text.encode(encoding))
        return read_contract_file(path)

    return read_text


def problems_of(read, text, **kwargs):
    with pytest.raises(FileRefused) as refusal:
        read(text, **kwargs)
    return [str(problem) for problem in refusal.value.problems]


def test_the_smallest_file_is_accepted(read):
    assert read(SMALLEST).contract.name == "Petit Contrat"


def test_the_shipped_contract_is_accepted():
    assert read_contract_file(find_contract_file("de-ceze-cevennes")).contract.slug == "de-ceze-cevennes"


ONE_MISTAKE = [
    ("libelle: Plus propre", "libele: Plus propre", "priorites › 1 › objectifs › 2", "« libelle » ?"),
    ("  nom: Petit Contrat\n", "", "contrat", "il manque « nom »"),
    ("  nom: Petit Contrat\n", "  nom:\n", "contrat", "il manque « nom »"),
    ("debut: 2024-01-01", "debut: 31 février", "contrat › debut", "« 31 février » n'est pas une date"),
    ("debut: 2024-01-01", "debut: 2024-02-30", "contrat › debut", "n'est pas une date"),
    ("valeur: 700", "valeur: sept cents", "parametres › 1 › valeur", "n'est pas un nombre"),
    ("valeur: 700", "valeur: 700 €", "parametres › 1 › valeur", "n'est pas un nombre"),
    ('code: "1.2"', 'code: "1.1"', "priorites › 1 › objectifs › 2 › code", "« 1.1 » est déjà pris, ligne 37"),
    ("animateur: gip", "animateur: gipp", "contrat › animateur", "vouliez-vous dire « gip » ?"),
    ("QN03014M", "XN03014M", "geographie › quartiers › 1 › code", "n'est pas un code de QPV 2024"),
    ("nom: GIP,", "nom: GIP, siret: 12345678901234,", "organisations › 2 › siret", "sa clé ne"),
    ("nom: GIP,", "nom: GIP, rna: X1,", "organisations › 2 › rna", "RNA"),
    ("effet: bloque", "effet: blocke", "parametres › 1 › effet", "vouliez-vous dire « bloque » ?"),
    ("themes: [transitions]", "themes: transitions", "priorites › 1 › themes", "une liste est attendue"),
    ("themes: [transitions]", "themes: [transition]", "priorites › 1 › themes › 1", "« transitions » ?"),
    ("nom: Petit Contrat", "nom: [Petit, Contrat]", "contrat › nom", "un texte est attendu"),
    ("nature: gip}", "nature: gip, lignes: 12}", "organisations › 2", "clé inconnue « lignes »"),
    ("periode: 2024-2030", "periode: de 2024 à 2030 inclus", "contrat › periode", "dépasse 20 caractères"),
    ("identifiant: petit-contrat", "identifiant: Petit Contrat", "contrat › identifiant", "en minuscules"),
    ('"30227"', '"3227"', "geographie › intercommunalites › 1 › communes › 1 › insee", "cinq"),
    ('"30227"', '"48227"', "communes › 1 › insee", "département 48"),
    ('communes: ["30227"]', 'communes: ["30228"]', "quartiers › 1 › communes › 1", "« 30227 » ?"),
    ("debut: 2024-01-01", "debut: 2024-01-01\n  fin: 2023-12-31", "contrat › fin", "doit venir après"),
    ("debut: 2024-01-01", "debut: 02/01/2024\n  fin: 01/01/2024", "contrat › fin", "doit venir après"),
    ("nom: GIP,", "nom: GIP, site: 'javascript:x',", "organisations › 2 › site", "https://"),
    ("animateur: gip", "animateur: gip\n  nom: Deux", "contrat › nom", "écrit deux fois, déjà ligne 5"),
    ("preuve: contrat", "preuve: contrat\n    lignes: 12", "parametres › 1", "clé inconnue « lignes »"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "place", "sentence"), ONE_MISTAKE)
def test_a_mistake_is_told_with_its_line_its_place_and_how_to_mend_it(read, right, wrong, place, sentence):
    text = SMALLEST.replace(right, wrong)

    (problem,) = problems_of(read, text)

    assert f"{place} : " in problem
    assert sentence in problem
    assert problem.startswith("ligne ")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("libelle: Plus propre", "libele: Plus propre"),
        ("debut: 2024-01-01", "debut: demain"),
        ("QN03014M", "XN03014M"),
        ("valeur: 700", "valeur: beaucoup"),
    ],
)
def test_the_line_is_the_one_to_mend(read, right, wrong):
    text = SMALLEST.replace(right, wrong)

    problems = problems_of(read, text)

    assert all(problem.startswith(f"ligne {line_of(text, wrong)} : ") for problem in problems)


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines(read):
    text = SMALLEST.replace("QN03014M", "XN03014M").replace("debut: 2024-01-01", "debut: hier")
    text = text.replace("animateur: gip", "animateur: personne").replace("effet: bloque", "effet: explose")

    problems = problems_of(read, text)

    assert [int(problem.split()[1]) for problem in problems] == sorted(
        line_of(text, part) for part in ("personne", "hier", "XN03014M", "explose")
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "le fichier est vide"),
        ("- a\n- b\n", "« clé : valeur »"),
        ("contrat:\n  nom: x\n", "doit commencer par « format: faubourg-contrat/1 »"),
        ("format: faubourg-contrat/9\n", "celui-ci dit « faubourg-contrat/9 »"),
        (
            "format: faubourg-contrat/1\ncontrat:\n\tnom: x\n",
            "ligne 3 : ce n'est pas du YAML : une tabulation",
        ),
        (
            "format: faubourg-contrat/1\nnom: a: b\n",
            "ligne 2 : ce n'est pas du YAML : un deux-points de trop",
        ),
        ("format: faubourg-contrat/1\nnom: [a\n", "ce n'est pas du YAML"),
    ],
)
def test_what_is_not_the_format_is_refused_with_a_sentence(read, text, sentence):
    assert sentence in "\n".join(problems_of(read, text))


def test_a_file_in_another_encoding_is_refused_at_its_line(read):
    (problem,) = problems_of(read, SMALLEST, encoding="cp1252")

    assert problem.startswith(f"ligne {line_of(SMALLEST, 'Écusson')} : ")
    assert "UTF-8" in problem


def test_a_byte_order_mark_does_no_harm(read):
    assert read(SMALLEST, encoding="utf-8-sig").contract.slug == "petit-contrat"


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(FileRefused, match="n'existe pas"):
        read_contract_file(tmp_path / "rien.yaml")


def test_yaml_references_are_refused_rather_than_expanded(read):
    text = SMALLEST.replace("themes: [transitions]", "themes: &t [transitions]")
    text = text.replace('code: "1.2",', 'code: "1.2", themes: *t,')

    assert "recopiez" in "\n".join(problems_of(read, text))


def test_a_commune_code_keeps_its_leading_zero_without_quotes(read):
    text = SMALLEST.replace(
        '- {code: "30", nom: Gard, region: "76"}', '- {code: 07, nom: Ardèche, region: "76"}'
    )
    text = text.replace('departement: "30"', "departement: 07").replace('"30227"', "07294")

    assert read(text).geography.epcis[0].communes[0].insee_code == "07294"


def test_numbers_and_dates_are_read_as_people_write_them(read):
    text = SMALLEST.replace("valeur: 700", "valeur: 23 000,50").replace(
        "debut: 2024-01-01", "debut: 01/02/2024"
    )

    contract_file = read(text)

    assert str(contract_file.parameters[0].value) == "23000.50"
    assert contract_file.contract.starts_on.isoformat() == "2024-02-01"


def test_a_watched_commune_may_have_any_code_of_its_own(read):
    """GEO-5: a vulnerable commune is not a QPV."""
    text = SMALLEST.replace("nature: qpv", "nature: vulnérable").replace("QN03014M", "VUL-1")

    assert read(text).geography.neighbourhoods[0].kind == "pocket"


def test_a_qpv_of_2015_has_the_code_of_2015(read):
    old = SMALLEST.replace("code: QN03014M", "code: QP030014\n      generation: 2015")

    assert read(old).geography.neighbourhoods[0].vintage == 2015
    assert "QPV 2015" in problems_of(read, old.replace("QP030014", "QN03014M"))[0]


@pytest.mark.django_db
def test_reading_a_file_writes_nothing(read):
    read(SMALLEST)

    assert not Contract.objects.exists()
