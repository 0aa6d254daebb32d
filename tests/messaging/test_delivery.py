"""Letters through a real SMTP server: sent once, or kept with the reason."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from faubourg.documents.models import Document
from faubourg.journal.models import Entry
from faubourg.messaging import actions
from faubourg.messaging.jobs import deliver, deliver_stranded
from faubourg.messaging.models import Message
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 4, 12, 9, 30, tzinfo=UTC)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n%%EOF\n"


def letter(**fields):
    words = {
        "key": "accounts.invite:1",
        "recipient": "mains@exemple.fr",
        "recipient_name": "Les Mains vertes, à Saint-Ambroix",
        "subject": "Décision « Été »",
        "body": "Bonjour,\n\nVotre dossier est accepté à 4 500 €.\n",
        "now": NOW,
    }
    return words | fields


def document():
    return Document.objects.create(
        name="Lettre été.pdf", file=ContentFile(PDF, "lettre.pdf"), content_type="application/pdf",
        size=len(PDF), sha256=hashlib.sha256(PDF).hexdigest(), uploaded_at=NOW,
    )  # fmt: skip


def again(message):
    message.refresh_from_db()
    return message


def test_a_letter_arrives_with_its_accents_and_its_pdf(mailbox, committed):
    with committed():
        message = actions.send(**letter(attachment=document()))

    assert again(message).state == "sent"
    assert message.sent_at is not None
    assert message.attempts == 1
    (mail,) = mailbox.received
    assert mail["Subject"] == "Décision « Été »"
    assert mail["To"].addresses[0].addr_spec == "mains@exemple.fr"
    assert mail["To"].addresses[0].display_name == "Les Mains vertes, à Saint-Ambroix"
    assert "4 500 €" in mail.get_body().get_content()
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "Lettre été.pdf"
    assert attached.get_content() == PDF


def test_nothing_leaves_before_the_transaction_is_committed(mailbox, committed):
    @transaction.atomic
    def change_of_mind():
        actions.send(**letter())
        raise RuntimeError

    with committed(), pytest.raises(RuntimeError):
        change_of_mind()
    assert mailbox.received == []
    assert not Message.objects.exists()


def test_the_same_key_makes_one_letter(mailbox, committed):
    with committed():
        first = actions.send(**letter())
    with committed():
        second = actions.send(**letter(body="Autre texte"))

    assert second == first
    assert len(mailbox.received) == 1


def test_a_prepared_letter_waits_for_a_person(mailbox, committed):
    message = actions.prepare(**letter())
    assert mailbox.received == []

    claire = UserFactory(full_name="Claire")
    with committed():
        actions.release(message, actor=claire, now=NOW)

    assert again(message).state == "sent"
    assert message.released_by == claire
    assert len(mailbox.received) == 1
    assert Entry.objects.filter(verb="messaging.release", actor=claire).count() == 1


def test_a_letter_already_sent_is_not_released_again(mailbox, committed):
    message = actions.prepare(**letter())
    with committed():
        actions.release(message, actor=UserFactory(), now=NOW)

    with pytest.raises(IllegalStep):
        actions.release(message, actor=UserFactory(), now=NOW)
    assert len(mailbox.received) == 1


def test_a_refused_address_says_so_and_the_corrected_letter_leaves(mailbox, committed):
    mailbox.refused.add("mains@exemple.fr")
    claire = UserFactory()
    message = actions.prepare(**letter())
    with committed():
        actions.release(message, actor=claire, now=NOW)

    assert again(message).state == "failed"
    assert message.error.startswith("Le serveur refuse cette adresse")
    assert "550" in message.error
    assert message.attempts == 1

    actions.edit(message, actor=claire, words={"recipient": "contact@exemple.fr"})
    with committed():
        actions.release(message, actor=claire, now=NOW)
    assert again(message).state == "sent"
    assert message.attempts == 2
    assert message.error == ""
    assert [mail["To"].addresses[0].addr_spec for mail in mailbox.received] == ["contact@exemple.fr"]


def test_when_the_server_is_down_the_letter_is_kept(settings, committed):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with committed():
        message = actions.send(**letter())

    assert again(message).state == "failed"
    assert message.error.startswith("Le serveur de courriel ne répond pas : rien n'est perdu")


def test_a_crash_while_sending_is_never_followed_by_a_second_letter(settings, mailbox, committed):
    settings.EMAIL_BACKEND = "tests.messaging.conftest.KilledBackend"
    with committed():
        message = actions.send(**letter())
    assert again(message).state == "sending"

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    deliver.enqueue(message.pk)
    assert again(message).state == "sending"
    assert mailbox.received == []


def test_a_doubtful_letter_is_sent_again_only_when_a_person_says_so(settings, mailbox, committed):
    settings.EMAIL_BACKEND = "tests.messaging.conftest.KilledBackend"
    with committed():
        message = actions.send(**letter())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    claire = UserFactory()
    actions.doubt(message, actor=claire, now=NOW + timedelta(hours=1))
    assert again(message).state == "failed"
    with committed():
        actions.release(message, actor=claire, now=NOW)
    assert again(message).state == "sent"
    assert len(mailbox.received) == 1


def test_a_letter_whose_job_was_lost_leaves_ten_minutes_later(mailbox):
    message = Message.objects.create(
        key="perdu", recipient="mains@exemple.fr", subject="Objet", body="Texte", state="queued",
        created_at=NOW, released_at=NOW,
    )  # fmt: skip

    assert deliver_stranded(NOW + timedelta(minutes=9)) == 0
    assert deliver_stranded(NOW + timedelta(minutes=11)) == 1
    assert again(message).state == "sent"
    assert len(mailbox.received) == 1


def test_a_discarded_letter_is_kept_and_never_leaves(mailbox):
    message = actions.prepare(**letter())
    actions.discard(message, actor=UserFactory(), now=NOW)

    assert again(message).state == "discarded"
    with pytest.raises(IllegalStep):
        actions.release(message, actor=UserFactory(), now=NOW)
    assert mailbox.received == []


def test_a_letter_without_a_real_address_is_refused_with_its_field():
    with pytest.raises(Refusal) as refusal:
        actions.prepare(**letter(recipient="mains chez exemple"))
    assert list(refusal.value.errors) == ["recipient"]


def test_a_line_break_in_a_subject_adds_no_header(mailbox, committed):
    with committed():
        actions.send(**letter(subject="Objet\nBcc: espion@exemple.fr"))

    (mail,) = mailbox.received
    assert mail["Subject"] == "Objet Bcc: espion@exemple.fr"
    assert mail["Bcc"] is None


def test_a_letter_is_mended_only_before_it_leaves(mailbox, committed):
    message = actions.prepare(**letter())
    actions.edit(message, actor=UserFactory(), words={"body": "Texte relu"})
    assert Entry.objects.get(verb="messaging.edit").changes["body"][1] == "Texte relu"

    with committed():
        actions.release(message, actor=UserFactory(), now=NOW)
    with pytest.raises(IllegalStep, match="ne se modifie plus"):
        actions.edit(message, actor=UserFactory(), words={"body": "Trop tard"})


def test_nobody_rewrites_an_automatic_letter_nor_sends_it_elsewhere(mailbox, committed):
    """An invitation carries a link that opens an account: its text and address belong to its reader."""
    mailbox.refused.add("mains@exemple.fr")
    with committed():
        message = actions.send(**letter())
    assert again(message).state == "failed"

    with pytest.raises(IllegalStep, match="lien personnel"):
        actions.edit(message, actor=UserFactory(), words={"recipient": "espion@exemple.fr"})
    mailbox.refused.clear()
    with committed():
        actions.release(message, actor=UserFactory(), now=NOW)
    assert [mail["To"].addresses[0].addr_spec for mail in mailbox.received] == ["mains@exemple.fr"]
