"""Run in a process of its own by test_concurrency, on a real database: clerks spend one envelope at once."""

import multiprocessing
from datetime import UTC, datetime

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from faubourg.accounts.models import User  # noqa: E402
from faubourg.applications.models import FundingRequest  # noqa: E402
from faubourg.awards.actions import decide  # noqa: E402
from faubourg.calls.models import Envelope  # noqa: E402
from faubourg.toolkit.refusal import Refusal  # noqa: E402
from tests.awards.conftest import grant  # noqa: E402
from tests.conftest import Cast  # noqa: E402
from tests.factories import complete_application  # noqa: E402

NOW = datetime(2027, 4, 12, 9, 30, tzinfo=UTC)
CLERKS = 6


def prepare() -> None:
    """An envelope of 10 000 €, one dossier asking 5 000 € and one decider per clerk."""
    call_command("migrate", verbosity=0)
    cast = Cast()
    Envelope.objects.filter(pk=cast.state_envelope.pk).update(amount=10_000)
    for number in range(CLERKS):
        cast.seat("funder_decider", cast.state, name=f"Décideur {number}")
        complete_application(
            call=cast.call, envelope=cast.state_envelope, applicant=cast.applicant, state="reviewed",
            number=f"2027-{number:03d}", submitted_at=NOW,
        )  # fmt: skip


def spend(number, start, answers) -> None:
    """Grant 3 000 € to one dossier when all are ready; say whether it was refused."""
    requests = FundingRequest.objects.select_related("application__call", "envelope__funder").order_by("pk")
    request, actor = requests[number], User.objects.get(full_name=f"Décideur {number}")
    start.wait(timeout=60)
    try:
        decide(request, actor=actor, ruling=grant(3_000), version=0, now=NOW)
    except Refusal:
        answers.put("refused")
    else:
        answers.put("granted")


if __name__ == "__main__":
    prepare()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    start, answers = fork.Barrier(CLERKS), fork.SimpleQueue()
    clerks = [fork.Process(target=spend, args=(number, start, answers)) for number in range(CLERKS)]
    for clerk in clerks:
        clerk.start()
    print(" ".join(sorted(answers.get() for _ in clerks)))
