"""One policy for every letter: what leaves at once, what waits for the digest, what never leaves."""

from datetime import UTC, datetime, timedelta

import pytest

from faubourg.directory.actions import choose_mail_pace
from faubourg.journal.models import Entry
from faubourg.messaging import actions
from faubourg.messaging.jobs import send_digests
from faubourg.messaging.models import MailPreference, Message
from faubourg.messaging.rules import KINDS, Kind, digest, pace_of
from faubourg.messaging.states import Pace
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MONDAY_NOON = datetime(2027, 4, 12, 10, tzinfo=UTC)
BEFORE_SEVEN = datetime(2027, 4, 13, 4, 59, 59, tzinfo=UTC)
"""06:59:59 in Paris, in summer time."""
SEVEN = datetime(2027, 4, 13, 5, tzinfo=UTC)


@pytest.fixture
def awa():
    return UserFactory(full_name="Awa Diallo", email="awa@exemple.fr")


@pytest.fixture(autouse=True)
def a_kind_one_may_refuse(monkeypatch):
    monkeypatch.setitem(KINDS, "essai.nouvelle", Kind("une nouvelle", is_mandatory=False))


def news(number, *, kind="essai.nouvelle", now=MONDAY_NOON, recipient="awa@exemple.fr", **fields):
    return actions.send(
        key=f"{kind}:{number}", recipient=recipient, recipient_name="Awa Diallo",
        subject=f"Nouvelle {number}", body=f"Bonjour,\n\nTexte {number}.\n", now=now, **fields,
    )  # fmt: skip


def choose(awa, pace):
    choose_mail_pace(awa, pace=pace, actor=awa)


def states():
    return sorted(Message.objects.values_list("state", flat=True))


def test_who_has_chosen_nothing_is_told_at_once(awa, mailbox, committed):
    with committed():
        news(1)

    assert [mail["Subject"] for mail in mailbox.received] == ["Nouvelle 1"]


def test_who_wants_no_letter_gets_none_and_the_outbox_says_why(awa, mailbox, committed):
    choose(awa, Pace.NEVER)
    with committed():
        message = news(1)

    assert mailbox.received == []
    assert message.get_state_display() == "Non envoyé, au choix du destinataire"


@pytest.mark.parametrize("kind", sorted(name for name, kind in KINDS.items() if kind.is_mandatory))
def test_no_choice_turns_off_what_is_official_or_of_security(kind):
    assert pace_of(KINDS[kind], Pace.NEVER) == pace_of(KINDS[kind], Pace.DAILY) == Pace.IMMEDIATE


def test_the_receipt_of_a_filing_leaves_whatever_one_has_chosen(awa, mailbox, committed):
    choose(awa, Pace.NEVER)
    with committed():
        news(1, kind="applications.submit")

    assert len(mailbox.received) == 1


def test_a_letter_nobody_has_declared_is_a_mistake_found_at_once():
    with pytest.raises(LookupError, match="KINDS"):
        news(1, kind="essai.inconnu")


def test_the_digest_leaves_once_at_seven_in_paris_with_all_of_the_day_before(awa, mailbox, committed):
    choose(awa, Pace.DAILY)
    with committed():
        news(1)
        news(2)
    assert mailbox.received == []
    with committed():
        assert send_digests(BEFORE_SEVEN) == 0
    with committed():
        assert send_digests(SEVEN) == 1
    with committed():
        assert send_digests(SEVEN + timedelta(minutes=1)) == 0

    (mail,) = mailbox.received
    assert mail["Subject"] == "Votre résumé du jour : 2 messages"
    text = mail.get_body().get_content()
    assert text.startswith("Bonjour Awa Diallo,")
    assert text.count("Bonjour") == 1
    assert "Texte 1." in text
    assert "Texte 2." in text
    assert states() == ["gathered", "gathered", "sent"]


def test_what_is_written_after_seven_waits_for_tomorrow(awa, mailbox, committed):
    choose(awa, Pace.DAILY)
    news(1, now=BEFORE_SEVEN)
    news(2, now=SEVEN)
    with committed():
        send_digests(SEVEN + timedelta(hours=3))
    assert states() == ["gathered", "held", "sent"]

    with committed():
        send_digests(SEVEN + timedelta(days=1))
    assert len(mailbox.received) == 2


def test_the_hour_follows_paris_in_winter_too(awa, mailbox, committed):
    choose(awa, Pace.DAILY)
    news(1, now=datetime(2027, 1, 10, 10, tzinfo=UTC))
    with committed():
        assert send_digests(datetime(2027, 1, 11, 5, 59, tzinfo=UTC)) == 0
    with committed():
        assert send_digests(datetime(2027, 1, 11, 6, 0, tzinfo=UTC)) == 1


def test_a_morning_without_the_server_only_makes_the_digest_late(awa, mailbox, committed):
    choose(awa, Pace.DAILY)
    news(1)
    with committed():
        assert send_digests(SEVEN + timedelta(days=2, hours=8)) == 1


