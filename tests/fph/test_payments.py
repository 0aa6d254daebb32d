"""After the decision: paid or bought, proved, settled; what the fund still has (FPH-2, FPH-4)."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from faubourg.contracts.queries import standing
from faubourg.fph import actions
from faubourg.fph.models import Payment, Proof
from faubourg.fph.queries import account_of, ledger_of, money_of
from faubourg.fph.rules import months_before, receipts_due_on, shared_out
from faubourg.journal.models import Entry
from faubourg.portal.queries.todos import todos
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import FundFactory, FundShareFactory, ParameterFactory, RequestFactory, secret_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(cast, clock):
    clock(NOW)
    ParameterFactory(contract=cast.contract, code="fph.receipts_days", value=60)
    return FundFactory(contract=cast.contract)


@pytest.fixture
def granted(fund):
    return a_granted(fund)


def a_granted(fund, amount=300, **said):
    return RequestFactory(
        fund=fund, state="granted", asked_amount=amount, granted_amount=amount, decided_on=date(2026, 11, 25),
        **said,
    )  # fmt: skip


def pay(request, actor, amount=100, **said):
    told = {"means": "transfer", "amount": Decimal(amount), "paid_on": TODAY, "actor": actor, "now": NOW}
    return actions.pay(request, **told | said)


def receipt(request, actor, amount=100, content=None):
    file = SimpleUploadedFile("ticket.png", content or picture("PNG"))
    return actions.add_receipt(request, upload=file, amount=Decimal(amount), actor=actor, now=NOW)


def picture(kind="JPEG", colour="green"):
    """As a telephone makes it, with its owner."""
    exif = Image.Exif()
    exif[0x013B] = "Mme Roux"
    made = BytesIO()
    Image.new("RGB", (40, 20), colour).save(made, kind, exif=exif)
    return made.getvalue()


def test_the_gip_pays_in_several_times_up_to_what_is_granted_fph_4(client, granted, officer):
    client.force_login(officer)
    address = reverse("fph:pay", args=[granted.pk])
    said = {"means": "cheque", "amount": "200", "paid_on": "2026-12-01"}

    client.post(address, said)
    beyond = client.post(address, said | {"amount": "100,01", "means": "transfer"})
    assert list(beyond.context["form"].errors) == ["amount"]
    assert "100 €" in beyond.context["form"].errors["amount"][0].replace("\u00a0", " ")
    client.post(address, said | {"amount": "100", "means": "transfer"})

    granted.refresh_from_db()
    assert granted.state == "paid"
    assert account_of(granted).left == 0
    assert Entry.objects.filter(verb="fph.pay").count() == 2
    page = client.get(reverse("fph:request", args=[granted.pk])).content.decode()
    assert "virement" in page
    assert address not in page, "tout est payé"


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"means": "purchase"}, {"supplier", "bought"}),
        ({"means": "purchase", "supplier": "Épicerie"}, {"bought"}),
        ({"means": "cash"}, {"signed"}),
        ({"paid_on": TODAY + timedelta(days=1)}, {"paid_on"}),
        ({"paid_on": date(2026, 11, 24)}, {"paid_on"}),
        ({"amount": Decimal(0)}, {"amount"}),
    ],
)
def test_a_payment_says_all_that_traces_it_fph_4(granted, officer, change, fields):
    with pytest.raises(Refusal) as refusal:
        pay(granted, officer, **change)

    assert set(refusal.value.errors) == fields
    assert not Payment.objects.exists()


def test_the_managing_organisation_buys_or_gives_cash_against_a_signature_fph_4(granted, officer):
    pay(granted, officer, means="purchase", supplier="Épicerie", bought="farine", paid_on=date(2026, 11, 25))
    pay(granted, officer, means="cash", signed=SimpleUploadedFile("recu.png", picture("PNG")))

    assert [one.get_kind_display() for one in account_of(granted).proofs] == ["Reçu d'espèces signé"]
    assert account_of(granted).paid == 200


def test_the_same_payment_twice_is_a_second_click(granted, officer):
    assert pay(granted, officer) == pay(granted, officer)
    assert Payment.objects.count() == 1


def test_only_the_gip_pays_and_only_what_is_granted(fund, granted, officer, finance, councillor):
    with pytest.raises(PermissionDenied, match="GIP"):
        pay(granted, councillor)
    with pytest.raises(IllegalStep):
        pay(RequestFactory(fund=fund), officer)
    assert pay(granted, finance)


@pytest.mark.parametrize(
    ("paid_on", "planned_on", "due_on"),
    [
        (date(2027, 3, 1), date(2026, 12, 20), date(2027, 4, 30)),
        (date(2026, 12, 1), date(2026, 12, 20), date(2027, 2, 18)),
    ],
)
def test_receipts_are_due_sixty_days_after_the_later_of_the_payment_and_the_action_fph_4(
    paid_on, planned_on, due_on
):
    assert receipts_due_on(paid_on=paid_on, planned_on=planned_on, days=Decimal(60)) == due_on
    assert receipts_due_on(paid_on=paid_on, planned_on=planned_on, days=None) is None


def test_a_resident_sends_a_ticket_and_a_photo_with_her_secret_number_fph_4(client, granted, officer):
    pay(granted, officer)
    secret = secret_of(granted)
    page = client.get(reverse("fph:follow", args=[secret])).content.decode()
    assert "18 février 2027" in page
    assert reverse("fph:send_receipt", args=[secret]) in page

    sent = {"upload": SimpleUploadedFile("ticket.png", picture("PNG")), "amount": "42,50"}
    client.post(reverse("fph:send_receipt", args=[secret]), sent)
    photo = {"photo": SimpleUploadedFile("fête.jpg", picture()), "has_rights": "on"}
    answer = client.post(reverse("fph:send_photo", args=[secret]), photo, follow=True)

    ticket, kept = granted.proofs.order_by("pk")
    assert (ticket.amount, ticket.sent_by) == (Decimal("42.50"), None)
    assert kept.rights_declared_on == TODAY
    with kept.document.file.open("rb") as file:
        assert b"Mme Roux" not in file.read()
    assert "Ticket ou facture, 42,50" in answer.content.decode()
    assert "ticket.png" not in answer.content.decode()


def test_no_photo_is_kept_without_the_agreement_of_who_is_on_it_fph_4(client, granted):
    photo = {"photo": SimpleUploadedFile("fête.jpg", picture())}
    answer = client.post(reverse("fph:send_photo", args=[secret_of(granted)]), photo)

    assert list(answer.context["form"].errors) == ["has_rights"]
    assert not Proof.objects.exists()


def test_a_file_is_checked_by_its_content_and_the_same_is_kept_once(
    granted, officer, django_capture_on_commit_callbacks
):
    with pytest.raises(Refusal) as refusal:
        receipt(granted, officer, content=b"MZ programme")
    assert set(refusal.value.errors) == {"upload"}

    first = receipt(granted, officer)
    with django_capture_on_commit_callbacks(execute=True):
        assert receipt(granted, officer) == first
    assert first.document.file.storage.exists(first.document.file.name)


def test_nothing_is_sent_before_the_decision_nor_after_the_settlement(fund, granted, officer):
    with pytest.raises(PermissionDenied, match="n'attend pas"):
        receipt(RequestFactory(fund=fund), None)
    pay(granted, officer)
    receipt(granted, None)
    actions.settle(granted, spent_amount=Decimal(100), returned_on=None, actor=officer, now=NOW)
    with pytest.raises(PermissionDenied, match="n'attend pas"):
        receipt(granted, None, content=picture("PNG", "red"))


def test_a_photo_is_erased_with_its_file_when_somebody_no_longer_agrees(
    client, granted, officer, councillor, django_capture_on_commit_callbacks
):
    upload = SimpleUploadedFile("fête.jpg", picture())
    photo = actions.add_photo(granted, photo=upload, has_rights=True, actor=officer, now=NOW)
    file = photo.document.file
    client.force_login(councillor)
    assert client.get(reverse("fph:proof", args=[photo.pk])).status_code == 403
    client.force_login(officer)
    assert client.get(reverse("fph:proof", args=[photo.pk])).getvalue().startswith(b"\xff\xd8")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("fph:remove_photo", args=[photo.pk]))

    assert not granted.proofs.exists()
    assert not file.storage.exists(file.name)


@pytest.mark.parametrize(
    ("spent", "returned_on", "has_receipt", "field"),
    [
        (Decimal("300.01"), None, True, "spent_amount"),
        (Decimal("200.01"), None, True, "spent_amount"),
        (Decimal(200), None, False, "spent_amount"),
        (Decimal("199.99"), None, True, "returned_on"),
        (Decimal("199.99"), TODAY + timedelta(days=1), True, "returned_on"),
        (Decimal("199.99"), TODAY, True, None),
        (Decimal(200), None, True, None),
        (Decimal(0), TODAY, False, None),
    ],
)
def test_what_is_spent_is_proved_within_what_is_granted_and_the_rest_returned_fph_4(
    granted, officer, spent, returned_on, has_receipt, field
):
    pay(granted, officer, 200)
    if has_receipt:
        receipt(granted, None)

    said = {"spent_amount": spent, "returned_on": returned_on, "actor": officer, "now": NOW}
    if field is None:
        assert actions.settle(granted, **said).returned_amount == 200 - spent
        granted.refresh_from_db()
        assert granted.state == "settled"
    else:
        with pytest.raises(Refusal) as refusal:
            actions.settle(granted, **said)
        assert set(refusal.value.errors) == {field}


def test_the_fund_tells_what_became_of_each_share_and_who_asked_for_the_first_time_fph_2(
    client, fund, granted, officer
):
    FundShareFactory(fund=fund, amount=700)
    FundShareFactory(fund=fund, amount=300)
    a_granted(fund, 100, is_first=False)
    RequestFactory(fund=fund, asked_amount=50, state="withdrawn")
    pay(granted, officer, 200)
    receipt(granted, None)
    actions.settle(granted, spent_amount=Decimal(150), returned_on=TODAY, actor=officer, now=NOW)

    ledger = ledger_of(fund, money_of(fund))
    whole = ledger.whole
    assert (whole.asked, whole.granted, whole.paid, whole.spent, whole.returned) == (400, 400, 200, 150, 50)
    assert whole.left == 1000 - 150 - 100, "ce qui n'est pas dépensé revient au fonds"
    assert [(part.paid, part.left) for _, part in ledger.parts] == [(140, 525), (60, 225)]
    assert (ledger.supported, ledger.first) == (2, 1)
    page = client.get(reverse("fph:fund", args=[fund.pk])).content.decode()
    assert "2 actions aidées, dont 1 portée" in page


def test_the_parts_of_a_sum_make_the_sum_to_the_cent():
    parts = shared_out(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(1)])

    assert sum(parts) == 100
    assert max(parts) - min(parts) == Decimal("0.01")
    assert shared_out(Decimal(5), [Decimal(0)]) == [0]


def test_a_month_too_short_ends_on_its_last_day():
    assert months_before(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert months_before(date(2027, 1, 15), 13) == date(2025, 12, 15)


def test_what_is_late_waits_on_the_home_page_of_the_gip_from_the_day_after(
    client, fund, granted, officer, councillor, clock
):
    RequestFactory(fund=fund, title="Pas encore décidée")
    pay(granted, officer)
    due_on = granted.payments.get().receipts_due_on

    def waiting(person, day):
        return [one.url for one in todos(standing(person, day), day, [], {}) if "tickets" in one.label]

    after = due_on + timedelta(days=1)
    assert waiting(officer, due_on) == []
    assert waiting(councillor, after) == []
    [url] = waiting(officer, after)
    clock(NOW + timedelta(days=(after - TODAY).days))
    client.force_login(officer)
    page = client.get(url).content.decode()
    assert granted.title in page
    assert "Pas encore décidée" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_of_requests_has_no_name_and_costs_the_same(
    client, fund, officer, councillor, count, django_assert_max_num_queries
):
    for _ in range(count):
        pay(a_granted(fund, holder_kind="group", holder_name="Les amis de Nadia", title="=1+1"), officer, 75)
    client.force_login(councillor)

    with django_assert_max_num_queries(7):
        csv = client.get(reverse("fph:requests_csv", args=[fund.pk])).content.decode()
    book = load_workbook(BytesIO(client.get(reverse("fph:requests_xlsx", args=[fund.pk])).content))

    lines = csv.strip().split("\r\n")
    assert len(lines) == 1 + count
    assert "'=1+1" in lines[1]
    assert ";300,00;300,00;75,00;;;" in lines[1]
    assert "Nadia" not in csv
    rows = list(book.active.values)
    assert rows[1][9:12] == (300, 300, 75)
    assert not any("Nadia" in str(value) for row in rows for value in row)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_request_costs_the_same_however_many_payments(
    client, granted, officer, count, django_assert_max_num_queries
):
    for rank in range(count):
        pay(granted, officer, 10 + rank)
        receipt(granted, None, content=picture("PNG", ("red", "blue", "black")[rank]))
    client.force_login(officer)

    with django_assert_max_num_queries(12):
        client.get(reverse("fph:request", args=[granted.pk]))
