"""A resident asks, without an account, in one page; the GIP types what came on paper (FPH-1, FPH-3)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pikepdf
import pytest
from django.urls import reverse

from faubourg.accounts.models import User
from faubourg.fph.actions import file_request, withdraw
from faubourg.fph.models import Request, RequestContact
from faubourg.fph.queries import split_requests
from faubourg.fph.rules import digest, new_secret
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.factories import FundFactory, FundRulesFactory, ParameterFactory, RequestFactory, secret_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def fund(cast, clock):
    clock(NOW)
    ParameterFactory(contract=cast.contract, code="fph.max_action", value=700)
    return FundFactory(contract=cast.contract)


def typed(cast, **changes):
    return {
        "secret": new_secret(), "holder_kind": "resident", "holder_name": "",
        "referent_name": "Nadia Référente", "is_adult": "on", "phone": "06 00 00 00 01", "email": "",
        "title": "Goûter au jardin", "purpose": "citizen", "neighbourhood": cast.qpv.pk,
        "planned_on": "2026-12-20", "description": "Des gâteaux.", "social_link": "On se parle.",
        "label_1": "Farine", "amount_1": "900", "asked_amount": "700,00",
    } | changes  # fmt: skip


def said(cast, **changes):
    return {
        "holder_kind": "resident", "holder_name": "", "referent_name": "Nadia Référente", "is_adult": True,
        "phone": "0600000001", "email": "", "title": "Goûter au jardin", "purpose": "citizen",
        "neighbourhood": cast.qpv, "planned_on": date(2026, 12, 20), "description": "Des gâteaux.",
        "social_link": "On se parle.", "lines": [("Farine", Decimal(900))], "asked_amount": Decimal(400),
        "wants_news": False,
    } | changes  # fmt: skip


def test_anyone_asks_without_an_account_and_gets_a_numbered_receipt_fph_1(client, cast, fund):
    page = client.get(reverse("fph:file_request", args=[fund.pk])).content.decode()
    assert "700 €" in page.replace("\u00a0", " ").replace("&nbsp;", " ")

    data = typed(cast)
    answer = client.post(reverse("fph:file_request", args=[fund.pk]), data, follow=True)

    request = Request.objects.get()
    shown = answer.content.decode()
    assert request.number == "FPH-2026-001"
    assert request.number in shown
    assert data["secret"] in shown
    assert "1er décembre 2026 à 11" in shown
    assert request.lines.get().amount == 900
    assert request.contact.referent_name == "Nadia Référente"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_a_cent_above_the_maximum_is_told_at_its_field_and_nothing_typed_is_lost_fph_1(client, cast, fund):
    answer = client.post(reverse("fph:file_request", args=[fund.pk]), typed(cast, asked_amount="700,01"))

    form = answer.context["form"]
    assert "maximum" in form.errors["asked_amount"][0]
    assert "Des gâteaux." in answer.content.decode()
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"neighbourhood": "elsewhere"}, "neighbourhood"),
        ({"purpose": "running_costs"}, "purpose"),
        ({"purpose": "profit"}, "purpose"),
        ({"purpose": "worship"}, "purpose"),
        ({"is_adult": ""}, "is_adult"),
        ({"phone": ""}, "phone"),
        ({"holder_kind": "group"}, "holder_name"),
        ({"amount_1": ""}, "amount_1"),
        ({"label_1": "", "amount_1": ""}, "label_1"),
        ({"asked_amount": "650", "amount_1": "600"}, "asked_amount"),
    ],
)
def test_what_the_fund_cannot_take_is_told_beside_its_field_fph_3(client, cast, fund, change, field):
    answer = client.post(reverse("fph:file_request", args=[fund.pk]), typed(cast, **change))

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Request.objects.exists()


def test_the_rules_adopted_say_what_is_excluded_fph_3(client, cast, fund):
    FundRulesFactory(contract=cast.contract, excluded=["worship"])

    client.post(reverse("fph:file_request", args=[fund.pk]), typed(cast, purpose="profit"))

    assert Request.objects.get().purpose == "profit"


def test_sent_twice_it_is_one_request_and_another_one_is_never_swallowed(cast, fund):
    secret = new_secret()
    first = file_request(fund, secret=secret, now=NOW, **said(cast))
    again = file_request(fund, secret=secret, now=NOW, **said(cast))
    other = file_request(fund, secret=secret, now=NOW, **said(cast, title="Tournoi"))

    assert again == first
    assert other.request != first.request
    assert other.secret != secret
    assert other.request.number == "FPH-2026-002"


@pytest.mark.parametrize(("day", "is_open"), [(1, False), (2, True), (3, True), (4, False)])
def test_the_fund_takes_requests_from_its_first_day_to_its_last(client, cast, fund, day, is_open, clock):
    fund.opens_on, fund.closes_on = date(2026, 11, 2), date(2026, 11, 3)
    fund.save()
    clock(datetime(2026, 11, day, 11, 30, tzinfo=UTC))

    answer = client.post(reverse("fph:file_request", args=[fund.pk]), typed(cast))

    assert (answer.status_code == 302) is is_open


def test_the_secret_number_opens_the_request_and_a_wrong_one_nothing(client, cast, fund):
    request = RequestFactory(fund=fund)
    secret = secret_of(request)

    found = client.post(reverse("fph:find"), {"secret": secret.lower().replace("-", "")})
    assert found.url == reverse("fph:follow", args=[secret])
    assert request.title in client.get(found.url).content.decode()

    assert client.get(reverse("fph:follow", args=[new_secret()])).status_code == 404
    assert client.get(reverse("fph:follow", args=["nimporte"])).status_code == 404
    page = client.post(reverse("fph:find"), {"secret": new_secret()})
    assert "Aucune demande n'a ce numéro" in page.context["form"].errors["secret"][0]


def test_the_database_and_the_journal_keep_neither_the_secret_nor_the_name(cast, fund):
    filed = file_request(fund, secret=new_secret(), now=NOW, **said(cast))

    assert filed.request.secret_hash == digest(filed.secret)
    entry = Entry.objects.get(verb="fph.file_request")
    assert "Nadia" not in f"{entry.subject} {entry.changes}"
    assert entry.actor_name == "Faubourg"


def test_a_receipt_leaves_by_e_mail_when_an_address_is_given(cast, fund):
    filed = file_request(fund, secret=new_secret(), now=NOW, **said(cast, email="nadia@exemple.fr"))

    letter = Message.objects.get(kind="fph.receipt")
    assert letter.recipient == "nadia@exemple.fr"
    assert filed.secret in letter.body


def test_a_resident_takes_her_request_back_once(client, cast, fund):
    request = RequestFactory(fund=fund)
    address = reverse("fph:take_back", args=[secret_of(request)])

    client.post(address)
    request.refresh_from_db()

    assert request.state == "withdrawn"
    assert client.post(address).status_code == 409
    with pytest.raises(IllegalStep):
        withdraw(request, actor=None, now=NOW)


def test_two_requests_of_400_for_the_same_thing_are_told_to_the_committee_fph_3(client, cast, fund, officer):
    first = file_request(fund, secret=new_secret(), now=NOW, **said(cast)).request
    second = file_request(fund, secret=new_secret(), now=NOW, **said(cast)).request

    assert [one.pk for one in split_requests(second)] == [first.pk]
    client.force_login(officer)
    page = client.get(reverse("fph:request", args=[second.pk])).content.decode()
    assert "coupée en plusieurs" in page
    assert reverse("fph:request", args=[first.pk]) in page


def test_only_the_first_request_of_somebody_is_a_first_one(cast, fund):
    first = file_request(fund, secret=new_secret(), now=NOW, **said(cast)).request
    second = file_request(fund, secret=new_secret(), now=NOW, **said(cast, title="Tournoi")).request

    assert (first.is_first, second.is_first) == (True, False)


def test_the_gip_types_a_paper_request_that_counts_from_the_day_it_came(client, cast, fund, officer):
    fund.closes_on = date(2026, 11, 30)
    fund.save()
    client.force_login(officer)

    late = client.post(reverse("fph:type_paper", args=[fund.pk]), typed(cast, received_on="2026-12-01"))
    assert list(late.context["form"].errors) == ["received_on"]
    client.post(reverse("fph:type_paper", args=[fund.pk]), typed(cast, received_on="2026-11-30"))

    request = Request.objects.get()
    assert request.is_paper
    assert request.typed_by == officer
    assert request.filed_at.date() == date(2026, 11, 30)


def test_the_committee_reads_no_name_and_the_gip_does(client, cast, fund, officer, councillor):
    request = RequestFactory(fund=fund)
    address = reverse("fph:request", args=[request.pk])

    client.force_login(councillor)
    assert "Nadia Référente" not in client.get(address).content.decode()
    client.force_login(officer)
    assert "Nadia Référente" in client.get(address).content.decode()


def test_erasing_the_contact_leaves_the_request(cast, fund):
    request = RequestFactory(fund=fund)

    RequestContact.objects.all().delete()

    assert Request.objects.filter(pk=request.pk).exists()
    assert split_requests(request) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    client, cast, fund, officer, count, django_assert_max_num_queries
):
    RequestFactory.create_batch(count, fund=fund)
    client.force_login(officer)

    with django_assert_max_num_queries(10):
        page = client.get(reverse("fph:requests", args=[fund.pk])).content.decode()

    assert page.count("Fête des voisins") == count


def test_the_paper_form_is_a_tagged_pdf_that_asks_the_same(client, cast, fund, tmp_path):
    answer = client.get(reverse("fph:paper_form", args=[fund.pk]))

    path = tmp_path / "form.pdf"
    path.write_bytes(answer.content)
    with pikepdf.open(path) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).startswith("fr")


def test_a_request_needs_no_account(cast, fund):
    before = User.objects.count()

    file_request(fund, secret=new_secret(), now=NOW, **said(cast))

    assert User.objects.count() == before


def test_more_than_ten_lines_are_refused_even_by_an_import(cast, fund):
    many = said(cast, lines=[("Pain", Decimal(100))] * 11)

    with pytest.raises(Refusal, match="Dix dépenses"):
        file_request(fund, secret=new_secret(), now=NOW, **many)
