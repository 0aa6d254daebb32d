"""The numbered record of a committee (PRG-6, PRG-7, PRG-8, CIT-2): frozen, sent on, acknowledged."""

from io import BytesIO

import docx
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.appraisal import actions
from faubourg.governance.actions import attendance, councils, meetings, records
from faubourg.governance.exports import first_template
from faubourg.governance.models import MeetingRecord, RecordReceipt, RecordTemplate
from faubourg.governance.rules import NO_COUNCIL, SAMPLE, not_invited
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.word import draw, fill
from tests.conftest import NOW, TODAY
from tests.factories import BodyFactory, InterestFactory, MeetingFactory


@pytest.fixture
def closed(desk, officer, state_officer, cast):
    """A committee of one dossier: words, an amount, a remark, a departure; closed."""
    tabled = desk.tabled()
    meeting = tabled.item.meeting
    guest = attendance.add_guest(
        meeting, actor=officer, full_name="Jean Roux", on_behalf_of="Mairie", now=NOW
    )
    out = attendance.add_guest(meeting, actor=officer, full_name="Odile Sortie", now=NOW)
    actions.note_aside(tabled, out, actor=officer, reason="Trésorière", now=NOW)
    words = {
        "stance": "reserved", "summary": "Utile & sobre", "conditions": "Un budget signé",
        "remark_speaker": str(guest.pk), "remark_text": "Bravo",
    }  # fmt: skip
    amounts = {cast.state_envelope.pk: "4 500"}
    actions.save_notes(tabled, actor=officer, version=0, words=words, amounts=amounts, now=NOW)
    actions.close_meeting(meeting, actor=officer, now=NOW)
    return MeetingRecord.objects.select_related("meeting__body").get()


def page(record, name="record"):
    return reverse(f"governance:{name}", args=[record.meeting_id])


def text_of(content):
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def template(text, name="modele.docx"):
    return SimpleUploadedFile(name, draw([["Normal", text]]))


def test_the_record_is_numbered_in_its_year_and_says_what_was_said(closed):
    point = closed.words["points"][0]
    assert str(closed) == "Relevé n° 2027-01"
    assert (point["issue"], point["synthese"]) == ("avis réservé", "Utile & sobre")
    assert point["evoques"] == [{"financeur": "État (P147)", "montant": "4\u00a0500\u00a0€"}]
    assert point["remarques"] == [{"qui": "Jean Roux", "au_titre_de": "Mairie", "texte": "Bravo"}]
    assert point["deports"] == ["Odile Sortie (Trésorière)"]


def test_the_second_record_of_the_body_has_the_next_number(closed, desk, officer):
    meeting = MeetingFactory(body=closed.meeting.body, state="open")
    actions.close_meeting(meeting, actor=officer, now=NOW)
    assert MeetingRecord.objects.get(meeting=meeting).number == "2027-02"


def test_closing_without_a_councillor_nor_an_invitation_is_written_in_the_record(closed, cast):
    """CIT-2."""
    assert closed.words["alertes"] == [NO_COUNCIL, *not_invited([cast.council.organisation.name])]


def test_with_a_councillor_and_an_invitation_nothing_is_written(desk, officer, councillor, cast):
    tabled = desk.tabled()
    council = cast.council.organisation_id
    said = {"council": council, "sent_on": TODAY, "means": "Lettre"}
    councils.invite_council(tabled.item.meeting, actor=officer, now=NOW, **said)
    attendance.record_attendance(tabled.item.meeting, actor=officer, present=[councillor.pk], now=NOW)
    desk.spoken(tabled)
    actions.close_meeting(tabled.item.meeting, actor=officer, now=NOW)
    assert MeetingRecord.objects.get().words["alertes"] == []


def test_a_steering_committee_has_its_record_too(cast, officer):
    meeting = MeetingFactory(body=BodyFactory(contracts=[cast.contract], kind="steering"), state="open")
    meetings.close(meeting, actor=officer, now=NOW)
    assert MeetingRecord.objects.get().words["points"] == []


def test_a_second_closing_makes_no_second_record(closed, officer):
    with pytest.raises(Refusal, match="close"):
        actions.close_meeting(closed.meeting, actor=officer, now=NOW)
    assert MeetingRecord.objects.count() == 1


