"""The applicant sees where its dossier stands, what is asked, whom to call; decisions come by letter."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.applications.actions import advance
from faubourg.appraisal.models import Appraisal
from faubourg.contracts.queries import standing
from faubourg.directory.actions import end_membership
from faubourg.portal.queries.follow_up import going_on, passed
from tests.conftest import NOW, TODAY
from tests.directory.test_members import fresh
from tests.factories import complete_application
from tests.portal.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(cast):
    return complete_application(
        applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope, state="submitted",
        submitted_at=NOW, number="2027-001",
    )  # fmt: skip


def page(client, person, application):
    client.force_login(person)
    return client.get(reverse("portal:application", args=[application.pk])).content.decode()


def test_each_step_made_shows_its_day(filed, officer):
    assert [(step.label, step.day) for step in passed(filed)] == [("Déposé", TODAY)]

    for step in ("declare_admissible", "appraise"):
        advance(filed, step, verb=f"appraisal.{step}", actor=officer)

    days = {step.label: step.day for step in passed(filed)}
    assert days == {"Déposé": TODAY, "Recevable": localdate(), "Instruit": localdate()}


def test_a_dossier_that_went_back_does_not_show_the_steps_it_has_to_make_again(filed, officer):
    for step in ("declare_admissible", "ask_information"):
        advance(filed, step, verb=f"appraisal.{step}", actor=officer)

    assert [step.label for step in passed(filed)] == ["Déposé"]


def test_a_stopped_dossier_shows_where_it_stopped(filed, officer):
    advance(filed, "declare_inadmissible", verb="appraisal.declare_inadmissible", actor=officer)
    assert [step.label for step in passed(filed)] == ["Déposé", "Irrecevable"]


def test_whom_to_call_is_the_person_who_follows_the_dossier(client, cast, filed, officer, editor):
    officer.phone = "04 66 00 00 01"
    officer.save()
    Appraisal.objects.create(application=filed, case_officer=officer)
    cast.call.contact = "Accueil du GIP, 04 66 00 00 00"
    cast.call.save()

    seen = page(client, editor, filed)

    assert "Omar Chargé" in seen
    assert 'href="tel:0466000001"' in seen
    assert "Accueil du GIP" in seen


def test_what_is_asked_shows_with_its_day_and_the_way_to_answer(client, cast, editor):
    world = World(cast, localdate())
    application = world.applications["incomplete"]

    seen = page(client, editor, application)

    assert "Le GIP vous demande quelque chose" in seen
    assert "dans 9 jours" in seen.replace("\u00a0", " ")
    assert reverse("appraisal:answer_information", args=[application.pk]) in seen


@pytest.mark.parametrize("role", ["officer", "state_officer", "expert", "councillor"])
def test_the_follow_up_is_the_applicant_s_page_only(role, client, filed, request):
    assert "Où en est mon dossier" not in page(client, request.getfixturevalue(role), filed)


def test_home_tells_a_treasurer_the_next_step_of_each_dossier_what_is_hers_first(client, cast, filed, editor):
    draft = complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)
    draft.call.closes_on = localdate() + timedelta(days=9)
    draft.call.save()
    client.force_login(editor)

    seen = client.get("/").content.decode()

    assert "Rien à faire : le GIP vérifie" in seen
    assert seen.index(f"« {draft.title} »</a>") < seen.index(f"2027-001 « {filed.title} »</a>")


def test_someone_who_left_sees_none_of_them_the_day_after(cast, filed, editor, org_admin):
    end_membership(cast.applicant, editor, actor=org_admin, now=NOW)
    assert going_on(standing(fresh(editor), TODAY), NOW) == []


@pytest.mark.parametrize("count", [1, 3])
def test_home_and_page_cost_the_same_however_many_dossiers(client, cast, editor, count):
    for number in range(count):
        application = complete_application(
            applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope, state="submitted",
            submitted_at=NOW, number=f"2027-00{number}",
        )  # fmt: skip
    client.force_login(editor)
    with CaptureQueriesContext(connection) as home:
        client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("portal:application", args=[application.pk]))

    assert (len(home), len(one)) == (11, 12)