def test_each_person_and_each_contract_has_its_own_digest(awa, mailbox, committed):
    choose(awa, Pace.DAILY)
    other = UserFactory(email="jean@exemple.fr")
    choose(other, Pace.DAILY)
    news(1, contract_id=1)
    news(2, contract_id=2)
    news(3, contract_id=1, recipient="jean@exemple.fr")

    with committed():
        assert send_digests(SEVEN) == 3
    assert {mail["To"].addresses[0].addr_spec for mail in mailbox.received} == {
        "awa@exemple.fr",
        "jean@exemple.fr",
    }


def test_a_digest_refused_by_the_server_is_one_failure_to_send_again(awa, mailbox, committed):
    choose(awa, Pace.DAILY)
    news(1, contract_id=1)
    mailbox.refused.add("awa@exemple.fr")
    with committed():
        send_digests(SEVEN)
    whole = Message.objects.get(kind="messaging.digest")
    assert whole.state == "failed"
    assert "550" in whole.error

    actions.readdress(whole, "awa@ailleurs.fr", actor=awa)
    with committed():
        actions.release(whole, actor=awa, now=SEVEN)
    assert [mail["To"].addresses[0].addr_spec for mail in mailbox.received] == ["awa@ailleurs.fr"]
    assert Entry.objects.get(verb="messaging.readdress").changes["recipient"] == [
        "awa@exemple.fr",
        "awa@ailleurs.fr",
    ]


def test_a_readdressed_letter_keeps_its_words(awa, mailbox, committed):
    mailbox.refused.add("awa@exemple.fr")
    with committed():
        message = news(1)
    message.refresh_from_db()

    with pytest.raises(Refusal, match="adresse de courriel"):
        actions.readdress(message, "chez awa", actor=awa)
    actions.readdress(message, "awa@ailleurs.fr", actor=awa)
    assert message.body == "Bonjour,\n\nTexte 1.\n"


def test_a_letter_that_left_is_not_readdressed(awa, mailbox, committed):
    with committed():
        message = news(1)

    with pytest.raises(IllegalStep):
        actions.readdress(message, "awa@ailleurs.fr", actor=awa)


def test_one_choice_per_person_is_kept_and_written(awa):
    choose(awa, Pace.DAILY)
    choose(awa, Pace.NEVER)
    choose(awa, Pace.NEVER)

    assert MailPreference.objects.get().pace == Pace.NEVER
    assert [
        e.changes["pace"] for e in Entry.objects.filter(verb="accounts.choose_mail_pace").order_by("pk")
    ] == [
        ["", "daily"],
        ["daily", "never"],
    ]
    with pytest.raises(Refusal):
        choose(awa, "parfois")


def test_a_body_without_greeting_is_told_whole():
    assert "Tout court" in digest("Awa", [("S", "Tout court")])[1]


def test_my_account_shows_the_choice_and_keeps_it(awa, client):
    client.force_login(awa)
    page = client.get("/compte/").content.decode()
    assert "Partent toujours" in page
    assert "un RIB à confirmer" in page

    client.post("/compte/courriels/", {"pace": "daily"})
    assert MailPreference.objects.get(user=awa).pace == "daily"
    assert client.get("/compte/").context["mail_form"].initial == {"pace": "daily"}

    client.post("/compte/courriels/", {"pace": "best"})
    assert not MailPreference.objects.exists()


def test_the_technical_administrator_sends_again_an_invitation_that_did_not_leave(
    client, technical_admin, officer, mailbox, committed
):
    mailbox.refused.add("awa@exemple.fr")
    with committed():
        message = news(1, kind="accounts.invite")
    client.force_login(technical_admin)
    assert "Le serveur refuse cette adresse" in client.get("/compte/personnes/").content.decode()

    mailbox.refused.clear()
    url = f"/compte/courriels/{message.pk}/renvoyer/"
    with committed():
        client.post(url)
    assert len(mailbox.received) == 1
    assert client.post(url).status_code == 404
    client.force_login(officer)
    assert client.post(url).status_code == 403


def test_the_team_mends_the_address_of_an_automatic_letter_that_came_back(
    cast, client, officer, mailbox, committed
):
    mailbox.refused.add("awa@exemple.fr")
    with committed():
        message = news(1, kind="applications.submit", contract_id=cast.contract.pk)
    client.force_login(officer)
    page = f"/programmation/courriels/{message.pk}/"
    assert "Corriger l'adresse" in client.get(page).content.decode()
    assert "Texte 1" not in client.get(page).content.decode()

    client.post(page, {"recipient": "awa@ailleurs.fr"})
    with committed():
        client.post(f"{page}envoyer/")
    assert [mail["To"].addresses[0].addr_spec for mail in mailbox.received] == ["awa@ailleurs.fr"]
