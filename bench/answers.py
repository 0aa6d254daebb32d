"""A questionnaire with many answers, and residents who send theirs at once: what was thanked for is kept.

Each resident sends the last part of a questionnaire filled in, and is led to the page that thanks: one answer
checked, its draw looked up, one row written. The parts before are pages, timed as pages.
"""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.crypto import get_random_string

from bench.clock import connected
from faubourg.contracts.models import Contract
from faubourg.questionnaires.actions import count_new
from faubourg.questionnaires.models import Form, Questionnaire, Response
from faubourg.questionnaires.requests import Progress
from faubourg.questionnaires.states import Mode, QuestionnaireState

if TYPE_CHECKING:
    from bench.cast import Cast

RESIDENTS, PER_SECOND, CHUNK = 16, 100, 5_000
QUESTIONS = 20
CHOICES = [{"name": f"c{n}", "labels": {"fr": f"Réponse proposée {n}"}} for n in range(1, 7)]
TEXT = "Plus d'arbres, des bancs à l'ombre et un point d'eau près de l'école."


def _asked(number: int) -> dict[str, object]:
    """Three questions to tick for one of words."""
    label = {"fr": f"Question {number} : que faut-il changer dans le quartier ?"}
    if number % 4 == 0:
        return {"name": f"q{number}", "kind": "text", "labels": label}
    kind = "select_multiple" if number % 2 else "select_one"
    return {"name": f"q{number}", "kind": kind, "labels": label, "choices": CHOICES}


DEFINITION = {
    "groups": [
        {
            "name": f"p{part}",
            "labels": {"fr": f"Partie {part}"},
            "questions": [_asked(number) for number in range(5 * part - 4, 5 * part + 1)],
        }
        for part in range(1, QUESTIONS // 5 + 1)
    ]
}
"""Twenty questions on four parts."""


def ask_residents(contract: Contract) -> Questionnaire:
    asked = Questionnaire.objects.create(
        contract=contract, title="Le quartier en 2030", introduction=TEXT, return_places="Mairie",
        languages=["fr"], public_code="banc", state=QuestionnaireState.OPEN,
    )  # fmt: skip
    Form.objects.create(questionnaire=asked, number=1, definition=DEFINITION, locked_on=contract.starts_on)
    return asked


def grow_answers(cast: "Cast", total: int) -> None:
    """Answers up to `total`, counted as the clock of the server counts them."""
    form = cast.questionnaire.forms.get()
    have = Response.objects.filter(questionnaire=cast.questionnaire).count()
    for first in range(have, total, CHUNK):
        with transaction.atomic():
            Response.objects.bulk_create(
                Response(
                    questionnaire=cast.questionnaire, form=form, mode=Mode.ONLINE, received_on=cast.today,
                    content=_content(number), reference=f"banc-{number}",
                )
                for number in range(first, min(first + CHUNK, total))
            )  # fmt: skip
    while count_new(cast.questionnaire):
        pass


def _content(number: int) -> dict[str, object]:
    content: dict[str, object] = {}
    for rank in range(1, QUESTIONS + 1):
        if rank % 4 == 0:
            content[f"q{rank}"] = f"{TEXT} {number}"
        else:
            ticked = f"c{1 + (number + rank) % 6}"
            content[f"q{rank}"] = [ticked, "c1"] if rank % 2 and ticked != "c1" else ticked
    return content


def let_answer(cast: "Cast", port: int, seconds: float) -> str:
    """One sentence, ✓ or ✗ first."""
    form, address = cast.questionnaire.forms.get(), answering_address(cast)
    until = time.monotonic() + seconds
    started = time.monotonic()
    with ThreadPoolExecutor(RESIDENTS) as residents:
        told = list(residents.map(lambda n: _send(port, address, form.pk, n, until), range(RESIDENTS)))
    elapsed = time.monotonic() - started
    thanked = {reference for references, _ in told for reference in references}
    refused = sum(count for _, count in told)
    kept = set(Response.objects.filter(questionnaire=cast.questionnaire).values_list("reference", flat=True))
    lost, rate = len(thanked - kept), len(thanked) / elapsed
    verdict = "✓" if rate >= PER_SECOND and not lost and not refused else "✗"
    return (
        f"{verdict} {RESIDENTS} habitants répondent, {elapsed:.1f} s : {len(thanked)} réponses reçues "
        f"({rate:.0f}/s, cible {PER_SECOND}), {lost} perdues, {refused} refusées"
    )


def answering_address(cast: "Cast") -> str:
    return reverse("answering:answer", args=[cast.questionnaire.public_code])


def _send(port: int, address: str, form_pk: int, resident: int, until: float) -> tuple[list[str], int]:
    """(draws of the answers thanked for, how many were not)."""
    thanked: list[str] = []
    refused = 0
    with connected(port) as connection:
        while time.monotonic() < until:
            reference = get_random_string(32)
            if _post(connection, address, Progress(form_pk, reference, page=4, content=_content(resident))):
                thanked.append(reference)
            else:
                refused += 1
    return thanked, refused


def _post(connection: http.client.HTTPConnection, address: str, filled: Progress) -> bool:
    typed = {"progress": filled.sealed(), "way": "next", "q17": ["c1", "c2"], "q18": "c1", "q20": TEXT}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", address, urlencode(typed, doseq=True), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status == 302
