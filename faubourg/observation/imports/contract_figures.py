"""The format `faubourg-chiffres/1`: the figures the text of a contract gives, its checks, its equipment.

Read whole and validated before anything is written (A2, DAT-1, DAT-3, DAT-6).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from faubourg.observation.imports import words
from faubourg.observation.rules import read_place
from faubourg.observation.states import CheckKind, Generation, Scale, Trust
from faubourg.toolkit.yaml_file import FileProblem, FileRefused, Tree, read_tree

FORMAT = "faubourg-chiffres/1"
SHIPPED = Path(__file__).resolve().parents[1] / "data"
HEAD = {
    "format": ("format", words.text_of(40)),
    "contrat": ("contract", words.code),
    "source": ("source", words.text_of(250)),
    "recueilli_le": ("collected_on", words.day),
}
STATISTICS = {
    "code": ("code", words.code),
    "libelle": ("label", words.text_of(200)),
    "theme": ("theme", words.word(words.THEMES)),
    "unite": ("unit", words.text_of(40)),
    "definition": ("definition", words.text_of(2000)),
}
PLACES = {
    "cle": ("key", words.code),
    "echelle": ("scale", words.word(words.SCALES)),
    "code": ("code", words.text_of(12)),
    "nom": ("name", words.text_of(150)),
    "generation": ("generation", words.word({"2015": Generation.G2015, "2024": Generation.G2024})),
}
FIGURES = {
    "cle": ("key", words.code),
    "statistique": ("statistic", words.code),
    "territoire": ("territory", words.code),
    "millesime": ("vintage", words.vintage),
    "valeur": ("value", words.number),
    "unite": ("unit", words.text_of(40)),
    "source": ("source", words.text_of(250)),
    "statut": ("trust", words.word(words.TRUSTS)),
    "lignes": ("source_lines", words.lines),
    "serie": ("comparability", words.code),
    "remarque": ("remark", words.text_of(2000)),
}
CHECKS = {
    "code": ("code", words.code),
    "controle": ("kind", words.word(words.CHECKS)),
    "premier": ("first", words.code),
    "second": ("second", words.code),
    "texte": ("stated", words.code),
    "lignes": ("source_lines", words.lines),
    "remarque": ("remark", words.text_of(2000)),
}
EQUIPMENT = {
    "nom": ("name", words.text_of(150)),
    "nature": ("kind", words.word(words.EQUIPMENT_KINDS)),
    "commune": ("commune", words.text_of(5)),
    "adresse": ("address", words.text_of(250)),
    "capacite": ("capacity", words.whole),
    "unite": ("capacity_unit", words.text_of(40)),
    "gestionnaire": ("manager", words.text_of(150)),
    "lignes": ("source_lines", words.lines),
    "remarque": ("remark", words.text_of(2000)),
}
SECTIONS = ("statistiques", "territoires", "chiffres", "controles", "equipements")


@dataclass(frozen=True)
class FiguresFile:
    """What a valid file says, as rows ready for `actions.loading.bring_figures`."""

    contract: str
    source: str
    collected_on: date
    statistics: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    equipment: list[dict[str, Any]] = field(default_factory=list)


def shipped_figures() -> list[str]:
    """The names of the figures that come with the product."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def find_figures_file(name: str) -> Path:
    """A path, or the name of a file that comes with the product."""
    return SHIPPED / f"{name}.yaml" if name in shipped_figures() else Path(name)


def read_figures_file(path: Path) -> FiguresFile:
    """The whole file, valid; or FileRefused with every reason and its line. Nothing is written either way."""
    tree = read_tree(path)
    if not isinstance(tree.values, dict) or tree.values.get("format") != FORMAT:
        raise FileRefused([FileProblem(1, "", f"le fichier doit commencer par « format: {FORMAT} ».")])
    head_items = {key: value for key, value in tree.values.items() if key not in SECTIONS}
    head = words.read_keys(tree, (), head_items, HEAD, HEAD)
    statistics = words.rows_of(tree, "statistiques", STATISTICS, ("code", "libelle", "theme", "unite"))
    places = words.rows_of(tree, "territoires", PLACES, ("cle", "echelle", "code"))
    figures = words.rows_of(
        tree, "chiffres", FIGURES, ("cle", "statistique", "territoire", "millesime", "lignes")
    )
    checks = words.rows_of(tree, "controles", CHECKS, ("code", "controle", "premier"))
    equipment = words.rows_of(tree, "equipements", EQUIPMENT, ("nom", "nature", "commune"))
    for rows, name in ((statistics, "code"), (places, "key"), (figures, "key"), (checks, "code")):
        tree.problems += words.twice(tree, rows, name)
    tree.problems += _wrong_places(tree, places)
    tree.problems += _wrong_figures(tree, figures, statistics, places)
    tree.problems += _wrong_checks(tree, checks, figures)
    if tree.problems:
        raise FileRefused(tree.problems)
    by_key = {row["key"]: row for row in places}
    units = {row["code"]: row["unit"] for row in statistics}
    return FiguresFile(
        contract=head["contract"],
        source=head["source"],
        collected_on=head["collected_on"],
        statistics=[_without_place(row) for row in statistics],
        figures=[_figure(row, by_key[row["territory"]], units, head) for row in figures],
        checks=[_without_place(row) for row in checks],
        equipment=[_without_place(row) | {"source": head["source"]} for row in equipment],
    )


