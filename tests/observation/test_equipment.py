"""The directory of equipment is kept by the GIP, journaled, and nothing in it is deleted (DAT-6)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.journal.models import Entry
from faubourg.observation.models import Equipment
from tests.factories import CommuneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast):
    return CommuneFactory(insee_code="30227", name="Saint-Ambroix", epci=cast.contract.epci)


def typed(town, **fields):
    said = {
        "name": "Maison de santé", "kind": "health", "commune": town.pk, "address": "",
        "siting": "to_confirm",
        "neighbourhood": "", "capacity": "", "capacity_unit": "", "manager": "", "remark": "",
        "source": "mairie, novembre 2026",
    }  # fmt: skip
    return said | fields


def add(client, cast, **said):
    return client.post(reverse("observation:add_equipment", args=[cast.contract.slug]), said)


def test_dat_6_the_gip_adds_corrects_and_archives_with_a_trace_each_time(client, cast, officer, town):
    client.force_login(officer)
    slug = cast.contract.slug

    assert add(client, cast, **typed(town)).status_code == 302
    one = Equipment.objects.get()
    edit = reverse("observation:edit_equipment", args=[slug, one.pk])
    client.post(
        edit, typed(town, capacity="162", capacity_unit="lits", siting="in", neighbourhood=cast.qpv.pk)
    )
    one.refresh_from_db()
    assert one.capacity_words == "162 lits"
    archive = reverse("observation:archive_equipment", args=[slug, one.pk])
    client.post(archive)
    client.post(archive)

    one.refresh_from_db()
    assert one.archived_on
    listed = client.get(reverse("observation:equipment", args=[slug])).content.decode()
    assert "Maison de santé" not in listed.split("</h1>")[1].split("<table")[-1]
    verbs = (
        Entry.objects.filter(verb__startswith="observation.").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == [
        "observation.add_equipment", "observation.correct_equipment", "observation.archive_equipment",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"siting": "in"}, "Dites dans quel quartier."),
        ({"capacity": "beaucoup"}, "Capacité"),
        ({"source": ""}, "Source"),
        ({"name": "Déjà là"}, "est déjà dans la liste pour Saint-Ambroix"),
    ],
)
def test_dat_6_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    client, cast, officer, town, wrong, sentence
):
    Equipment.objects.create(contract=cast.contract, name="Déjà là", kind="health", commune=town)
    client.force_login(officer)

    answer = add(client, cast, **typed(town, manager="Filieris", **wrong))

    text = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code == 200
    assert sentence in text
    assert "Filieris" in text
    assert Equipment.objects.count() == 1


def test_dat_6_others_read_and_are_told_who_keeps_the_list(client, cast, reader, town):
    Equipment.objects.create(contract=cast.contract, name="Crèche", kind="health", commune=town)
    client.force_login(reader)
    listed = client.get(reverse("observation:equipment", args=[cast.contract.slug])).content.decode()
    assert "Crèche" in listed
    assert "Ajouter un équipement" not in listed
    refused = add(client, cast, **typed(town))
    assert refused.status_code == 403
    assert Equipment.objects.count() == 1


def test_dat_6_the_list_costs_the_same_at_one_and_at_ten(client, cast, officer, town):
    client.force_login(officer)
    counts = []
    for rank in range(10):
        Equipment.objects.create(contract=cast.contract, name=f"École {rank}", kind="health", commune=town)
        if rank in (0, 9):
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("observation:equipment", args=[cast.contract.slug]))
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
