"""The pages of consultations: what they say, what they cost, what a refused form keeps."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.consultation.models import Contribution
from tests.factories import (
    ConsultationFactory,
    ContributionFactory,
    GatheringFactory,
    GatheringQuestionFactory,
    GatheringTableFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering(cast):
    made = GatheringFactory(consultation__contract=cast.contract, consultation__neighbourhoods=[cast.qpv])
    GatheringTableFactory(gathering=made, position=1, name="Habitat")
    GatheringQuestionFactory(gathering=made, position=1, text="Que changer ?")
    return made


def test_one_contract_opens_at_once(client, cast, officer):
    client.force_login(officer)
    assert client.get(reverse("consultation:index")).url == reverse(
        "consultation:show", args=[cast.contract.slug]
    )


def test_a_refused_consultation_keeps_what_was_typed(client, cast, officer):
    client.force_login(officer)
    page = client.post(reverse("consultation:prepare", args=[cast.contract.slug]), {"aim": "Des arbres"})

    assert "Des arbres" in page.content.decode()
    assert page.content.decode().count("Ce champ est obligatoire.") >= 2


def test_a_digital_consultation_is_refused_in_words_con_1(client, cast, officer):
    made = ConsultationFactory(contract=cast.contract, neighbourhoods=[cast.qpv], modalities=["online"])
    client.force_login(officer)

    page = client.post(reverse("consultation:publish", args=[made.pk]), follow=True)

    assert "ajoutez au moins une modalité physique" in page.content.decode()


def test_enter_types_the_next_one_and_the_table_stays_chosen(client, officer, gathering):
    client.force_login(officer)
    address = reverse("consultation:take_down", args=[gathering.pk])
    table, question = gathering.tables.get(), gathering.questions.get()

    answer = client.post(
        address, {"table": table.pk, "question": question.pk, "text": "Des volets"}, follow=True
    )

    assert answer.redirect_chain == [(f"{address}?table={table.pk}&question={question.pk}&suite=oui", 302)]
    page = answer.content.decode()
    assert f'<option value="{table.pk}" selected>' in page
    assert "Des volets" in page
    assert "autofocus" in page
    assert "autofocus" not in client.get(address).content.decode()
    assert Contribution.objects.get().table == table


def test_an_empty_line_is_refused_beside_its_field(client, officer, gathering):
    client.force_login(officer)
    page = client.post(reverse("consultation:take_down", args=[gathering.pk]), {"text": " "})
    assert "Ce champ est obligatoire." in page.content.decode()


def test_a_sheet_is_printed_per_table_with_the_way_to_type_it(client, officer, gathering):
    GatheringTableFactory(gathering=gathering, position=2, name="Sport")
    client.force_login(officer)

    answer = client.get(reverse("consultation:sheets", args=[gathering.pk]))

    pdf = pikepdf.open(BytesIO(answer.content))
    assert len(pdf.pages) == 2
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "fr-FR"


def test_minutes_not_published_are_not_read_by_others_con_6(client, officer, reader, gathering):
    gathering.consultation.state = "published"
    gathering.consultation.save()
    client.force_login(officer)
    client.post(reverse("consultation:write_minutes", args=[gathering.pk]), {"text": "Tout ce qui fut dit"})
    own = client.get(reverse("consultation:gathering", args=[gathering.pk])).content.decode()
    client.force_login(reader)
    theirs = client.get(reverse("consultation:gathering", args=[gathering.pk])).content.decode()

    assert "Tout ce qui fut dit" in own
    assert "Tout ce qui fut dit" not in theirs


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_long_they_are(
    client, cast, officer, gathering, django_assert_max_num_queries, count
):
    for _ in range(count):
        made = ConsultationFactory(contract=cast.contract, neighbourhoods=[cast.qpv])
        GatheringFactory(consultation=made)
        ContributionFactory(contract=cast.contract, gathering=gathering)
        GatheringFactory(consultation=gathering.consultation)
    client.force_login(officer)
    costs = {"show": 8, "consultation": 10, "gathering": 12, "take_down": 10}
    places = {
        "show": cast.contract.slug,
        "consultation": gathering.consultation.pk,
        "gathering": gathering.pk,
        "take_down": gathering.pk,
    }
    for name, most in costs.items():
        with django_assert_max_num_queries(most):
            assert client.get(reverse(f"consultation:{name}", args=[places[name]])).status_code == 200


def test_people_are_counted_from_the_page(client, officer, gathering):
    client.force_login(officer)
    client.post(
        reverse("consultation:count_attendees", args=[gathering.pk]), {"attendees": "78", "residents": "60"}
    )
    page = client.get(reverse("consultation:gathering", args=[gathering.pk])).content.decode()

    assert "78 participants en tout" in page
    assert page.count("à confirmer") >= 4
    assert localdate() > gathering.held_on
