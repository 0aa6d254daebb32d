"""Letters through a real mail server that refuses, that falls, that comes back: each leaves once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.awards.actions import notices, prepare_notices, release_notices
from faubourg.awards.actions.notices import edit, send_again
from faubourg.awards.models import AwardNotice, FundingDecision
from faubourg.messaging.models import Message
from faubourg.toolkit.flow import IllegalStep
from tests.awards.conftest import NOW, asked_of
from tests.awards.test_programme import words
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(cast, dossier, officer):
    """`letters(4)` are prepared for as many applicants, none sent."""

    def make(number):
        chosen = []
        for rank in range(number):
            applicant = OrganisationFactory(name=f"Structure {rank}", email=f"structure{rank}@exemple.fr")
            application = dossier(state="validated", applicant=applicant, county=None)
            FundingDecision.objects.create(
                funding_request=asked_of(application, cast.state_envelope), outcome="granted",
                awarded_amount=1000, act_kind="award_order", act_number="1", decided_on=NOW.date(),
                recorded_by=officer, recorded_at=NOW,
            )  # fmt: skip
            chosen.append(application)
        assert [one.problem for one in prepare_notices(chosen, actor=officer, now=NOW)] == [""] * number
        return [notice.message for notice in AwardNotice.objects.order_by("application__number")]

    return make


def states():
    return [one.message.state for one in AwardNotice.objects.order_by("application__number")]


def received(box):
    return sorted(str(mail["To"].addresses[0].addr_spec) for mail in box.received)


def test_a_server_that_falls_in_the_middle_leaves_a_clear_state_and_no_letter_twice(
    letters,
    officer,
    mailbox,
    committed,
):
    prepared = letters(5)
    mailbox.falls_after = 2
    with committed():
        release_notices(prepared, actor=officer, now=NOW)

    assert states() == ["sent", "sent", "failed", "failed", "failed"]
    third = AwardNotice.objects.order_by("application__number")[2].message
    assert "ne répond pas" in third.error or "coupé la conversation" in third.error

    mailbox.rises()
    with committed():
        release_notices(Message.objects.filter(state="failed"), actor=officer, now=NOW)
    assert states() == ["sent"] * 5
    assert received(mailbox) == [f"structure{rank}@exemple.fr" for rank in range(5)]


def test_forty_letters_two_refused_addresses(client, cast, letters, officer, mailbox, committed):
    prepared = letters(40)
    mailbox.refused = {"structure7@exemple.fr", "structure31@exemple.fr"}
    with committed():
        release_notices(prepared, actor=officer, now=NOW)
    assert states().count("sent") == 38
    assert len(mailbox.received) == 38

    client.force_login(officer)
    page = words(client.get(reverse("awards:notices", args=[cast.call.pk])))
    assert page.count("Le serveur refuse cette adresse : corrigez le destinataire") == 2
    assert "250 OK" in page

    for message in Message.objects.filter(state="failed"):
        edit(message, actor=officer, words={"recipient": f"juste.{message.recipient}"}, now=NOW)
    with committed():
        release_notices(Message.objects.filter(state="failed"), actor=officer, now=NOW)
    assert states().count("sent") == 40
    assert len(set(received(mailbox))) == 40


def test_the_proof_of_sending_is_what_the_server_answered_and_when(
    client, letters, officer, mailbox, committed
):
    with committed():
        release_notices(letters(1), actor=officer, now=NOW)
    message = Message.objects.get()
    assert message.server_answer == "250 OK"
    client.force_login(officer)
    page = words(client.get(reverse("awards:letter", args=[message.pk])))
    assert "Réponse du serveur 250 OK" in page


def test_a_letter_not_received_is_sent_again_and_the_first_is_kept(
    client,
    letters,
    officer,
    mailbox,
    committed,
):
    (first,) = letters(1)
    with pytest.raises(IllegalStep, match="n'est pas partie"):
        send_again(first, actor=officer, now=NOW)
    with committed():
        release_notices([first], actor=officer, now=NOW)
    client.force_login(officer)
    answer = client.post(reverse("awards:send_again", args=[first.pk]))
    again = AwardNotice.objects.get().message
    assert answer.url == reverse("awards:letter", args=[again.pk])
    assert (again.state, again.body, again.attachment) == ("to_review", first.body, first.attachment)

    assert client.post(reverse("awards:send_again", args=[first.pk])).status_code == 409  # twice
    with committed():
        release_notices([again], actor=officer, now=NOW)
    assert received(mailbox) == ["structure0@exemple.fr"] * 2
    assert Message.objects.count() == 2


def test_a_letter_whose_data_break_says_so_on_its_row_and_stops_no_other(cast, dossier, officer, monkeypatch):
    good, bad = (dossier(state="validated", county=None, title=title) for title in ("Bonne", "Cassée"))
    plain = notices.letter_words

    def broken(application, *rest):
        return {} if application == bad else plain(application, *rest)

    monkeypatch.setattr(notices, "letter_words", broken)
    results = prepare_notices([bad, good], actor=officer, now=NOW)
    assert [bool(one.problem) for one in results] == [True, False]
    assert results[0].problem
    assert AwardNotice.objects.get().application == good


def test_only_the_team_sends_again(letters, state_decider):
    with pytest.raises(PermissionDenied):
        send_again(letters(1)[0], actor=state_decider, now=NOW)
