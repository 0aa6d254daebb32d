"""What the frame of every page shows: doors a person may push, the demonstration banner."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.queries import standing
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES, Role


@dataclass(frozen=True)
class Door:
    label: str
    url: str
    is_current: bool


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the base template; one query for someone signed in, none otherwise."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    held = standing(user, localdate())
    return {
        "navigation": navigation(held, request.path),
        "demonstration": held.sees_demonstration,
    }


def navigation(held: Standing, path: str) -> list[Door]:
    """One door at most is the current one: the nearest above this page; neighbourhoods are « Territoire »."""
    if path.startswith(reverse("portal:neighbourhoods")):
        path = reverse("observation:index")
    found = [(label, reverse(name)) for label, name in doors(held)]
    above = [url for _, url in found if path == url or (url != "/" and path.startswith(url))]
    here = max(above, key=len, default="")
    return [Door(label, url, url == here) for label, url in found]


def doors(held: Standing) -> Iterator[tuple[str, str]]:
    """(label, url name) in the order of a campaign; each leads to a page this person may open."""
    yield "Accueil", "portal:home"
    yield "Contrat", "contracts:index"
    yield "Territoire", "observation:index"
    yield "Concertation", "consultation:index"
    yield "Fonds habitants", "fph:index"
    if held.seats or held.memberships:
        yield "Appels à projets", "calls:index"
        yield "Dossiers", "applications:index"
    if held.contracts(*GIP_ROLES):
        yield "Instruction", "appraisal:index"
    if held.seats:
        yield "Instances", "governance:index"
        yield "Programmation", "awards:index"
    if held.contracts(Role.GIP_DIRECTOR, Role.GIP_OFFICER):
        yield "Courriels", "awards:outbox"
    if held.memberships or held.contracts(*GIP_ROLES) or held.is_technical_admin:
        yield "Structures", "directory:index"
    if held.is_technical_admin:
        yield "Comptes", "accounts:people"
    if held.is_technical_admin or held.contracts(*GIP_ROLES):
        yield "Journal", "journal:index"
