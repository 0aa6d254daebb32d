"""The budget leaves as a workbook that counts, and comes back from any workbook people have."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.applications import actions, exports, imports
from faubourg.applications.models import Application, BudgetFile
from faubourg.applications.rules import read_budget
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import complete_application

FUNDERS = {1: ("État (P147)", "État", ""), 2: ("Département du Gard", "Département du Gard", "")}
CERFA = [
    ["Budget 2027 de l'action"],
    ["CHARGES", "Montant", "PRODUITS", "Montant"],
    ["60 - Achats", 500, "70 - Ventes", "1 000,50 €"],
    ["Fournitures", 300, "74 - Subventions d'exploitation", None],
    ["Eau", 200, "État : politique de la ville", 4000],
    ["64 - Charges de personnel", 4600.5, "Conseil départemental du Gard", 100],
    ["TOTAL DES CHARGES", 5100.5, "TOTAL DES PRODUITS", 5100.5],
    ["86 - Emplois des contributions", 90, "87 - Contributions", 90],
    ["864 - Personnel bénévole", 90, "870 - Bénévolat", 90],
]


@pytest.fixture
def draft(cast):
    found = complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)
    found.budget_lines.create(side="expense", account="60", label="=2+2", amount=Decimal("0.10"))
    return found


@pytest.fixture
def send(draft, editor):
    def send(content, name="budget.xlsx", actor=editor):
        return actions.send_budget(draft, SimpleUploadedFile(name, content), actor=actor, now=NOW)

    return send


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def lines(dossier):
    return sorted(dossier.budget_lines.values_list("account", "label", "amount"))


# Reading, without a database ------------------------------------------------------------------------


def test_two_columns_side_by_side_are_read_as_people_write_them():
    read = read_budget(CERFA, FUNDERS)

    assert read.faults == []
    assert sorted(read.lines) == [
        ("60", "Eau", Decimal(200)),
        ("60", "Fournitures", Decimal(300)),
        ("64", "", Decimal("4600.50")),
        ("70", "Ventes", Decimal("1000.50")),
        ("74D", "Conseil départemental du Gard", Decimal(100)),
        ("864", "", Decimal(90)),
        ("870", "", Decimal(90)),
    ]
    assert read.asked == {1: Decimal(4000)}


@pytest.mark.parametrize(
    ("row", "where", "word"),
    [
        (["60 Achats", "12OO"], (2, "B"), "n'est pas un montant"),
        (["60 Achats", -1], (2, "B"), "négatif"),
        (["60 Achats", "à confirmer"], (2, "B"), "n'est pas un montant"),
        (["60 Achats", 10**10], (2, "B"), "trop grand"),
        (["72 Production", 5], (2, "A"), "n'est pas au plan"),
    ],
)
def test_what_cannot_be_read_says_its_line_its_column_and_why(row, where, word):
    (fault,) = read_budget([["Compte", "Montant"], row, ["64 Salaires", 1], ["61 Locations", 2]], {}).faults

    assert (fault.row, fault.column) == where
    assert word in fault.sentence


def test_an_account_whose_lines_do_not_make_its_sum_is_refused():
    (fault,) = read_budget([["60 Achats", 500], ["Eau", 499.99], ["61 Locations", 1]], {}).faults

    assert "annonce 500" in fault.sentence


def test_sub_accounts_bare_numbers_and_names_are_understood():
    grid = [
        [60, "Achats", None],
        [6061, "Eau", 10],
        [6063, "Outils", "5,25"],
        ["641", "Salaires", 7],
    ]

    assert list(read_budget(grid, {}).lines) == [
        ("60", "Eau", Decimal(10)), ("60", "Outils", Decimal("5.25")), ("64", "Salaires", Decimal(7)),
    ]  # fmt: skip


def test_a_sheet_without_accounts_says_what_to_write():
    assert "Aucun compte" in read_budget([["Bonjour"]], {}).faults[0].sentence


# Leaving and coming back -----------------------------------------------------------------------------


def test_the_workbook_counts_by_itself_and_holds_no_typed_formula(draft):
    content = exports.budget_xlsx(draft, now=NOW)

    formulas = openpyxl.load_workbook(BytesIO(content)).active
    values = openpyxl.load_workbook(BytesIO(content), data_only=True).active
    found = {
        f"{row[0].value or ''} {row[1].value}".strip(): (row[2].value, values.cell(row[2].row, 3).value)
        for row in formulas.iter_rows()
    }
    assert found["60 Achats"][0].startswith("=SUM(C")
    assert found["60 Achats"][1] == pytest.approx(2_000.10)
    assert found["Écart : produits moins charges"][1] == pytest.approx(-0.10)
    assert found["Total charges"][0].startswith("=C")
    assert found["'=2+2"][0] == pytest.approx(0.10)


def test_what_left_comes_back_and_changes_nothing(draft, send, editor):
    draft.budget_lines.filter(label="=2+2").delete()
    before = lines(draft)
    file = send(exports.budget_xlsx(draft, now=NOW))

    assert imports.preview(file).faults == []
    assert imports.preview(file).changes == []
    assert not imports.bring(file, actor=editor, now=NOW, version=0)
    assert lines(draft) == before


def test_a_workbook_replaces_the_budget_whole_and_twice_is_once(draft, send, editor):
    file = send(workbook(CERFA))

    assert imports.bring(file, actor=editor, now=NOW, version=0)
    assert not imports.bring(file, actor=editor, now=NOW, version=0)

    assert ("60", "Eau", Decimal(200)) in lines(draft)
    assert draft.funding_requests.get().requested_amount == 4_000
    file.refresh_from_db()
    assert (file.imported_by, len(file.document.sha256)) == (editor, 64)
    assert Entry.objects.filter(verb="applications.import_budget").count() == 1


def test_one_fault_and_nothing_is_taken(draft, send, editor):
    before = lines(draft)
    file = send(workbook([*CERFA, ["65 Autres", "beaucoup"]]))

    with pytest.raises(Refusal, match="rien n'est repris"):
        imports.bring(file, actor=editor, now=NOW, version=0)
    assert lines(draft) == before


def test_a_budget_changed_since_the_preview_is_not_overwritten(draft, send, editor):
    file = send(workbook(CERFA))
    actions.save_part(draft, "budget", {"lines": [("60", "Autre", Decimal(1))]}, actor=editor, now=NOW)

    with pytest.raises(actions.SavedMeanwhile):
        imports.bring(file, actor=editor, now=NOW, version=0)
    assert lines(draft) == [("60", "Autre", Decimal(1))]


def test_a_file_that_is_no_workbook_is_refused(send):
    with pytest.raises(Refusal, match="classeur Excel"):
        send(b"%PDF-1.4", "budget.pdf")
    with pytest.raises(Refusal):
        send(b"PK pas un classeur")


def test_others_neither_send_nor_see_a_workbook(client, draft, send, officer, stranger):
    file = send(workbook(CERFA))
    with pytest.raises(PermissionDenied):
        send(workbook(CERFA), actor=officer)
    client.force_login(stranger)
    assert client.get(reverse("applications:import_budget", args=[draft.pk, file.pk])).status_code == 404


def test_from_the_page_one_sees_before_one_takes(client, draft, editor):
    client.force_login(editor)
    upload = SimpleUploadedFile("budget.xlsx", workbook(CERFA))
    sent = client.post(reverse("applications:send_budget", args=[draft.pk]), {"upload": upload})
    file = BudgetFile.objects.get()
    assert sent.url == reverse("applications:import_budget", args=[draft.pk, file.pk])

    page = client.get(sent.url).content.decode()
    assert "Remplacer le budget par celui-ci" in page
    assert "retiré" in page
    assert client.post(sent.url, {"version": "0"}).url == reverse(
        "applications:edit", args=[draft.pk, "budget"]
    )
    assert Application.objects.get(pk=draft.pk).budget_lines.filter(label="Eau").exists()
