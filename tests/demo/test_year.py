"""The demonstration year is told once to its end; what it left is looked at as a person would."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, Sum
from django.urls import reverse

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.applications.queries import budget
from faubourg.appraisal.models import FundingProposal, InformationRequest, Opinion, TabledApplication
from faubourg.awards.models import AwardNotice, FundingDecision
from faubourg.calls.models import Call, Envelope
from faubourg.contracts.models import Contract, Objective
from faubourg.demo.building import build
from faubourg.demo.cast import LOGINS, PASSWORD
from faubourg.demo.moments import Stage
from faubourg.demo.story import associations, projects
from faubourg.directory.models import Interest, Organisation
from faubourg.journal.models import Entry
from faubourg.journal.queries import in_words
from faubourg.messaging.models import Message
from faubourg.questionnaires.models import Batch, Questionnaire, Response

FRENCH_TOO = {"commune", "comment", "conditions", "contact", "nature", "question", "questions", "version"}
"""Words that are the name of a field and French besides."""


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The whole year, built once for this module and rolled back after it."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        build(Stage.NOTICE)
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def year(told, db):
    """Each test sees the year, and leaves it as it was."""
    return Call.objects.get(title__contains="2027")


def states():
    return set(Application.objects.values_list("state", flat=True))


# What is there ------------------------------------------------------------------------------------


def test_about_forty_dossiers_of_about_twenty_five_associations_on_all_the_objectives(year):
    filed = Application.objects.filed()
    assert 38 <= filed.count() <= 45
    assert 24 <= filed.values("applicant").distinct().count() <= 28
    strategic = set(Objective.objects.filter(level="strategic").values_list("code", flat=True))
    assert len(strategic) == 18
    assert set(filed.values_list("objectives__code", flat=True)) == strategic


def test_everything_is_marked_as_fictitious(year):
    assert Contract.objects.get().is_demonstration
    assert not Application.objects.exclude(is_fictitious=True).exists()
    assert not Application.objects.exclude(applicant__is_fictitious=True).exists()


def test_the_sheets_of_2023_are_counted_as_the_contract_counts_them_con_3(year, client):
    """82 typed, 197 returned whose perimeter is to be confirmed, three questions: the rest is marked."""
    asked = Questionnaire.objects.get(title__contains="2023")
    assert Response.objects.filter(questionnaire=asked).count() == 82
    assert [one.kind for one in asked.forms.get().asked.questions()].count("text") == 3
    client.force_login(User.objects.get(email="mission@faubourg.example"))
    page = client.get(reverse("questionnaires:results", args=[asked.pk])).content.decode()
    assert "<dd>197, périmètre à confirmer" in page
    assert "82 réponses valides" in page
    assert not Questionnaire.objects.exclude(is_fictitious=True).exists()


def test_twenty_sheets_came_back_and_wait_to_be_typed(year):
    batch = Batch.objects.get(channel="Centre social")
    assert (batch.printed, batch.returned, batch.typings.count()) == (20, 20, 0)
    assert Response.objects.filter(questionnaire=batch.form.questionnaire, mode="online").count() == 8


def test_no_number_nor_address_may_belong_to_somebody(year):
    """SIREN 0000…, RNA W000…, addresses in .example; their keys are right all the same."""
    for organisation in Organisation.objects.filter(is_fictitious=True):
        organisation.full_clean()
        assert organisation.siret.startswith("0000")
        assert organisation.rna.startswith("W000")
        assert organisation.email.endswith(".example")
    assert not User.objects.exclude(email__endswith="@faubourg.example").exists()
    assert not Message.objects.exclude(recipient__endswith="@faubourg.example").exists()
    real = set(Contract.objects.values_list("signatories__organisation__name", flat=True))
    assert not real & {association.name for association in associations().values()}


def test_the_story_has_one_of_each_fate(year):
    assert {
        "draft",
        "incomplete",
        "inadmissible",
        "withdrawn",
        "validated",
        "notified",
        "reviewed",
    } <= states()
    assert InformationRequest.objects.filter(answered_at=None).count() == 1
    assert InformationRequest.objects.exclude(answered_at=None).exists()
    assert TabledApplication.objects.filter(carried_over=True).count() == 1
    assert set(FundingDecision.objects.values_list("outcome", flat=True)) == {
        "granted",
        "rejected",
        "deferred",
    }
    partly = FundingDecision.objects.filter(awarded_amount__gt=0)
    assert partly.filter(awarded_amount__lt=F("funding_request__requested_amount")).count() > 20
    assert {"favourable", "reserved", "unfavourable", "out_of_scope"} <= set(
        Opinion.objects.values_list("stance", flat=True)
    )
    assert Application.objects.filed().filter(is_multi_year=True).count() >= 10
    assert Application.objects.filed().filter(recurrence="renewal").count() >= 10


def test_outside_the_qpv_the_state_is_asked_once_for_a_year_with_a_local_authority(year):
    """GEO-6."""
    [outside] = Application.objects.filter(
        territories__neighbourhood__kind="pocket", funding_requests__envelope__line="p147"
    )
    assert outside.state == "notified" or outside.state == "validated"
    assert not outside.is_multi_year
    assert outside.relay_plan
    assert budget(outside).local_authority_income > 0


def test_the_expert_stands_aside_from_the_club_she_helps_to_run(year):
    """PRG-7."""
    interest = Interest.objects.get()
    assert interest.user.email == "experte@faubourg.example"
    assert Application.objects.filed().filter(applicant=interest.organisation).exists()


def test_every_filed_budget_balances(year):
    for application in Application.objects.filed():
        assert budget(application).problems == ()


def test_no_envelope_is_exceeded_and_most_are_nearly_used(year):
    """PRG-9; what the GIP proposes fits too."""
    rates = []
    for envelope in Envelope.objects.filter(call=year):
        proposals = FundingProposal.objects.filter(envelope=envelope)
        assert proposals.aggregate(total=Sum("proposed_amount"))["total"] <= envelope.amount
        decisions = FundingDecision.objects.filter(funding_request__envelope=envelope)
        awarded = decisions.aggregate(total=Sum("awarded_amount"))["total"]
        assert awarded <= envelope.amount
        rates.append(awarded / envelope.amount)
    assert len(rates) == 6
    assert min(rates) > 0.85


def test_the_treasurer_finds_a_filed_dossier_and_a_draft_she_may_still_file(year):
    """Whatever the real day: the draft is in the call open all year round."""
    hers = Application.objects.filter(
        applicant__memberships__user__email="tresoriere@faubourg.example"
    ).distinct()
    assert hers.filed().count() == 1
    draft = hers.get(state="draft")
    assert draft.call != year
    assert draft.call.state == "open"
    assert draft.need
    assert not draft.budget_lines.exists()


def test_letters_wait_for_a_person_and_some_have_left(year):
    assert AwardNotice.objects.filter(message__state="sent").count() > 10
    assert AwardNotice.objects.filter(message__state="to_review").count() > 5
    assert not Message.objects.filter(state__in=["queued", "sending", "failed"]).exists()


def test_the_journal_bears_the_dates_of_the_story(year):
    filed = Application.objects.get(title="Jardins partagés de l'Écusson")
    entry = Entry.objects.get(
        subject_type="applications.application", subject_id=filed.pk, verb="applications.submit"
    )
    assert entry.written_at == filed.submitted_at
    assert filed.submitted_at.year == 2026


# Who may come in ----------------------------------------------------------------------------------


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.name)
def test_every_role_can_log_in_and_reads_her_home_page(client, year, login):
    answer = client.post(reverse("account_login"), {"login": login.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    assert client.get(reverse("portal:home")).status_code == 200


# The command --------------------------------------------------------------------------------------


def demo(**options):
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


def test_a_second_telling_is_refused_and_says_why(year):
    with pytest.raises(CommandError, match="déjà dans cette base"):
        demo(stage="appel")


def test_if_empty_leaves_a_demonstration_as_it_is_and_prints_its_logins(year):
    before = Entry.objects.count()
    printed = demo(if_empty=True)
    assert Entry.objects.count() == before
    assert "tresoriere@faubourg.example" in printed
    assert PASSWORD in printed


# The story itself ---------------------------------------------------------------------------------


def test_each_dossier_belongs_to_an_association_of_the_story():
    assert {project.by for project in projects().values()} == set(associations())


def test_the_texts_end_like_sentences_and_no_two_are_the_same():
    told = [text for one in projects().values() for text in (one.need, one.description, one.results) if text]
    assert len(set(told)) == len(told)
    assert [text for text in told if not re.search(r"[.!»]$", text)] == []


def test_the_journal_of_the_year_is_in_french_without_a_code(year):
    """Names, choices and euros as people say them: no « act kind », no « granted », no « 4200.00 »."""
    codes = {
        str(value)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        for value, label in getattr(field, "flatchoices", ())
        if len(str(value)) > 3 and str(value) != str(label).lower()
    }
    said = [change for entry in Entry.objects.all() for change in in_words(entry).changes]

    assert len(said) > 500
    fields = {
        field.name.replace("_", " ") for model in apps.get_models() for field in model._meta.get_fields()
    }
    assert {change.label for change in said} & (fields - FRENCH_TOO) == set()
    assert {word for change in said for word in (change.before, change.after) if word in codes} == set()
    assert [change for change in said if re.fullmatch(r"\d+\.\d\d", change.after)] == []
