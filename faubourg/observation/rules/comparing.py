"""May two figures be set against each other? (DAT-2, DAT-4, B8.5)"""

from dataclasses import dataclass
from decimal import Decimal

from faubourg.toolkit.verdict import ALLOWED, Verdict, denied

UNKNOWN_VINTAGE = (
    "Le millésime d'un des deux chiffres est à confirmer : sans lui, on ne sait pas ce qui est comparé."
)
BREAK = (
    "Rupture de géographie : le contour des quartiers a changé entre 2015 et 2024, les deux chiffres ne "
    "comptent pas le même territoire. Ils se lisent côte à côte, aucune évolution n'en est tirée."
)
METHOD = (
    "Rupture de méthode : les deux millésimes ne sont pas comptés de la même façon. Ils se lisent côte à "
    "côte, aucune évolution n'en est tirée."
)
TOO_CLOSE = (
    "Deux millésimes consécutifs ne mesurent pas une évolution à l'échelle d'un quartier (avertissement de "
    "l'INSEE) : attendez un millésime plus éloigné."
)


@dataclass(frozen=True)
class Reading:
    """A figure as comparisons see it. `value` is None when it is withheld; `year` when it is to confirm."""

    statistic: str
    unit: str
    scale: str
    place: str
    value: Decimal | None
    year: int | None
    generation: str = ""
    comparability: str = ""
    trust: str = "published"


def evolution(before: Reading, after: Reading) -> Verdict:
    """May one say how much a figure has moved? A refusal says why, to the reader (DAT-2)."""
    if before.statistic != after.statistic or before.unit != after.unit:
        return denied("Ces deux chiffres ne comptent pas la même chose.")
    if before.generation != after.generation:
        return denied(BREAK)
    if (before.scale, before.place) != (after.scale, after.place):
        return denied("Ces deux chiffres ne sont pas du même territoire.")
    if before.value is None or after.value is None:
        return denied("L'un des deux chiffres manque ou relève du secret statistique : rien ne se calcule.")
    if before.year is None or after.year is None:
        return denied(UNKNOWN_VINTAGE)
    if before.year == after.year:
        return denied("Ces deux chiffres sont du même millésime : il n'y a pas d'évolution à mesurer.")
    if before.comparability != after.comparability:
        return denied(METHOD)
    if after.scale == "neighbourhood" and abs(after.year - before.year) == 1:
        return denied(TOO_CLOSE)
    return ALLOWED


def change(before: Reading, after: Reading) -> Decimal | None:
    """How much it has moved, in the unit of the figure; None wherever `evolution` refuses."""
    if not evolution(before, after) or before.value is None or after.value is None:
        return None
    return after.value - before.value


@dataclass(frozen=True)
class Gap:
    """What sets a territory apart from a wider one, in the unit of the figure; or why nothing is computed."""

    difference: Decimal | None = None
    reason: str = ""


def gap(own: Reading, wider: Reading) -> Gap:
    """QPV against commune, EPCI, département, France: the same thing and year, counted alike (DAT-4)."""
    if own.statistic != wider.statistic or own.unit != wider.unit:
        return Gap(reason="unités différentes")
    if own.value is None or wider.value is None:
        return Gap(reason="chiffre non disponible")
    if own.year is None or wider.year is None:
        return Gap(reason="millésime à confirmer")
    if own.year != wider.year:
        return Gap(reason=f"millésimes différents ({own.year} et {wider.year})")
    if own.comparability != wider.comparability:
        return Gap(reason="méthodes différentes")
    return Gap(own.value - wider.value)
