"""The journal: everything is in it, nobody changes it, each reads her part."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.accounts.queries import office
from faubourg.awards.models import AwardNotice
from faubourg.contracts.models import Contract
from faubourg.documents.actions import keep
from faubourg.journal.actions import write
from faubourg.journal.models import Entry
from faubourg.journal.queries import PAGE, entries_about, entries_for, in_words, narrow, page_of
from faubourg.journal.rules import VERBS, phrase
from faubourg.messaging.actions import prepare
from tests.conftest import NOW, TODAY
from tests.factories import (
    ContractFactory,
    InterestFactory,
    OrganisationFactory,
    UserFactory,
    complete_application,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "tamper",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.update(verb="x"),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: connection.cursor().execute("UPDATE journal_entry SET verb = 'x'"),
        lambda entry: connection.cursor().execute("DELETE FROM journal_entry"),
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_an_entry(tamper):
    """FIN-3: the trail only grows."""
    """FIN-3: the trail only grows."""
    entry = write(None, "accounts.deactivate", UserFactory())

    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        tamper(entry)

    assert Entry.objects.get().verb == "accounts.deactivate"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL empties a table at one stroke")
def test_the_journal_is_not_emptied_at_one_stroke():
    """FIN-3: TRUNCATE fires no trigger of a row, so the table itself is guarded."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_no_truncate")
        write(None, "accounts.deactivate", UserFactory())
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
            cursor.execute("TRUNCATE journal_entry CASCADE")

    assert Entry.objects.get().verb == "accounts.deactivate"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces a row by its number")
def test_an_entry_is_not_replaced_by_another_of_its_number():
    """FIN-3: INSERT OR REPLACE fires no DELETE trigger, so the number itself is guarded."""
    entry = write(None, "accounts.deactivate", UserFactory())
    columns = ", ".join(f'"{field.column}"' for field in Entry._meta.concrete_fields)
    forged = columns.replace('"actor_name"', "'Quelqu''un'")

    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        connection.cursor().execute(
            f"INSERT OR REPLACE INTO journal_entry ({columns}) SELECT {forged} FROM journal_entry"
        )

    assert Entry.objects.get().actor_name == entry.actor_name


def test_an_entry_is_told_in_words(cast, officer):
    write(
        officer,
        "directory.edit_organisation",
        cast.applicant,
        changes={"town": ["", "Alès"], "kind": ["association", "company"], "is_fictitious": [False, True]},
    )

    line = entries_about("directory.organisation", cast.applicant.pk)[0]

    assert (line.who, line.did) == ("Omar Chargé", "a modifié la fiche")
    assert [(change.label, change.before, change.after) for change in line.changes] == [
        ("commune", "rien", "Alès"),
        ("fictif", "non", "oui"),
        ("nature", "Association", "Entreprise"),
    ]


def test_days_and_moments_are_written_as_people_do(cast):
    write(None, "contracts.end_seat", cast.contract, changes={"to_on": [None, TODAY], "personne": "Awa"})

    changes = entries_about("contracts.contract", cast.contract.pk)[0].changes

    assert changes[0].after == "1er décembre 2026"
    assert (changes[1].label, changes[1].after, changes[1].is_new) == ("personne", "Awa", True)


def test_a_name_in_the_journal_stays_as_it_was_then():
    person = UserFactory(full_name="Awa Diallo")
    entry = write(person, "accounts.edit_identity", person)
    person.full_name = "Awa Martin"
    person.save()

    assert Entry.objects.get(pk=entry.pk).actor_name == "Awa Diallo"


@pytest.mark.parametrize(
    ("role", "seen"),
    [("director", {"ici"}), ("officer", {"ici"}), ("finance", {"ici"}), ("technical_admin", {"fiche"}),
     ("reader", set()), ("state_decider", set()), ("org_admin", set()), ("delegate", set())],
)  # fmt: skip
def test_each_reads_her_part_and_only_hers(role, seen, request, client, cast):
    elsewhere = ContractFactory()
    Contract.objects.filter(pk=cast.contract.pk).update(name="ici")
    Contract.objects.filter(pk=elsewhere.pk).update(name="ailleurs")
    for contract in Contract.objects.all():
        write(None, "contracts.load", contract, contract_id=contract.pk)
    write(None, "directory.create_organisation", OrganisationFactory(name="fiche"))
    person = request.getfixturevalue(role)

    assert {entry.subject for entry in entries_for(office(person, TODAY))} == seen
    client.force_login(person)
    assert client.get(reverse("journal:index")).status_code == (200 if seen else 403)


