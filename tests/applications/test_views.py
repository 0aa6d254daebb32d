import pytest
from django.urls import reverse

from faubourg.applications.states import Part
from tests.factories import ApplicationFactory, complete_application


@pytest.fixture
def draft(cast):
    return complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)


@pytest.mark.parametrize("part", list(Part))
def test_each_part_of_the_form_shows(client, draft, signatory, part):
    client.force_login(signatory)

    response = client.get(reverse("applications:edit", args=[draft.pk, part]))

    assert response.status_code == 200
    assert f"<h1>{part.label}</h1>" in response.content.decode()


def test_the_list_shows_own_and_filed(client, cast, signatory, officer):
    ApplicationFactory(applicant=cast.applicant, call=cast.call, title="Mon brouillon")
    ApplicationFactory(call=cast.call, title="Un dossier déposé", filed=True)
    client.force_login(signatory)
    own = client.get(reverse("applications:index")).content.decode()
    client.force_login(officer)
    filed = client.get(reverse("applications:index")).content.decode()

    assert "Mon brouillon" in own
    assert "Un dossier déposé" not in own
    assert "Un dossier déposé" in filed
    assert "Mon brouillon" not in filed


def test_going_over_the_ceiling_of_the_short_form_says_what_else_to_fill(client, cast, draft, editor):
    cast.call.short_form_ceiling = 5_000
    cast.call.save()
    type(draft).objects.filter(pk=draft.pk).update(expected_results="")
    client.force_login(editor)
    address = reverse("applications:edit", args=[draft.pk, Part.BUDGET])
    assert "Au-delà, il faudra aussi" in client.get(address).content.decode()

    draft.funding_requests.update(requested_amount="5000.01")
    page = client.get(address).content.decode()

    assert "Formulaire complet" in page
    assert "Dites ce qui aura changé" in page
