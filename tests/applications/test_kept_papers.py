"""A paper given once to the page of the organisation answers each call that asks for its kind (ASS-1)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from faubourg.applications import actions, queries
from faubourg.applications.models import Application
from faubourg.contracts.queries import standing
from faubourg.directory.actions import add_organisation_paper, withdraw_organisation_paper
from faubourg.directory.models import OrganisationPaper
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.applications.test_papers import png
from tests.conftest import NOW, TODAY
from tests.factories import BankDetailsFactory, EnvelopeFactory, RequiredPaperFactory, complete_application


@pytest.fixture
def draft(cast):
    return complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)


def keep(cast, actor, kind="statutes", **fields):
    return add_organisation_paper(
        cast.applicant, kind=kind, upload=png(f"{kind}.png"), actor=actor, now=NOW, **fields
    )


def submit(draft, signatory):
    actions.submit(Application.objects.get(pk=draft.pk), actor=signatory, now=NOW)
    return Application.objects.get(pk=draft.pk)


def test_a_dossier_is_filed_with_the_paper_of_the_page_and_keeps_it(cast, draft, editor, signatory):
    RequiredPaperFactory(call=cast.call, kind="statutes")
    assert [one.sentence for one in queries.blocking_problems(draft, TODAY)] == [
        "Joignez la pièce « Statuts »."
    ]
    kept = keep(cast, editor)
    assert queries.blocking_problems(draft, TODAY) == []

    filed = submit(draft, signatory)
    withdraw_organisation_paper(kept, actor=editor, now=NOW)
    keep(cast, editor)

    assert [paper.document for paper in filed.papers.all()] == [kept.document]
    assert Entry.objects.filter(verb="applications.take_kept_paper").count() == 1


def test_a_paper_past_its_date_does_not_answer(cast, draft, editor, signatory):
    RequiredPaperFactory(call=cast.call, kind="insurance")
    keep(cast, editor, kind="insurance", valid_until=TODAY)

    assert queries.blocking_problems(draft, TODAY) == []
    assert queries.blocking_problems(draft, TODAY.replace(day=2)) != []
    with pytest.raises(Refusal, match="Joignez"):
        actions.submit(draft, actor=signatory, now=NOW.replace(day=2))


def test_the_version_joined_to_the_dossier_is_the_one_filed(cast, draft, editor, signatory):
    wanted = RequiredPaperFactory(call=cast.call, kind="statutes")
    keep(cast, editor)
    joined = actions.attach_paper(draft, png(), required_paper=wanted, actor=editor, now=NOW)

    assert [paper.pk for paper in submit(draft, signatory).papers.all()] == [joined.pk]


def test_another_organisation_answers_nothing(cast, draft, stranger):
    RequiredPaperFactory(call=cast.call, kind="statutes")
    other = type(cast.applicant).objects.get(pk=next(iter(standing(stranger, TODAY).memberships)))
    add_organisation_paper(other, kind="statutes", upload=png(), actor=stranger, now=NOW)

    assert queries.blocking_problems(draft, TODAY) != []


def test_after_filing_a_change_of_the_page_moves_nothing(cast, draft, editor, signatory):
    RequiredPaperFactory(call=cast.call, kind="statutes", is_required=False)
    filed = submit(draft, signatory)
    keep(cast, editor)

    assert not filed.papers.exists()
    assert not queries.wanted_papers(filed, TODAY).get().is_given


def test_the_form_says_where_the_paper_comes_from(cast, client, draft, editor):
    RequiredPaperFactory(call=cast.call, kind="statutes")
    page = reverse("applications:edit", args=[draft.pk, "pieces"])
    client.force_login(editor)
    assert "Joignez-la une fois" in client.get(page).content.decode()

    keep(cast, editor)
    assert "elle sera reprise au dépôt" in client.get(page).content.decode()


# The RIB is not in the dossier ----------------------------------------------------------------------


def test_the_account_typed_on_the_page_answers_a_call_that_asks_for_it(cast, draft, signatory):
    RequiredPaperFactory(call=cast.call, kind="bank", label="RIB")
    assert queries.blocking_problems(draft, TODAY) != []

    BankDetailsFactory(organisation=cast.applicant, state="to_confirm")
    assert queries.blocking_problems(draft, TODAY) == []
    assert not submit(draft, signatory).papers.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [("signatory", 200), ("org_admin", 200), ("editor", 403), ("director", 200), ("finance", 200),
     ("officer", 403), ("state_officer", 403), ("expert", 403)],
)  # fmt: skip
def test_a_rib_joined_all_the_same_is_read_as_the_rib_is(role, status, cast, draft, client, request):
    person, author = request.getfixturevalue(role), cast.member("editor", "signatory", name="Autre")
    wanted = RequiredPaperFactory(call=cast.call, kind="bank", label="RIB")
    paper = actions.attach_paper(draft, png(), required_paper=wanted, actor=author, now=NOW)
    submit(draft, author)
    client.force_login(person)

    response = client.get(reverse("applications:paper", args=[draft.pk, paper.pk]))
    b"".join(response)
    response.close()
    assert response.status_code == status


# PAR-4 ------------------------------------------------------------------------------------------------


@pytest.fixture
def aid(cast):
    """What the county gives to a social centre, and to nobody else."""
    return EnvelopeFactory(call=cast.call, funder=cast.county, line="structure")


def structure_problems(dossier, day=TODAY):
    return [one for one in queries.blocking_problems(dossier, day) if one.field.startswith("asked-")]


@pytest.mark.parametrize(
    ("first", "last", "is_refused"),
    [
        (None, TODAY - timedelta(days=1), True),
        (None, TODAY, False),
        (TODAY, None, False),
        (TODAY + timedelta(days=1), None, True),
    ],
)
def test_an_aid_to_a_structure_needs_the_agreement_of_the_caf_on_that_day(
    cast, editor, aid, first, last, is_refused
):
    """PAR-4: missing or expired, it blocks this line, on each side of its last day."""
    dossier = complete_application(applicant=cast.applicant, call=cast.call, envelope=aid)
    assert [one.field for one in structure_problems(dossier)] == [f"asked-{aid.pk}"]

    paper = keep(cast, editor, "social_centre")
    OrganisationPaper.objects.filter(pk=paper.pk).update(valid_from=first, valid_until=last)
    assert bool(structure_problems(Application.objects.get(pk=dossier.pk))) is is_refused


def test_without_the_agreement_the_rest_of_the_dossier_stands(cast, editor, aid):
    """PAR-4: the line is refused, never the dossier."""
    dossier = complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)
    assert structure_problems(dossier) == []

    actions.save_part(dossier, "budget", {"asked": {aid.pk: Decimal(500)}}, actor=editor, now=NOW)
    sentence = structure_problems(Application.objects.get(pk=dossier.pk))[0].sentence
    assert "aide à la structure" in sentence
    assert "Le reste du dossier n'est pas en cause." in sentence

    actions.save_part(dossier, "budget", {"asked": {aid.pk: None}}, actor=editor, now=NOW)
    assert structure_problems(Application.objects.get(pk=dossier.pk)) == []


def test_an_agreement_withdrawn_no_longer_opens_the_aid(cast, editor, aid):
    dossier = complete_application(applicant=cast.applicant, call=cast.call, envelope=aid)
    paper = keep(cast, editor, "social_centre")
    assert structure_problems(Application.objects.get(pk=dossier.pk)) == []

    withdraw_organisation_paper(paper, actor=editor, now=NOW)
    assert structure_problems(Application.objects.get(pk=dossier.pk)) != []
