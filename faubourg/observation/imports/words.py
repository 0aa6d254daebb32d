"""The French words of our YAML files, read into what the code calls them; each mistake with its line."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from faubourg.observation.states import CheckKind, EquipmentKind, Scale, Theme, Trust
from faubourg.toolkit.yaml_file import FileProblem, Place, Tree

THEMES = {
    "population": Theme.POPULATION, "logement": Theme.HOUSING, "revenus": Theme.INCOME,
    "emploi": Theme.EMPLOYMENT, "education": Theme.EDUCATION, "sante": Theme.HEALTH,
    "economie": Theme.ECONOMY, "vie-associative": Theme.COMMUNITY,
}  # fmt: skip
SCALES = {
    "quartier": Scale.NEIGHBOURHOOD, "commune": Scale.COMMUNE, "epci": Scale.EPCI,
    "departement": Scale.DEPARTMENT, "region": Scale.REGION, "france": Scale.COUNTRY,
}  # fmt: skip
TRUSTS = {
    "publie": Trust.PUBLISHED, "estime": Trust.ESTIMATED, "a-verifier": Trust.TO_CHECK,
    "secret": Trust.SECRET, "non-significatif": Trust.NOT_SIGNIFICANT, "sans-objet": Trust.NOT_APPLICABLE,
    "non-disponible": Trust.NOT_AVAILABLE,
}  # fmt: skip
CHECKS = {"part": CheckKind.SHARE, "total": CheckKind.WHOLE, "unite": CheckKind.UNIT}
EQUIPMENT_KINDS = {
    "service-public": EquipmentKind.PUBLIC_SERVICE, "enseignement": EquipmentKind.EDUCATION,
    "petite-enfance-et-jeunesse": EquipmentKind.CHILDHOOD, "formation-et-emploi": EquipmentKind.EMPLOYMENT,
    "sante": EquipmentKind.HEALTH, "securite": EquipmentKind.SAFETY, "culture": EquipmentKind.CULTURE,
    "culture-et-vie-sociale": EquipmentKind.CULTURE, "sport": EquipmentKind.SPORT,
    "commerce": EquipmentKind.SHOP, "transport": EquipmentKind.TRANSPORT,
}  # fmt: skip
Reader = Callable[[str], Any]


def plain_word(text: str) -> str:
    """À vérifier -> a-verifier."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"[\s_'’-]+", "-", bare.strip().lower())


def word(known: Mapping[str, Any]) -> Reader:
    def read(text: str) -> Any:
        found = known.get(plain_word(text))
        if found is None:
            hint = "".join(
                f"vouliez-vous dire « {near} » ? " for near in get_close_matches(plain_word(text), known, n=1)
            )
            raise ValueError(f"« {text} » n'est pas reconnu ; {hint}au choix : {', '.join(known)}.")
        return found

    return read


def text_of(longest: int) -> Reader:
    def read(text: str) -> str:
        if len(text) > longest:
            raise ValueError(f"ce texte dépasse {longest} caractères.")
        return text.strip()

    return read


def number(text: str) -> Decimal:
    try:
        value = Decimal(re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= 10**12:
        raise ValueError(f"« {text} » n'est pas un nombre : écrivez 3324 ou 6,8, l'unité à part.")
    return value


def whole(text: str) -> int:
    value = number(text)
    if value != value.to_integral_value() or not 0 <= value < 2_000_000_000:
        raise ValueError(f"« {text} » n'est pas un nombre entier.")
    return int(value)


def day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  (a day has no hour)
        except ValueError:
            continue
    raise ValueError(f"« {text} » n'est pas une date : écrivez 2024-03-22 ou 22/03/2024.")


def code(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", text.strip()):
        raise ValueError(f"« {text} » : en minuscules sans accent, avec des tirets.")
    return text.strip()


def lines(text: str) -> str:
    if not re.fullmatch(r"\d+(-\d+)?(, ?\d+(-\d+)?)*", text.strip()):
        raise ValueError(f"« {text} » : écrivez les lignes ainsi : 226-228, 245.")
    return text.strip()


def year_of(vintage: str) -> int | None:
    """2020 of « 2020 », 2016 of « 2011-2016 », None of « à confirmer »."""
    found = re.fullmatch(r"(?:\d{4}-)?(\d{4})", vintage.strip())
    return int(found[1]) if found else None


def vintage(text: str) -> str:
    if plain_word(text) == "a-confirmer":
        return "à confirmer"
    if year_of(text) is None:
        raise ValueError(f"« {text} » n'est pas un millésime : écrivez 2020, 2011-2016, ou « à confirmer ».")
    return text.strip()


def rows_of(
    tree: Tree, section: str, keys: Mapping[str, tuple[str, Reader]], wanted: Iterable[str]
) -> list[dict[str, Any]]:
    """The items of a list of the file, read; what is wrong is added to `tree.problems`, with its line."""
    found = tree.values.get(section) or []
    if not isinstance(found, list):
        tree.problems.append(tree.problem((section,), "une liste est attendue : un tiret par élément."))
        return []
    return [read_keys(tree, (section, rank), item, keys, wanted) for rank, item in enumerate(found)]


def read_keys(
    tree: Tree, place: Place, item: Any, keys: Mapping[str, tuple[str, Reader]], wanted: Iterable[str]
) -> dict[str, Any]:
    """`keys`: French key -> (name, reader). What is absent or refused is None."""
    values: dict[str, Any] = {name: None for name, _ in keys.values()} | {"place": place}
    if not isinstance(item, dict):
        tree.problems.append(tree.problem(place, "des lignes « clé : valeur » sont attendues ici."))
        return values
    for key in wanted:
        if item.get(key) is None:
            tree.problems.append(tree.problem(place, f"il manque « {key} »."))
    for key, value in item.items():
        if key not in keys:
            near = get_close_matches(key, keys, n=1)
            hint = f" ; vouliez-vous dire « {near[0]} » ?" if near else "."
            tree.problems.append(tree.problem((*place, key), f"clé inconnue « {key} »{hint}"))
        elif isinstance(value, str):
            values[keys[key][0]] = _read(tree, (*place, key), keys[key][1], value)
        elif value is not None:
            tree.problems.append(tree.problem((*place, key), "un texte est attendu ici."))
    return values


def _read(tree: Tree, place: Place, reader: Reader, text: str) -> Any:
    try:
        return reader(text)
    except ValueError as problem:
        tree.problems.append(tree.problem(place, str(problem)))
        return None


def twice(tree: Tree, rows: Iterable[Mapping[str, Any]], name: str) -> Iterable[FileProblem]:
    """A code written twice in its section."""
    seen: dict[Any, Place] = {}
    for row in rows:
        if row[name] is None:
            continue
        if row[name] in seen:
            line = tree.problem(seen[row[name]], "").line
            yield tree.problem(row["place"], f"« {row[name]} » est déjà pris, ligne {line}.")
        seen.setdefault(row[name], row["place"])
