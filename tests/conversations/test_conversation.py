"""A conversation per dossier: the applicant, the GIP, and the funders for what is opened to them (PRG-7)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faubourg.appraisal.models import Appraisal
from faubourg.contracts.queries import standing
from faubourg.conversations.actions import open_to_funders, write_post
from faubourg.conversations.models import Post, Reading
from faubourg.conversations.queries import unread
from faubourg.directory.actions import end_membership
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.applications.test_papers import png
from tests.conftest import NOW, TODAY
from tests.directory.test_members import fresh
from tests.factories import InterestFactory, complete_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(cast):
    return complete_application(
        applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope, state="submitted",
        submitted_at=NOW, number="2027-001",
    )  # fmt: skip


def say(filed, actor, text="Bonjour, une question.", now=NOW, **fields):
    return write_post(filed, text=text, actor=fresh(actor), now=now, **fields)


def waits(person):
    return sum(one.number for one in unread(standing(fresh(person), TODAY)))


def page(client, person, filed):
    client.force_login(person)
    return client.get(reverse("conversations:conversation", args=[filed.pk]))


@pytest.mark.parametrize("role", ["editor", "signatory", "org_admin"])
def test_each_member_of_the_applicant_writes_in_its_name(role, filed, request):
    assert say(filed, request.getfixturevalue(role)).is_from_applicant


@pytest.mark.parametrize("role", ["director", "officer", "finance"])
def test_the_gip_answers(role, filed, request):
    assert not say(filed, request.getfixturevalue(role)).is_from_applicant


@pytest.mark.parametrize(
    "role",
    ["state_officer", "state_decider", "delegate", "expert", "councillor", "reader", "technical_admin",
     "stranger"],
)  # fmt: skip
def test_nobody_else_writes(role, filed, request):
    with pytest.raises(PermissionDenied):
        say(filed, request.getfixturevalue(role))
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [("editor", 200), ("director", 200), ("finance", 200), ("state_officer", 200), ("county_decider", 403),
     ("state_decider", 403), ("delegate", 403), ("expert", 403), ("councillor", 403), ("stranger", 404),
     ("technical_admin", 404)],
)  # fmt: skip
def test_who_opens_the_page(role, status, client, filed, request):
    assert page(client, request.getfixturevalue(role), filed).status_code == status


def test_whoever_is_tied_to_the_applicant_stands_aside(client, cast, filed, officer, state_officer):
    InterestFactory(user=officer, organisation=cast.applicant)
    InterestFactory(user=state_officer, organisation=cast.applicant)

    with pytest.raises(PermissionDenied, match="déport"):
        say(filed, officer)
    assert page(client, officer, filed).status_code == 403
    assert page(client, state_officer, filed).status_code == 403


def test_before_the_filing_one_calls(client, cast, editor):
    draft = complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)

    with pytest.raises(PermissionDenied, match="appelez le GIP"):
        say(draft, editor)
    assert page(client, editor, draft).status_code == 403


def test_a_funder_asked_reads_what_is_opened_to_it_and_no_more(client, filed, editor, officer, state_officer):
    opened, kept = say(filed, editor, "À ouvrir"), say(filed, editor, "À garder")
    open_to_funders(opened, actor=officer, now=NOW)

    seen = page(client, state_officer, filed).content.decode()

    assert "À ouvrir" in seen
    assert "À garder" not in seen
    assert "Envoyer le message" not in seen
    file = reverse("conversations:post_file", args=[filed.pk, kept.pk])
    assert client.get(file).status_code == 404


def test_a_funder_the_dossier_does_not_ask_reads_nothing(client, cast, filed, editor, officer):
    open_to_funders(say(filed, editor), actor=officer, now=NOW)
    other = cast.seat("funder_officer", cast.county, name="Rita Référente")

    assert page(client, other, filed).status_code == 403
    assert waits(other) == 0


@pytest.mark.parametrize("role", ["editor", "finance", "state_officer"])
def test_only_the_team_opens_a_message(role, filed, editor, request):
    with pytest.raises(PermissionDenied):
        open_to_funders(say(filed, editor), actor=request.getfixturevalue(role), now=NOW)


def test_a_message_is_opened_once(filed, editor, officer, state_officer):
    post = say(filed, editor)
    open_to_funders(post, actor=officer, now=NOW)
    with pytest.raises(IllegalStep):
        open_to_funders(Post.objects.get(pk=post.pk), actor=officer, now=NOW)
    assert Message.objects.filter(kind="conversations.to_funders").count() == 1


def test_an_empty_message_is_refused_and_one_sent_twice_is_one(filed, editor):
    with pytest.raises(Refusal, match="Écrivez"):
        say(filed, editor, "   ")
    first = say(filed, editor, "Une fois")
    assert say(filed, editor, "Une fois", now=NOW + timedelta(seconds=5)) == first
    assert say(filed, editor, "Une fois", now=NOW + timedelta(minutes=3)) != first


def test_the_journal_says_that_one_wrote_not_what(filed, editor):
    say(filed, editor, "Notre salariée est malade", upload=png("arret.png"))
    entry = Entry.objects.get(verb="conversations.write_post")
    assert "malade" not in str(entry.changes)
    assert entry.subject_id == filed.pk


# What waits to be read --------------------------------------------------------------------------------


def test_a_message_waits_for_the_other_side_until_it_is_read(client, filed, editor, signatory, officer):
    say(filed, editor)
    assert (waits(officer), waits(signatory), waits(editor)) == (1, 0, 0)
    client.force_login(officer)
    assert "1 message à lire" in client.get("/").content.decode()

    page(client, officer, filed)
    assert waits(officer) == 0
    assert "Lu par Omar Chargé" in page(client, editor, filed).content.decode()


def test_a_message_a_colleague_has_answered_waits_for_nobody_at_the_gip(filed, editor, officer, director):
    say(filed, editor)
    say(filed, officer, "Voici.")
    assert (waits(director), waits(editor)) == (0, 1)


def test_the_messages_of_a_dossier_somebody_follows_wait_for_that_person(filed, editor, officer, director):
    Appraisal.objects.create(application=filed, case_officer=officer)
    say(filed, editor)
    assert (waits(officer), waits(director)) == (1, 0)


def test_a_funder_finds_what_was_opened_to_it(filed, editor, officer, state_officer):
    post = say(filed, editor)
    assert waits(state_officer) == 0
    open_to_funders(post, actor=officer, now=NOW)
    assert waits(state_officer) == 1


def test_a_member_who_left_reads_nothing_the_day_after(client, cast, filed, editor, org_admin, officer):
    say(filed, officer)
    end_membership(cast.applicant, editor, actor=org_admin, now=timezone.now())

    assert waits(editor) == 0
    assert page(client, fresh(editor), filed).status_code == 404


def test_reading_again_an_older_page_does_not_move_the_mark_back(client, filed, editor, officer):
    say(filed, editor, "Un")
    page(client, officer, filed)
    page(client, officer, filed)
    assert Reading.objects.get(user=officer).up_to == Post.objects.get()


# Letters ----------------------------------------------------------------------------------------------


def test_the_applicant_is_told_at_once_the_gip_in_its_digest(
    cast, filed, editor, signatory, officer, director
):
    tied = cast.seat("gip_officer", name="Lié")
    InterestFactory(user=tied, organisation=cast.applicant)
    say(filed, editor)
    say(filed, officer, "Réponse")

    told = set(Message.objects.values_list("kind", "recipient", "state"))
    assert told == {
        ("conversations.to_gip", officer.email, "held"),
        ("conversations.to_gip", director.email, "held"),
        ("conversations.to_applicant", editor.email, "queued"),
        ("conversations.to_applicant", signatory.email, "queued"),
    }


# Pages ------------------------------------------------------------------------------------------------


def test_one_writes_with_a_file_on_screen_and_nothing_typed_is_lost(client, filed, editor, officer):
    client.force_login(editor)
    url = reverse("conversations:write_post", args=[filed.pk])
    refused = client.post(url, {"text": "Gardé", "upload": png("x.exe")})
    assert "Gardé" in refused.content.decode()

    assert client.post(url, {"text": "Voici", "upload": png("budget.png")}).status_code == 302
    post = Post.objects.get()
    seen = page(client, officer, filed).content.decode()
    assert "budget.png" in seen
    client.post(reverse("conversations:open_to_funders", args=[filed.pk, post.pk]))
    assert "ouvert aux financeurs" in page(client, officer, filed).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_long(client, filed, editor, officer, count):
    for number in range(count):
        say(filed, editor, f"Message {number}")
    page(client, officer, filed)
    with CaptureQueriesContext(connection) as queries:
        page(client, officer, filed)
    assert len([one for one in queries if "SELECT" in one["sql"]]) <= 12
