"""When a dossier received on paper is in time: by the day it was received, not the day it is typed."""

from datetime import date

from faubourg.toolkit.days import format_day


def paper_problems(
    received_on: date, today: date, opens_on: date, closes_on: date, late_until: date | None
) -> list[str]:
    """Why this day of receipt is not taken; nothing when it is (PRG-3: the last day is included)."""
    if received_on > today:
        return ["Ce jour n'est pas encore venu : donnez le jour où le papier est arrivé."]
    if received_on < opens_on:
        return [f"L'appel n'ouvrait que le {format_day(opens_on)} : vérifiez le jour de réception."]
    last = max(closes_on, late_until or closes_on)
    if received_on > last:
        return [
            f"Reçu le {format_day(received_on)}, après le dernier jour ({format_day(last)}) : s'il y a une "
            "raison, rouvrez d'abord le dépôt de ce dossier, avec son motif."
        ]
    return []