def test_it_is_searched_by_person_verb_thing_and_days(cast, officer):
    write(officer, "directory.edit_organisation", OrganisationFactory(name="L'Écusson"))
    write(None, "directory.create_organisation", cast.applicant)
    rows = Entry.objects.order_by("pk")
    today = localdate(rows[0].written_at)

    assert narrow(rows, person="charge").count() == 1
    assert narrow(rows, subject="ecusson").count() == 1
    assert narrow(rows, verb="directory.create_organisation").count() == 1
    assert narrow(rows, first_day=today, last_day=today).count() == 2
    assert narrow(rows, last_day=date(2020, 1, 1)).count() == 0


@pytest.mark.parametrize(
    ("hour", "found"), [("2026-12-01T22:59:59+00:00", 1), ("2026-12-01T23:00:00+00:00", 0)]
)
def test_a_day_of_the_journal_ends_at_midnight_in_paris(hour, found):
    entry = write(None, "accounts.deactivate", UserFactory())
    columns = ", ".join(
        field.column for field in Entry._meta.fields if field.name not in ("id", "written_at")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO journal_entry (written_at, {columns}) SELECT %s, {columns} FROM journal_entry",
            [connection.ops.adapt_datetimefield_value(datetime.fromisoformat(hour))],
        )

    assert narrow(Entry.objects.exclude(pk=entry.pk), first_day=TODAY, last_day=TODAY).count() == found


def test_pages_follow_each_other_without_a_hole(cast):
    for _ in range(PAGE + 3):
        write(None, "contracts.load", cast.contract, contract_id=cast.contract.pk)
    rows = Entry.objects.order_by("-pk")

    first, mark = page_of(rows, None)
    second, end = page_of(rows, mark)

    assert (len(first), len(second), end) == (PAGE, 3, None)
    assert first[-1].pk > second[0].pk


def test_the_page_costs_the_same_however_long_it_is(client, cast, officer):
    client.force_login(officer)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("journal:index"))
        return len(captured)

    write(officer, "contracts.load", cast.contract, contract_id=cast.contract.pk)
    before = cost()
    for _ in range(3):
        write(officer, "contracts.load", cast.contract, contract_id=cast.contract.pk)

    assert cost() == before


def test_the_page_shows_what_was_and_what_became_escaped(client, cast, officer):
    write(
        officer, "contracts.load", cast.contract, contract_id=cast.contract.pk,
        changes={"name": ["Avant", "<script>alert(1)</script>"]},
    )  # fmt: skip
    client.force_login(officer)

    page = client.get(reverse("journal:index")).content.decode()

    assert "<del>Avant</del>" in page
    assert "&lt;script&gt;" in page


def test_a_wrong_date_is_said_and_nothing_breaks(client, cast, officer):
    client.force_login(officer)

    page = client.get(reverse("journal:index"), {"first_day": "demain", "avant": "x"})

    assert page.status_code == 200
    assert "date" in page.content.decode()


def test_every_phrase_follows_a_name():
    assert all(text.startswith("a ") for text in VERBS.values())
    assert phrase("autre.chose") == "autre.chose"


def test_whoever_is_tied_to_an_applicant_does_not_read_its_notes_in_the_journal(
    client, cast, officer, director
):
    """B2.5, PRG-7: the journal quotes notes, remarks, decisions and letters."""
    tied, other = (
        complete_application(applicant=applicant, call=cast.call, envelope=cast.state_envelope)
        for applicant in (cast.applicant, OrganisationFactory(name="Autre"))
    )
    letter = prepare(key="lettre", recipient="a@b.fr", subject="Lettre", body="…", now=NOW)
    AwardNotice.objects.create(
        application=tied, message=letter, prepared_by=director, prepared_at=NOW,
        document=keep(b"%PDF", "lettre.pdf", "application/pdf", actor=director, now=NOW),
    )  # fmt: skip
    for subject, said in ((tied, "Fragile"), (letter, "Bravo"), (other, "Solide")):
        write(director, "appraisal.save_appraisal", subject, contract_id=cast.contract.pk,
              changes={"assessment": ["", said]})  # fmt: skip
    InterestFactory(user=officer, organisation=cast.applicant)

    def read(person):
        client.force_login(person)
        page = client.get(reverse("journal:index")).content.decode()
        return [said for said in ("Fragile", "Bravo", "Solide") if said in page]

    assert read(director) == ["Fragile", "Bravo", "Solide"]
    assert read(officer) == ["Solide"]


def test_choices_and_euros_are_said_in_words_and_what_stayed_empty_is_not_said(cast, officer):
    changes = {
        "outcome": [None, "granted"],
        "awarded_amount": [None, "4200.50"],
        "decided_on": [None, "2026-12-01"],
        "conditions": [None, ""],
        "financeur": "État (P147)",
    }
    dossier = complete_application(call=cast.call)
    said = in_words(write(officer, "awards.decide", dossier, changes=changes)).changes

    assert [(change.label, change.after) for change in said] == [
        ("date de l'acte", "1er décembre 2026"),
        ("décision", "Accordé"),
        ("financeur", "État (P147)"),
        ("montant accordé", "4\u00a0200,50\u00a0€"),
    ]