def _wrong_places(tree: Tree, places: list[dict[str, Any]]) -> Iterator[FileProblem]:
    for row in places:
        if row["code"] is None or row["scale"] is None:
            continue
        said, found = row["scale"], read_place(row["code"])
        if said in (Scale.DEPARTMENT, Scale.REGION) or row["code"].startswith("VUL-"):
            continue
        if found is None or found.scale != said:
            yield tree.problem(row["place"], f"« {row['code']} » n'est pas un code de {said.label.lower()}.")
        elif found.generation != (row["generation"] or ""):
            sentence = f"ce code de quartier est de la génération {found.generation} : écrivez-la."
            yield tree.problem(row["place"], sentence)


def _wrong_figures(
    tree: Tree, figures: list[dict[str, Any]], statistics: list[dict[str, Any]], places: list[dict[str, Any]]
) -> Iterator[FileProblem]:
    codes = {row["code"] for row in statistics}
    keys = {row["key"] for row in places}
    for row in figures:
        if row["statistic"] not in (None, *codes):
            sentence = f"« {row['statistic']} » n'est pas dans les statistiques du fichier."
            yield tree.problem((*row["place"], "statistique"), sentence)
        if row["territory"] not in (None, *keys):
            sentence = f"« {row['territory']} » n'est pas dans les territoires du fichier."
            yield tree.problem((*row["place"], "territoire"), sentence)
        if row["value"] is None and row["trust"] in (None, Trust.PUBLISHED, Trust.ESTIMATED):
            yield tree.problem(row["place"], "il manque « valeur », ou un « statut » qui dit pourquoi.")
        if row["vintage"] == "à confirmer" and row["trust"] in (Trust.PUBLISHED, Trust.ESTIMATED):
            sentence = "sans millésime, un chiffre est « à vérifier » : il ne peut pas être « publié »."
            yield tree.problem(row["place"], sentence)
        if row["value"] is not None and row["trust"] not in (
            None, Trust.PUBLISHED, Trust.ESTIMATED, Trust.TO_CHECK,
        ):  # fmt: skip
            yield tree.problem(
                row["place"], f"un chiffre « {row['trust'].label.lower()} » n'a pas de valeur."
            )


def _wrong_checks(
    tree: Tree, checks: list[dict[str, Any]], figures: list[dict[str, Any]]
) -> Iterator[FileProblem]:
    keys = {row["key"] for row in figures}
    for row in checks:
        for key, name in (("premier", "first"), ("second", "second"), ("texte", "stated")):
            if row[name] is not None and row[name] not in keys:
                yield tree.problem((*row["place"], key), f"« {row[name]} » n'est pas la clé d'un chiffre.")
        if row["kind"] in (CheckKind.SHARE, CheckKind.WHOLE) and row["second"] is None:
            yield tree.problem(row["place"], "ce contrôle demande un « second » chiffre.")
        if row["kind"] == CheckKind.UNIT and not row["remark"]:
            yield tree.problem(row["place"], "ce contrôle demande une « remarque ».")


def _figure(
    row: Mapping[str, Any], place: Mapping[str, Any], units: Mapping[str, str], head: Mapping[str, Any]
) -> dict[str, Any]:
    year = words.year_of(row["vintage"])
    return {
        "key": row["key"],
        "statistic": row["statistic"],
        "scale": place["scale"],
        "place_code": place["code"],
        "place_name": place["name"] or "",
        "generation": place["generation"] or "",
        "vintage": row["vintage"],
        "year": year,
        "value": row["value"],
        "unit": row["unit"] or units[row["statistic"]],
        "source": row["source"] or head["source"],
        "source_lines": row["source_lines"],
        "collected_on": head["collected_on"],
        "trust": row["trust"] or (Trust.TO_CHECK if year is None else Trust.PUBLISHED),
        "comparability": row["comparability"] or "",
        "remark": row["remark"] or "",
    }


def _without_place(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "place"}
