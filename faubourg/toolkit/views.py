"""The page that shows every component, for those who write the other pages."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate

from faubourg.toolkit.forms import SampleForm
from faubourg.toolkit.verdict import denied

STEPS = [
    SimpleNamespace(label="Structure", url="#etapes", state="done"),
    SimpleNamespace(label="Calendrier", url="#etapes", state="error"),
    SimpleNamespace(label="Budget", url="#etapes", state="current"),
    SimpleNamespace(label="Signature", url="", state="todo"),
]
REFUSED_ANSWERS = {
    "essai-story": "Un récit.\nDeux lignes.",
    "essai-amount": "12,345,60",
    "essai-starts_on": "2027-02-12",
    "essai-colour": "green",
}


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "toolkit/components.html", _samples(request))


def _samples(request: HttpRequest) -> dict[str, Any]:
    today = localdate()
    return {
        "tones": ("neutral", "info", "success", "warning", "danger"),
        "sum": Decimal("12345.60"),
        "half": Decimal("61200"),
        "whole": Decimal("96000"),
        "excess": Decimal("97200"),
        "refused": denied("Il manque deux réponses avant de pouvoir envoyer."),
        "steps": STEPS,
        "deadlines": [today + timedelta(days=days) for days in (40, 1, 0, -2)],
        "now": timezone.now(),
        "page": Paginator(range(500), 50).get_page(request.GET.get("page", 4)),
        "form": SampleForm(),
        "refused_form": SampleForm(REFUSED_ANSWERS, prefix="essai"),
        "typed": "Une ligne.\nUne autre, avec <b>des chevrons</b>.\n\nUn second paragraphe.",
    }
