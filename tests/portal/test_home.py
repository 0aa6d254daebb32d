"""The home page: what waits for me first, with its deadline; then what moves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from faubourg.consultation.actions import code_contribution
from faubourg.journal.actions import write
from tests.factories import ContributionFactory, RequestFactory, UserFactory, complete_application
from tests.portal.world import NOW, World

pytestmark = pytest.mark.django_db
ROLES = (
    "stranger", "editor", "director", "officer", "finance", "delegate", "state_officer", "state_decider",
    "expert", "councillor", "reader", "technical_admin",
)  # fmt: skip


def text_of(client, person):
    client.force_login(person)
    return client.get(reverse("portal:home")).content.decode()


def test_an_officer_sees_each_kind_of_work_that_waits(client, cast, officer):
    World(cast, localdate())

    page = text_of(client, officer)

    for waiting in (
        "1 dossier à vérifier",
        "1 dossier à instruire",
        "1 dossier à inscrire",
        "1 dossier à valider",
    ):
        assert waiting in page
    assert "1 courriel à relire et à envoyer" in page
    assert "préparer l'ouverture" in page.replace("&#x27;", "'")


def test_a_letter_put_aside_is_to_be_prepared_again(client, cast, officer):
    world = World(cast, localdate())
    assert "lettre à préparer" not in text_of(client, officer)
    world.letters["to_review"].state = "discarded"
    world.letters["to_review"].save()

    assert "1 lettre à préparer" in text_of(client, officer)


def test_a_treasurer_sees_her_draft_with_its_deadline_and_the_question_asked(client, cast, editor):
    world = World(cast, localdate())

    page = text_of(client, editor).replace("&#x27;", "'")

    assert f"{world.applications['draft'].title} » : terminer et déposer" in page
    assert f"{world.applications['incomplete'].title} » : répondre à la demande de complément" in page
    assert "dans 20 jours" in page.replace("\u00a0", " ")
    assert "à instruire" not in page


def test_a_decider_sees_what_awaits_their_own_funder_only(client, cast, state_decider, county_decider):
    World(cast, localdate())

    page = text_of(client, state_decider)
    assert "1 décision à prendre pour État" in page
    assert reverse("awards:programme", args=[cast.call.pk]) + "?a-decider=1" in page
    assert "décision à prendre" not in text_of(client, county_decider)


def test_decisions_to_take_are_counted_up_to_a_limit(client, cast, state_decider, monkeypatch):
    """Home costs the same whatever waits: past the limit the line says « ou plus »."""
    World(cast, localdate())
    monkeypatch.setattr("faubourg.portal.queries.todos.READ", 1)

    assert "1 décision ou plus à prendre pour État" in text_of(client, state_decider)


def test_a_decider_tied_to_the_applicant_is_not_asked_to_decide(client, cast, state_decider):
    World(cast, localdate()).tie(state_decider)

    assert "à prendre" not in text_of(client, state_decider)


def test_a_councillor_is_asked_what_the_council_thinks_of_the_call(client, cast, councillor):
    World(cast, localdate())

    assert "dire ce qu" in text_of(client, councillor)


def test_words_wait_for_those_who_have_not_read_them_con_5(client, cast, officer, delegate, reader):
    for _ in range(2):
        read = ContributionFactory(contract=cast.contract)
    code_contribution(read, actor=officer, topic=None, now=NOW)

    assert "1 parole à classer" in text_of(client, officer)
    assert "2 paroles à classer" in text_of(client, delegate)
    assert "à classer" not in text_of(client, reader)


def test_the_gip_reads_how_long_residents_wait_for_a_committee_fph_4(client, cast, officer, councillor):
    world = World(cast, localdate())
    assert "un comité, depuis" not in text_of(client, officer)
    RequestFactory(fund=world.fund, filed_at=timezone.now() - timedelta(days=12))

    assert "1 demande attend un comité, depuis 12 jours" in text_of(client, officer)
    assert "un comité, depuis" not in text_of(client, councillor)


def test_an_applicant_s_news_never_quote_the_appraisal(client, cast, editor, officer):
    application = complete_application(
        applicant=cast.applicant, call=cast.call, state="submitted", submitted_at=NOW
    )
    write(officer, "appraisal.save_appraisal", application, contract_id=cast.contract.pk)
    write(editor, "applications.submit", application, contract_id=cast.contract.pk)

    page = text_of(client, editor)

    assert "Édith Saisisseuse" in page.split("Ça bouge")[1]
    assert "Omar Chargé" not in page


def test_what_one_person_did_in_a_row_is_one_line(client, cast, officer, director):
    dossiers = [
        complete_application(call=cast.call, applicant=cast.applicant, title=f"Action {n}") for n in (1, 2, 3)
    ]
    for one in dossiers:
        write(officer, "appraisal.declare_admissible", one, contract_id=cast.contract.pk)
    write(officer, "appraisal.declare_admissible", dossiers[2], contract_id=cast.contract.pk)
    write(director, "appraisal.appraise", dossiers[0], contract_id=cast.contract.pk)
    client.force_login(officer)

    page = client.get(reverse("portal:home")).content.decode().split("Ça bouge")[1]

    assert page.count("Claire Directrice") == 1
    assert page.count("Omar Chargé") == 1
    assert "Action 3, et 2 autres" in page


def test_what_home_fetches_by_itself_does_not_rename_the_page(client, officer):
    """htmx takes the title of what it fetches, unless told not to."""
    assert '"ignoreTitle":true' in text_of(client, officer)


def test_someone_without_any_role_is_told_whom_to_ask(client):
    assert "aucun rôle" in text_of(client, UserFactory())


@pytest.mark.parametrize("role", ROLES)
def test_home_asks_at_most_twelve_questions_of_the_database(client, cast, request, role):
    person = request.getfixturevalue(role)
    World(cast, localdate())
    client.force_login(person)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(reverse("portal:home")).status_code == 200

    assert len(queries) <= 12, [query["sql"][:120] for query in queries]


def test_nothing_of_a_person_s_pages_is_kept_by_the_browser(client, officer):
    """On a shared computer, "back" after signing out must show nothing."""
    assert "Cache-Control" not in client.get(reverse("portal:accessibility")).headers
    client.force_login(officer)

    for address in ("portal:home", "applications:index", "directory:index", "portal:accessibility"):
        assert client.get(reverse(address)).headers["Cache-Control"] == "private, no-store"
