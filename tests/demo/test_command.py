"""`faubourg demo` on an empty database, on one that holds other data, and twice with the same seed."""

import hashlib
import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.applications.models import Application, BudgetLine, FundingRequest
from faubourg.awards.models import FundingDecision
from faubourg.calls.models import Call
from faubourg.contracts.models import Contract
from faubourg.demo.building import build, is_empty
from faubourg.demo.moments import Stage
from faubourg.governance.models import Meeting
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from tests.factories import OrganisationFactory, UserFactory


def demo(**options):
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("stranger", [UserFactory, OrganisationFactory], ids=["account", "association"])
def test_a_database_that_holds_other_data_is_refused(db, stranger):
    stranger()
    with pytest.raises(CommandError, match="contient déjà"):
        demo()
    assert not Contract.objects.exists()


def test_if_empty_does_nothing_on_other_data_and_prints_no_login(db):
    UserFactory()
    assert demo(if_empty=True) == ""
    assert not Contract.objects.exists()


def test_the_contract_alone_is_no_other_data(db):
    call_command("load_contract", "de-ceze-cevennes", "--yes", stdout=StringIO())
    assert not is_empty()
    build(Stage.FRAMING)
    assert set(Call.objects.values_list("state", flat=True)) == {"open", "draft"}
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("stage", "seen", "meetings"),
    [
        ("appel", {"submitted"}, {"closed"}),
        ("instruction", {"submitted", "admissible", "appraised", "incomplete"}, {"closed"}),
        ("comite", {"tabled", "reviewed", "incomplete"}, {"planned", "open", "closed"}),
        ("decision", {"reviewed", "decided", "incomplete"}, {"planned", "closed"}),
        ("notification", {"reviewed", "validated", "notified", "incomplete"}, {"closed"}),
    ],
)
def test_the_story_stops_in_the_middle_of_things(db, stage, seen, meetings):
    build(Stage(stage))
    ended = {"draft", "inadmissible", "withdrawn"}
    assert set(Application.objects.values_list("state", flat=True)) - ended == seen
    assert set(Meeting.objects.values_list("state", flat=True)) == meetings


def test_nothing_in_the_story_has_happened_after_today(db):
    """Looked at in November 2026, the decisions of the 2027 campaign are told some months earlier."""
    today = date(2026, 11, 23)
    build(Stage.DECISION, today=today)
    call = Call.objects.get(state="closed")
    assert FundingDecision.objects.latest("decided_on").decided_on <= today
    assert localdate(Entry.objects.latest("written_at").written_at) <= today
    assert (
        localdate(Application.objects.filed().latest("submitted_at").submitted_at) <= call.closes_on < today
    )
    assert Call.objects.get(state="open").closes_on == date(2027, 12, 31)
    ahead = [meeting.starts_at for meeting in Meeting.objects.filter(state="planned")]
    assert all(localdate(starts_at) > today for starts_at in ahead)


# Same seed, same result ---------------------------------------------------------------------------


def digest():
    """A print of what was told, without the numbers a database gives by itself."""
    rows = [
        list(
            Application.objects.order_by("call__title", "number", "title").values_list(
                "number",
                "title",
                "state",
                "applicant__siret",
                "created_at",
                "submitted_at",
                "need",
                "starts_on",
            )
        ),
        list(
            BudgetLine.objects.order_by("application__title", "account", "label").values_list(
                "application__title", "account", "label", "amount"
            )
        ),
        list(
            FundingRequest.objects.order_by("application__title", "envelope__funder__name").values_list(
                "application__title", "envelope__funder__name", "requested_amount"
            )
        ),
        list(Entry.objects.order_by("id").values_list("written_at", "actor_name", "verb", "subject")),
        list(Message.objects.order_by("id").values_list("recipient", "subject", "state", "sent_at")),
    ]
    return hashlib.sha256(json.dumps(rows, cls=DjangoJSONEncoder).encode()).hexdigest()


def digest_of(seed):
    point = transaction.savepoint()
    build(Stage.CALL, seed=seed)
    found = digest(), set(Application.objects.values_list("state", flat=True))
    transaction.savepoint_rollback(point)
    return found


def test_the_same_seed_tells_the_same_story_and_another_seed_another(db):
    first, seen = digest_of(7)
    assert seen == {"draft", "submitted"}
    assert digest_of(7)[0] == first
    assert digest_of(8)[0] != first
