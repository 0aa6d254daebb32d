"""One letter per dossier, naming each funder's decision; a person reads it and lets it go."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.accounts.models import User
from faubourg.awards.actions import decide, prepare_notices, release_notices, validate
from faubourg.awards.actions.notices import discard
from faubourg.awards.models import AwardNotice
from faubourg.awards.queries.decisions import decisions_of
from faubourg.awards.queries.notices import awaiting_notice, letter_words
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from tests.awards.conftest import NOW, TODAY, asked_of, grant, reject
from tests.factories import InterestFactory, OrganisationFactory, ParameterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def validated(cast, dossier, copil, officer, state_decider, county_decider):
    """A dossier granted by the State, refused by the county, validated by the steering committee."""

    def make(**fields):
        application = dossier(**fields)
        for envelope, decider, ruling in (
            (cast.state_envelope, state_decider, grant(4500, conditions="Afficher le logo")),
            (cast.county_envelope, county_decider, reject("Déjà aidé par ailleurs")),
        ):
            decide(asked_of(application, envelope), actor=decider, ruling=ruling, version=0, now=NOW)
        validate(cast.call, copil, [application.pk], actor=officer, now=NOW)
        return (
            type(application)
            .objects.select_related("call__contract__gip", "applicant")
            .get(pk=application.pk)
        )

    return make


def prepare(cast, officer):
    return prepare_notices(awaiting_notice(cast.call), actor=officer, now=NOW)


def test_a_letter_waits_to_be_read_with_its_pdf(cast, validated, officer):
    """PRG-10."""
    application = validated(title="Jardins")
    (result,) = prepare(cast, officer)

    assert result.problem == ""
    notice = AwardNotice.objects.get(application=application)
    message = notice.message
    assert message.state == "to_review"
    assert (message.recipient, message.recipient_name) == ("mains@exemple.fr", "Les Mains vertes")
    assert "accordé, 4\u00a0500\u00a0€ (demandé : 5\u00a0000\u00a0€)" in message.body
    assert "refusé, Déjà aidé par ailleurs" in message.body
    assert message.attachment == notice.document
    assert mail.outbox == []
    application.refresh_from_db()
    assert application.state == "validated"
    assert Entry.objects.filter(verb="awards.prepare_notice", subject_id=application.pk).count() == 1


def test_the_pdf_is_tagged_titled_and_in_french(cast, validated, officer):
    validated()
    prepare(cast, officer)
    with AwardNotice.objects.get().document.file.open("rb") as file:
        pdf = pikepdf.open(BytesIO(file.read()))

    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("fr")
    assert str(pdf.docinfo["/Title"]) == "Décisions sur le dossier 2027-001"


def test_the_letter_names_every_decision_its_act_and_its_reason(cast, validated):
    application = validated()
    words = letter_words(application, decisions_of([application])[application.pk], TODAY)
    rows = next(part["table"]["rows"] for part in words["body"] if isinstance(part, dict) and "table" in part)

    assert rows == [
        ["État", "5\u00a0000\u00a0€", "Accordé", "4\u00a0500\u00a0€", "Arrêté n° 2027-12 du 1er avril 2027"],
        ["Département du Gard", "3\u00a0000\u00a0€", "Refusé", "–", "du 1er avril 2027"],
    ]
    text = str(words["body"])
    assert "acceptée en partie" in text
    assert "État, période : du 1er janvier 2027 au 31 décembre 2027" in text
    assert "Département du Gard, motif : Déjà aidé par ailleurs" in text
    assert "État, conditions : Afficher le logo" in text
    assert "Voies et délais de recours : à confirmer" in text


def test_the_means_of_recourse_are_a_parameter_of_the_contract(cast, validated):
    ParameterFactory(contract=cast.contract, code="lettre.recours", text_value="Recours : voir l'acte.")
    application = validated()
    words = letter_words(application, decisions_of([application])[application.pk], TODAY)
    assert "Recours : voir l'acte." in words["body"]


def test_the_letter_of_a_fictitious_dossier_says_so(cast, validated, officer):
    validated(is_fictitious=True)
    prepare(cast, officer)
    assert Message.objects.get().subject.startswith("[FICTIF] ")


def test_preparing_twice_makes_one_letter(cast, validated, officer):
    application = validated()
    prepare(cast, officer)
    assert prepare(cast, officer) == []
    prepare_notices([application], actor=officer, now=NOW)

    assert Message.objects.count() == AwardNotice.objects.count() == 1


def test_a_structure_without_an_address_is_named_and_the_others_have_their_letter(cast, validated, officer):
    validated(title="Sans adresse", applicant=OrganisationFactory(name="Muette"))
    validated(title="Joignable")
    first, second = prepare(cast, officer)

    assert "Sans adresse" in first.label
    assert "ni courriel ni signataire" in first.problem
    assert second.problem == ""
    assert AwardNotice.objects.count() == 1


def test_without_an_address_of_its_own_the_signatory_is_written_to(cast, validated, officer):
    silent = OrganisationFactory(name="Muette")
    person = cast.member("signatory", organisation=silent, name="Awa Diallo")
    validated(applicant=silent)
    prepare(cast, officer)
    assert Message.objects.get().recipient == person.email


def test_released_the_letter_leaves_and_the_dossier_is_notified(cast, validated, officer, committed):
    application = validated()
    prepare(cast, officer)
    with committed():
        (result,) = release_notices(Message.objects.all(), actor=officer, now=NOW)

    assert result.problem == ""
    application.refresh_from_db()
    assert application.state == "notified"
    (sent,) = mail.outbox
    assert sent.to == ['"Les Mains vertes" <mains@exemple.fr>']
    assert sent.attachments[0].filename == "lettre-2027-001.pdf"
    assert Entry.objects.filter(verb="awards.notify", subject_id=application.pk).count() == 1


def test_a_letter_released_twice_leaves_once(cast, validated, officer, committed):
    validated()
    prepare(cast, officer)
    message = Message.objects.get()
    with committed():
        release_notices([message], actor=officer, now=NOW)
    with committed():
        (result,) = release_notices([message], actor=officer, now=NOW)

    assert "n'est plus possible" in result.problem
    assert len(mail.outbox) == 1


def test_a_letter_put_aside_makes_room_for_another(cast, validated, officer):
    validated()
    prepare(cast, officer)
    first = Message.objects.get()
    discard(first, actor=officer, now=NOW)
    prepare_notices(awaiting_notice(cast.call), actor=officer, now=NOW + timedelta(hours=1))

    notice = AwardNotice.objects.get()
    assert notice.message != first
    assert notice.message.state == "to_review"
    assert Message.objects.count() == 2


def test_a_dossier_that_is_not_validated_has_no_letter(cast, dossier, officer):
    (result,) = prepare_notices([dossier(state="decided")], actor=officer, now=NOW)
    assert "n'attend pas de lettre" in result.problem
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", ["state_decider", "finance", "reader", "editor", "stranger"])
def test_only_the_gip_team_writes_to_applicants(cast, validated, officer, role, request):
    application = validated()
    (result,) = prepare_notices([application], actor=request.getfixturevalue(role), now=NOW)
    assert "Seule l'équipe du GIP" in result.problem

    prepare(cast, officer)
    (result,) = release_notices(Message.objects.all(), actor=request.getfixturevalue(role), now=NOW)
    assert "Seule l'équipe du GIP" in result.problem
    assert mail.outbox == []
    with pytest.raises(PermissionDenied):
        discard(Message.objects.get(), actor=request.getfixturevalue(role), now=NOW)


def test_the_gip_prepares_then_sends_from_the_page(client, cast, validated, officer, committed):
    validated(title="Jardins")
    client.force_login(officer)
    url = reverse("awards:notices", args=[cast.call.pk])
    assert "1 dossier validé attend une lettre" in client.get(url).content.decode()

    page = client.post(reverse("awards:prepare_notices", args=[cast.call.pk]), follow=True).content.decode()
    assert "1 lettre préparée" in page
    with committed():
        answer = client.post(
            reverse("awards:release_notices", args=[cast.call.pk]),
            {"letters": [Message.objects.get().pk]},
            follow=True,
        )
    assert "1 lettre envoyée" in answer.content.decode()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("role", "status"), [("state_decider", 403), ("reader", 403), ("editor", 404)])
def test_the_letters_are_closed_to_others(client, cast, role, status, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("awards:notices", args=[cast.call.pk])).status_code == status
    assert client.post(reverse("awards:prepare_notices", args=[cast.call.pk])).status_code == status


def test_the_page_of_letters_costs_the_same_however_many(client, cast, validated, officer, cost_of):
    url = reverse("awards:notices", args=[cast.call.pk])
    client.force_login(officer)
    validated()
    prepare(cast, officer)
    one = cost_of(url)
    for _ in range(2):
        validated()
    prepare(cast, officer)
    assert cost_of(url) == one <= 12


@pytest.mark.parametrize("verb", ["letter", "attachment", "release", "discard", "doubt"])
def test_whoever_is_tied_to_the_applicant_neither_reads_nor_touches_its_letter(
    client, cast, validated, officer, verb
):
    """B2.5, PRG-7: otherwise one could write "10 000 € vous sont accordés" to one's own club."""
    validated()
    prepare(cast, officer)
    message = AwardNotice.objects.get().message
    InterestFactory(user=officer, organisation=cast.applicant)
    client.force_login(officer)
    url = reverse(f"awards:{verb}", args=[message.pk])

    assert client.post(url, {"body": "10 000 €"}).status_code in (403, 405)
    if verb in ("letter", "attachment"):
        assert client.get(url).status_code == 403
    (refused,) = release_notices([message], actor=User.objects.get(pk=officer.pk), now=NOW)
    assert "déport" in refused.problem
    message.refresh_from_db()
    assert message.state == "to_review"
    assert "10 000" not in message.body
