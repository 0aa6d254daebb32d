"""The programming report: counted from the rows, read back with other libraries than those that wrote it."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pikepdf
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from faubourg.awards.actions import decide
from faubourg.awards.queries.report import Fate, Filing, breakdown, report
from faubourg.toolkit.tables import harmless
from tests.awards.conftest import NOW, asked_of, grant, reject
from tests.factories import NeighbourhoodFactory, ObjectiveFactory

D = Decimal


@pytest.fixture
def campaign(cast, dossier, state_decider, county_decider):
    """Six dossiers: kept in full, in part and for three years, refused, pending, inadmissible, withdrawn."""
    priority = ObjectiveFactory(contract=cast.contract, level="priority", code="1", themes=["transitions"])
    cast.objective.parent, cast.objective.code, cast.objective.label = priority, "1.1", "Plus vert"
    cast.objective.themes = []  # it takes that of its priority
    cast.objective.save()
    youth = ObjectiveFactory(
        contract=cast.contract, code="3.2", label="Jeunesse", themes=["emancipation", "employment"]
    )
    cast.call.objectives.add(youth)

    def rule(application, state, county):
        for envelope, decider, ruling in (
            (cast.state_envelope, state_decider, state),
            (cast.county_envelope, county_decider, county),
        ):
            decide(asked_of(application, envelope), actor=decider, ruling=ruling, version=0, now=NOW)

    full, part, refused = dossier(title="=SOMME(A1)"), dossier(is_multi_year=True), dossier()
    part.objectives.add(youth)
    part.territories.create(neighbourhood=NeighbourhoodFactory(name="Les Salles"), residents_count=10)
    rule(full, grant(5000), grant(3000))
    rule(part, grant("4500.01"), reject())
    rule(refused, reject(), reject())
    dossier(state="reviewed")
    dossier(state="inadmissible")
    dossier(state="withdrawn")
    return cast


@pytest.mark.django_db
def test_every_filed_dossier_is_counted_once(campaign):
    """RAP-2."""
    found = report(campaign.call)
    assert found.filed == 6
    assert (found.kept, found.refused, found.pending, found.inadmissible, found.withdrawn) == (2, 1, 1, 1, 1)
    assert found.asked == 6 * 8000
    assert found.granted == D("12500.01")
    assert [(one.label, one.requested, one.awarded) for one in found.envelopes] == [
        ("État (P147)", 30_000, D("9500.01")),
        ("Département du Gard", 18_000, 3000),
    ]


@pytest.mark.django_db
def test_euros_are_shared_between_objectives_neighbourhoods_and_themes_to_the_cent(campaign):
    found = report(campaign.call)
    by_objective = {one.label: (one.number, one.kept, one.granted) for one in found.by_objective}
    assert by_objective == {
        "1.1 Plus vert": (6, 2, D(8000) + D("2250.01")),
        "3.2 Jeunesse": (1, 1, D("2250.00")),
    }
    assert {one.label: one.granted for one in found.by_neighbourhood} == {
        "L'Écusson": D(8000) + D("2250.01"),
        "Les Salles": D("2250.00"),
    }
    assert {one.label for one in found.by_theme} == {"Transitions", "Émancipation", "Plein emploi"}
    for shares in (found.by_objective, found.by_neighbourhood, found.by_theme):
        assert sum(one.granted for one in shares) == found.granted
        assert sum(one.asked for one in shares) == found.asked


@pytest.mark.django_db
def test_delays_and_three_year_agreements(campaign):
    """PRG-11, RAP-2: filed on 1 December 2026, decided on 1 April 2027."""
    found = report(campaign.call)
    assert (found.delays.number, found.delays.shortest, found.delays.longest) == (3, 121, 121)
    assert (found.share.number, found.share.total_number) == (1, 2)
    assert found.share.amount == D("4500.01")


@pytest.mark.django_db
def test_what_is_not_known_is_not_zero(client, cast, dossier, officer):
    dossier(participants_count=None)
    client.force_login(officer)
    page = client.get(reverse("awards:report", args=[cast.call.pk])).content.decode()
    assert "<dt>Délai médian du dépôt à la dernière décision</dt><dd>non disponible</dd>" in page
    assert "<dt>Participants visés par les dossiers retenus</dt><dd>non disponible</dd>" in page
    assert "<dt>Part en conventions de trois ans, en montant</dt><dd>non disponible</dd>" in page


EUROS = st.decimals(0, 10**6, places=2)
filings = st.lists(
    st.builds(
        Filing,
        pk=st.integers(1, 10**6),
        number=st.just("2027-001"),
        title=st.just("Action"),
        applicant=st.just("Asso"),
        filed_on=st.just(date(2027, 1, 1)),
        decided_on=st.none(),
        fate=st.just(Fate.KEPT),
        is_kept=st.booleans(),
        is_multi_year=st.booleans(),
        asked=EUROS,
        granted=EUROS,
        participants=st.none(),
    ),
    unique_by=lambda filing: filing.pk,
    max_size=12,
)


@given(filings, st.data())
def test_a_breakdown_always_sums_to_the_total(filed, data):
    labels = {
        one.pk: data.draw(st.lists(st.sampled_from("abcdefg"), unique=True, max_size=7)) for one in filed
    }
    shares = breakdown(filed, labels)
    assert sum(share.granted for share in shares) == sum(one.granted for one in filed)
    assert sum(share.asked for share in shares) == sum(one.asked for one in filed)


@pytest.mark.django_db
def test_the_workbook_holds_numbers_days_and_no_formula(client, campaign, officer):
    client.force_login(officer)
    response = client.get(reverse("awards:report_xlsx", args=[campaign.call.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="bilan-programmation-2027.xlsx"'

    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    assert book.sheet_names == [
        "En bref",
        "Par financeur",
        "Par objectif",
        "Par quartier",
        "Par thématique",
        "Dossiers",
        "Lignes de financement",
    ]
    header, first, *rest = book.get_sheet_by_name("Dossiers").to_python()
    assert header[:3] == ["N°", "Action", "Structure"]
    assert first[1] == "'=SOMME(A1)"
    assert first[3] == date(2026, 12, 1)
    assert first[4] == date(2027, 4, 1)
    assert first[7:9] == [8000.0, 8000.0]
    assert rest[2][4] == ""
    summary = dict(book.get_sheet_by_name("En bref").to_python()[1:])
    assert summary["Accordé"] == 12500.01
    assert summary["Retenus"] == 2
    assert summary["Bilans manquants des années passées"] == "non disponible"

    sheet = openpyxl.load_workbook(BytesIO(response.content))["Dossiers"]
    assert sheet.freeze_panes == "B2"
    assert sheet["B2"].data_type == "s"
    assert "€" in sheet["I2"].number_format


@pytest.mark.django_db
def test_each_line_of_money_is_exported_with_its_nine_axes(client, campaign, officer):
    """FIN-1, FIN-5, PRG-10."""
    client.force_login(officer)
    response = client.get(reverse("awards:report_xlsx", args=[campaign.call.pk]))
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    header, *rows = book.get_sheet_by_name("Lignes de financement").to_python()

    assert header[:9] == [
        "Exercice", "Contrat", "Quartier", "Objectif", "Thématique Quartiers 2030", "Ligne de crédits",
        "Financeur", "Type", "Nature",
    ]  # fmt: skip
    assert len(rows) == 12  # six dossiers, two funders each
    line = dict(zip(header, rows[2], strict=True))
    assert line["Quartier"] == "L'Écusson + Les Salles"
    assert line["Objectif"] == "1.1 + 3.2"
    assert line["Nature"] == "convention de trois ans"
    assert (line["Demandé"], line["Décision"], line["Accordé"]) == (5000.0, "Accordé", 4500.01)
    assert (line["Du"], line["Au"]) == (date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize("text", ["=1+1", "+33 4", "-5", "@nom", "\t=1"])
def test_no_text_becomes_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert harmless("Jardins = fleurs") == "Jardins = fleurs"


@pytest.mark.django_db
def test_the_pdf_is_tagged_titled_and_says_the_sums(client, campaign, officer):
    client.force_login(officer)
    response = client.get(reverse("awards:report_pdf", args=[campaign.call.pk]))
    pdf = pikepdf.open(BytesIO(response.content))

    assert response["Content-Type"] == "application/pdf"
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.docinfo["/Title"]) == "Bilan de programmation 2027"
    assert len(pdf.pages) >= 3


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["report", "report_pdf", "report_xlsx"])
@pytest.mark.parametrize(
    ("role", "status"), [("reader", 200), ("state_officer", 200), ("editor", 404), ("stranger", 404)]
)
def test_everyone_of_the_contract_reads_the_report_and_nobody_else(client, cast, page, role, status, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse(f"awards:{page}", args=[cast.call.pk])).status_code == status


@pytest.mark.django_db
def test_the_report_costs_the_same_however_many_dossiers(client, cast, dossier, officer, cost_of):
    url = reverse("awards:report", args=[cast.call.pk])
    client.force_login(officer)
    dossier()
    one = cost_of(url)
    for _ in range(2):
        dossier()
    assert cost_of(url) == one <= 12
