"""Everything wrong in a contract file, at once, each with its line and a sentence in French."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from faubourg.portal.imports.contract_file import (
    FORMAT,
    ContractFile,
    Part,
    close_to,
    department_of,
    nearest,
    plain_word,
    read_day,
)
from faubourg.territories.rules import is_qpv_code
from faubourg.toolkit.yaml_file import FileProblem, FileRefused, Place, Tree, in_words, read_tree

WANTED = {
    "string_type": "un texte est attendu ici, pas une liste ni un groupe de lignes.",
    "int_parsing": "un nombre entier est attendu.",
    "int_type": "un nombre entier est attendu.",
    "list_type": "une liste est attendue : chaque élément sur sa ligne, après un tiret.",
    "model_type": "des lignes « clé : valeur » sont attendues ici.",
    "dict_type": "des lignes « clé : valeur » sont attendues ici.",
    "model_attributes_type": "des lignes « clé : valeur » sont attendues ici.",
    "date_type": "une date est attendue : 2024-03-22.",
    "date_from_datetime_parsing": "une date est attendue : 2024-03-22.",
    "decimal_type": "un nombre est attendu.",
    "decimal_max_digits": "ce nombre a trop de chiffres.",
    "decimal_whole_digits": "ce nombre est trop grand.",
    "decimal_max_places": "ce nombre a plus de quatre chiffres après la virgule.",
    "string_too_short": "ce texte est vide.",
    "too_short": "il en faut au moins un.",
}
SHAPES = {
    "identifiant": "en minuscules sans accent, avec des tirets : de-ceze-cevennes.",
    "cle": "en minuscules sans accent, avec des tirets : ville-saint-ambroix.",
    "siren": "un SIREN a neuf chiffres.",
    "site": "l'adresse d'un site commence par https:// ou http://.",
    "insee": "un code INSEE de commune a cinq caractères, par exemple 30227.",
    "code": "ce code n'a pas la bonne forme (région : 76, département : 30).",
}


def read_contract_file(path: Path) -> ContractFile:
    """The whole file, valid; or FileRefused with every reason. Nothing is written either way."""
    tree = read_tree(path)
    if not isinstance(tree.values, dict):
        raise FileRefused([FileProblem(1, "", "le fichier est vide, ou n'est pas fait de « clé : valeur ».")])
    _refuse_another_format(tree)
    problems = [*tree.problems, *_cross_checks(tree)]
    try:
        contract_file = ContractFile.model_validate(tree.values)
    except ValidationError as refusal:
        problems += _in_french(tree, refusal.errors(include_url=False))
        raise FileRefused(problems) from None
    if problems:
        raise FileRefused(problems)
    return contract_file


def _refuse_another_format(tree: Tree) -> None:
    said = tree.values.get("format")
    if said == FORMAT:
        return
    sentence = f"le fichier doit commencer par « format: {FORMAT} »"
    sentence += f" ; celui-ci dit « {said} »." if said else "."
    raise FileRefused([tree.problem(("format",), sentence)])


# What pydantic says, in French --------------------------------------------------------------------


def _in_french(tree: Tree, errors: Iterable[Any]) -> list[FileProblem]:
    """One problem per mistake: a misspelt key is not told again as a missing one."""
    errors = list(errors)
    meant = {
        (*error["loc"][:-1], meant)
        for error in errors
        if error["type"] == "extra_forbidden"
        for meant in nearest(str(error["loc"][-1]), _known_keys(error["loc"][:-1]))
    }
    return [
        _one_in_french(tree, error)
        for error in errors
        if error["type"] != "missing" or error["loc"] not in meant
    ]


def _one_in_french(tree: Tree, error: Any) -> FileProblem:
    place: Place = tuple(error["loc"])
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return tree.problem(place[:-1], f"il manque « {place[-1]} ».")
    if kind == "extra_forbidden":
        known = _known_keys(place[:-1])
        wrong = str(place[-1])
        hint = close_to(wrong, known) or f". Clés connues ici : {', '.join(known)}."
        line = tree.problem(place, "").line
        return FileProblem(line, in_words(place[:-1]), f"clé inconnue « {wrong} »{hint}")
    if kind == "value_error":
        return tree.problem(place, str(context["error"]))
    if kind == "string_too_long":
        return tree.problem(place, f"ce texte dépasse {context['max_length']} caractères.")
    if kind in ("greater_than_equal", "less_than_equal"):
        return tree.problem(place, "ce nombre n'est pas vraisemblable.")
    if kind == "string_pattern_mismatch":
        return tree.problem(place, f"« {error['input']} » : {SHAPES[str(place[-1])]}")
    return tree.problem(place, WANTED.get(kind, "cette valeur n'est pas celle attendue."))


def _known_keys(place: Place) -> list[str]:
    """The keys of the part of the format at this place."""
    part: type[Part] = ContractFile
    for step in place:
        if isinstance(step, int):
            continue
        annotation = next(item.annotation for item in part.model_fields.values() if item.alias == step)
        part = _part_in(annotation)
    return [str(item.alias) for item in part.model_fields.values()]


def _part_in(annotation: Any) -> type[Part]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next(_part_in(inner) for inner in annotation.__args__)


# What one part says of another --------------------------------------------------------------------

OBJECTIVES = (
    ("priorites", "*", "code"),
    ("priorites", "*", "objectifs", "*", "code"),
    ("priorites", "*", "objectifs", "*", "operationnels", "*", "code"),
)
ORGANISATION_KEYS = (("organisations", "*", "cle"),)
COMMUNES = (("geographie", "intercommunalites", "*", "communes", "*", "insee"),)
NEIGHBOURHOODS = (("geographie", "quartiers", "*", "code"),)
SIRENS = (("geographie", "intercommunalites", "*", "siren"),)
REGIONS = (("geographie", "regions", "*", "code"),)
DEPARTMENTS = (("geographie", "departements", "*", "code"),)

TOPICS = (("themes_de_concertation", "*", "theme"),)

WRITTEN_ONCE = (
    REGIONS,
    DEPARTMENTS,
    SIRENS,
    COMMUNES,
    NEIGHBOURHOODS,
    ORGANISATION_KEYS,
    (("organisations", "*", "nom"), ("conseils_citoyens", "*", "nom")),
    (("organisations", "*", "siret"),),
    (("organisations", "*", "rna"),),
    (("signataires", "*", "organisation"),),
    (("annexes", "*", "numero"),),
    OBJECTIVES,
    (("orientations", "*", "axes", "*", "orientations", "*", "code"),),
    (("themes_de_concertation", "*", "theme"),),
    (("concertations", "*", "titre"),),
    (("instances", "*", "code"),),
    (("a_clarifier", "*", "numero"),),
)
REFERENCES = (
    (("contrat", "intercommunalite"), SIRENS, "intercommunalités"),
    (("contrat", "animateur"), ORGANISATION_KEYS, "organisations"),
    (("geographie", "departements", "*", "region"), REGIONS, "régions"),
    (("geographie", "intercommunalites", "*", "departement"), DEPARTMENTS, "départements"),
    (("geographie", "quartiers", "*", "communes", "*"), COMMUNES, "communes"),
    (("signataires", "*", "organisation"), ORGANISATION_KEYS, "organisations"),
    (("deliberations", "*", "organisation"), ORGANISATION_KEYS, "organisations"),
    (("orientations", "*", "partenaire"), ORGANISATION_KEYS, "organisations"),
    (("orientations", "*", "axes", "*", "orientations", "*", "objectifs", "*"), OBJECTIVES, "priorités"),
    (("conseils_citoyens", "*", "quartier"), NEIGHBOURHOODS, "quartiers"),
    (("concertations", "*", "quartiers", "*"), NEIGHBOURHOODS, "quartiers"),
    (("concertations", "*", "rencontres", "*", "quartier"), NEIGHBOURHOODS, "quartiers"),
    (("concertations", "*", "organisateurs", "*"), ORGANISATION_KEYS, "organisations"),
    (("concertations", "*", "themes", "*"), TOPICS, "thèmes de concertation"),
    (("instances", "*", "membres", "*", "organisation"), ORGANISATION_KEYS, "organisations"),
)


def _cross_checks(tree: Tree) -> Iterator[FileProblem]:
    for patterns in WRITTEN_ONCE:
        yield from _duplicates(tree, _all(tree, patterns), lambda text: f"« {text} »")
    for pattern, targets, section in REFERENCES:
        known = [text for _, text in _all(tree, targets)]
        for place, text in tree.leaves(*pattern):
            if text not in known:
                hint = close_to(text, known) or "."
                yield tree.problem(place, f"« {text} » n'est pas dans les {section} du fichier{hint}")
    yield from _communes_without_department(tree)
    yield from _neighbourhood_codes(tree)
    yield from _parameters_twice(tree)
    yield from _periods(tree)


def _all(tree: Tree, patterns: Iterable[tuple[str, ...]]) -> Iterator[tuple[Place, str]]:
    for pattern in patterns:
        yield from tree.leaves(*pattern)


def _duplicates(
    tree: Tree, found: Iterable[tuple[Place, str]], name: Callable[[str], str]
) -> Iterator[FileProblem]:
    first: dict[str, Place] = {}
    for place, text in found:
        if text in first:
            line = tree.problem(first[text], "").line
            yield tree.problem(place, f"{name(text)} est déjà pris, ligne {line}.")
        else:
            first[text] = place


def _communes_without_department(tree: Tree) -> Iterator[FileProblem]:
    known = {text for _, text in _all(tree, DEPARTMENTS)}
    for place, code in _all(tree, COMMUNES):
        if len(code) == 5 and department_of(code) not in known:
            sentence = (
                f"le département {department_of(code)} de cette commune n'est pas dans les départements."
            )
            yield tree.problem(place, sentence)


def _neighbourhood_codes(tree: Tree) -> Iterator[FileProblem]:
    """A QPV has the code of its generation (GEO-1, C4 test 2)."""
    kinds = {
        place[:-1]: plain_word(text) for place, text in tree.leaves("geographie", "quartiers", "*", "nature")
    }
    vintages = {place[:-1]: text for place, text in tree.leaves("geographie", "quartiers", "*", "generation")}
    for place, code in _all(tree, NEIGHBOURHOODS):
        vintage = vintages.get(place[:-1], "2024")
        if kinds.get(place[:-1]) != "qpv" or is_qpv_code(code, int(vintage) if vintage.isdigit() else 0):
            continue
        example = "QP030014" if vintage == "2015" else "QN03014M"
        yield tree.problem(place, f"« {code} » n'est pas un code de QPV {vintage} : il a la forme {example}.")


def _parameters_twice(tree: Tree) -> Iterator[FileProblem]:
    starts = {place[:-1]: text for place, text in tree.leaves("parametres", "*", "depuis")}
    dated = (
        (place, f"{code} depuis {starts.get(place[:-1], '?')}")
        for place, code in tree.leaves("parametres", "*", "code")
    )
    yield from _duplicates(tree, dated, lambda text: f"« {text} »")


def _periods(tree: Tree) -> Iterator[FileProblem]:
    """An end after its beginning; a date that is not one is told by its own field."""
    for start, end, pattern in (
        ("debut", "fin", ("contrat",)),
        ("depuis", "jusqu_au", ("parametres", "*")),
        ("depuis", "jusqu_au", ("geographie", "quartiers", "*")),
        ("depuis", "jusqu_au", ("signataires", "*", "representants", "*")),
    ):
        starts = {place[:-1]: text for place, text in tree.leaves(*pattern, start)}
        for place, text in tree.leaves(*pattern, end):
            begun = starts.get(place[:-1], "")
            if _are_backwards(begun, text):
                yield tree.problem(place, f"la fin ({text}) doit venir après le début ({begun}).")


def _are_backwards(start: str, end: str) -> bool:
    try:
        return bool(start and read_day(end) <= read_day(start))
    except ValueError:
        return False