def test_the_documents_are_read_back_by_other_libraries(client, closed, officer):
    client.force_login(officer)
    pdf = client.get(page(closed, "record_pdf"))
    with pikepdf.open(BytesIO(pdf.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("fr")
    assert client.get(page(closed, "record_pdf")).content == pdf.content
    text = text_of(client.get(page(closed, "record_docx")).content)
    for words in ("Relevé n° 2027-01", "Utile & sobre", "Un budget signé", "Jean Roux (Mairie) : Bravo"):
        assert words in text
    assert "{" not in text


def test_whoever_is_tied_reads_the_record_without_that_point(client, cast, closed):
    """PRG-7: the rest of the record is theirs to read."""
    tied = cast.seat("expert", name="Elsa Liée")
    InterestFactory(user=tied, organisation=cast.applicant)
    client.force_login(tied)
    assert "Utile" not in client.get(page(closed)).content.decode()
    text = text_of(client.get(page(closed, "record_docx")).content)
    assert "Utile" not in text
    assert "Bravo" not in text
    assert "déport : vous ne lisez pas ce point" in text


def test_the_receipt_says_who_was_sent_it_who_opened_it_and_who_acknowledged(
    client, closed, state_officer, officer
):
    """PRG-8."""
    receipt = RecordReceipt.objects.get()
    assert (receipt.person, receipt.sent_at, receipt.opened_at) == (state_officer, NOW, None)
    client.force_login(officer)
    assert "Pas encore" in client.get(page(closed)).content.decode()
    client.force_login(state_officer)
    assert "Accuser réception" in client.get(page(closed)).content.decode()
    receipt.refresh_from_db()
    assert receipt.opened_at is not None
    assert receipt.acknowledged_at is None
    client.post(page(closed, "acknowledge"))
    client.post(page(closed, "acknowledge"))
    receipt.refresh_from_db()
    assert receipt.acknowledged_at is not None
    assert Entry.objects.filter(verb="governance.acknowledge").count() == 1


def test_nobody_acknowledges_what_was_sent_to_another(closed, officer):
    with pytest.raises(Refusal, match="transmis"):
        records.acknowledge(closed, actor=officer, now=NOW)


def test_there_is_no_record_before_the_closing(client, desk, officer):
    client.force_login(officer)
    meeting = desk.committee(is_open=True)
    assert client.get(reverse("governance:record", args=[meeting.pk])).status_code == 404


def test_the_first_template_can_be_filled():
    assert "Awa" in text_of(fill(first_template(), SAMPLE))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ numro }}", "« numro »"),
        ("{% for point in points %}{{ point.titr }}{% endfor %}", "« titr »"),
        ("{% fr point in points %}", "« {% fr point in points %} »"),
        ("{{ ''.__class__.__mro__ }}", "seules les balises"),
        (
            "{% for a in range(9999999) %}{% for b in range(9999999) %}x{% endfor %}{% endfor %}",
            "Word ne saurait",
        ),
    ],
)
def test_a_broken_template_is_refused_by_the_name_of_its_placeholder(cast, officer, text, told):
    with pytest.raises(Refusal, match="modèle") as refused:
        records.set_template(cast.contract, template(text), actor=officer, now=NOW)
    assert told in refused.value.errors["template"][0]
    assert not RecordTemplate.objects.exists()


def test_the_team_s_own_template_serves_the_next_records(client, cast, desk, officer):
    records.set_template(cast.contract, template("Notre relevé {{ numero }}"), actor=officer, now=NOW)
    tabled = desk.tabled()
    desk.spoken(tabled)
    actions.close_meeting(tabled.item.meeting, actor=officer, now=NOW)
    records.set_template(cast.contract, template("Un autre {{ numero }}"), actor=officer, now=NOW)
    client.force_login(officer)
    answer = client.get(reverse("governance:record_docx", args=[tabled.item.meeting_id]))
    assert text_of(answer.content) == "Notre relevé 2027-01"


def test_the_page_of_the_template_says_what_is_wrong_beside_the_field(client, cast, officer):
    client.force_login(officer)
    address = reverse("governance:set_template", args=[cast.contract.pk])
    answer = client.post(address, {"template": template("{{ numro }}")})
    assert "« numro »" in answer.content.decode()
    assert client.get(reverse("governance:first_template", args=[cast.contract.pk])).content[:2] == b"PK"
