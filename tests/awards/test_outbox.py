"""The outbox: what waits, what left, what failed; read by the GIP team of the contract only."""

import pytest
from django.core import mail
from django.urls import reverse

from faubourg.messaging.actions import prepare, send
from tests.awards.conftest import NOW
from tests.factories import ContractFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(cast):
    def make(number=1, contract=cast.contract, **fields):
        words = {"recipient": "mains@exemple.fr", "subject": f"Lettre {number}", "body": "Bonjour"}
        return prepare(key=f"essai:{number}", now=NOW, contract_id=contract.pk, **(words | fields))

    return make


@pytest.fixture
def gip(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def at(name, message):
    return reverse(f"awards:{name}", args=[message.pk])


def test_a_letter_is_read_mended_and_sent(gip, letter, committed):
    message = letter()
    assert "Bonjour" in gip.get(at("letter", message)).content.decode()

    gip.post(
        at("letter", message),
        {
            "recipient": "autre@exemple.fr",
            "recipient_name": "Awa",
            "subject": "Lettre relue",
            "body": "Bonsoir",
        },
    )
    with committed():
        gip.post(at("release", message))
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (['"Awa" <autre@exemple.fr>'], "Lettre relue", "Bonsoir")
    page = gip.get(at("letter", message)).content.decode()
    assert "Omar Chargé" in page
    assert "Relire et corriger" not in page


def test_a_wrong_address_is_refused_and_nothing_typed_is_lost(gip, letter):
    message = letter()
    page = gip.post(
        at("letter", message), {"recipient": "awa chez elle", "subject": "Gardé", "body": "Gardé aussi"}
    ).content.decode()
    assert "awa chez elle" in page
    assert "Gardé aussi" in page
    message.refresh_from_db()
    assert message.recipient == "mains@exemple.fr"


def test_a_letter_put_aside_cannot_leave(gip, letter):
    message = letter()
    gip.post(at("discard", message))
    assert gip.post(at("release", message)).status_code == 409
    assert mail.outbox == []


def test_a_sending_that_never_ended_is_said_and_can_be_taken_over(gip, letter):
    message = letter()
    message.state = "sending"
    message.save()
    assert "Envoi commencé, à vérifier" in gip.get(at("letter", message)).content.decode()
    gip.post(at("doubt", message))
    message.refresh_from_db()
    assert message.state == "failed"


def test_the_text_of_an_automatic_letter_is_for_its_reader_only(gip, cast):
    """An invitation carries a link that opens somebody's account."""
    message = send(
        key="accounts.invite:9", recipient="elue@exemple.fr", subject="Votre invitation", body="https://lien-secret",
        now=NOW, contract_id=cast.contract.pk,
    )  # fmt: skip
    message.state = "failed"
    message.save()
    for page in (gip.get(at("letter", message)), gip.get(reverse("awards:outbox"))):
        assert "Votre invitation" in page.content.decode()
        assert "lien-secret" not in page.content.decode()

    stolen = {"recipient": "moi@exemple.fr", "subject": "Objet", "body": "Texte"}
    assert gip.post(at("letter", message), stolen).status_code == 403
    message.refresh_from_db()
    assert message.recipient == "elue@exemple.fr"


def test_several_letters_leave_at_once_and_each_failure_is_named(gip, letter, committed):
    first, second = letter(1), letter(2)
    second.recipient = "faux"
    second.save()
    with committed():
        page = gip.post(
            reverse("awards:release_many"), {"letters": [first.pk, second.pk]}, follow=True
        ).content.decode()
    assert "1 courriel en partance" in page
    assert "Lettre 2 → faux" in page
    assert len(mail.outbox) == 1


def test_nothing_ticked_is_said(gip, letter):
    letter()
    page = gip.post(reverse("awards:release_many"), follow=True).content.decode()
    assert "Rien n&#x27;était coché" in page


def test_the_outbox_is_filtered_by_state_and_counted(gip, letter):
    letter(1)
    failed = letter(2)
    failed.state = "failed"
    failed.save()
    page = gip.get(reverse("awards:outbox") + "?etat=failed").content.decode()
    assert "À relire (1)" in page
    assert "Échec (1)" in page
    assert "Lettre 2" in page
    assert "Lettre 1<" not in page


def test_fifty_letters_a_page_at_a_constant_cost(gip, letter, cost_of):
    letter(1)
    one = cost_of(reverse("awards:outbox"))
    for number in range(2, 53):
        letter(number)
    assert cost_of(reverse("awards:outbox")) == one <= 12
    assert gip.get(reverse("awards:outbox")).content.decode().count('name="letters"') == 50


def test_the_letters_of_another_contract_do_not_exist(gip, letter):
    message = letter(contract=ContractFactory())
    assert gip.get(at("letter", message)).status_code == 404
    assert gip.get(at("attachment", message)).status_code == 404
    assert gip.post(at("release", message)).status_code == 404
    assert "Lettre 1" not in gip.get(reverse("awards:outbox")).content.decode()


@pytest.mark.parametrize(
    "role", ["state_decider", "finance", "reader", "editor", "stranger", "technical_admin"]
)
def test_the_outbox_is_closed_to_others(client, letter, role, request):
    message = letter()
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("awards:outbox")).status_code == 403
    assert client.get(at("letter", message)).status_code == 404
    assert client.post(at("discard", message)).status_code == 404
