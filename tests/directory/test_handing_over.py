"""People leave, dossiers stay: hand over, leave, change address; each is told and written."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from faubourg.accounts.models import User
from faubourg.accounts.queries import email_change, signed_email_change
from faubourg.accounts.rules import EmailChange
from faubourg.applications.models import Application
from faubourg.directory.actions import (
    ask_email_change,
    change_roles,
    confirm_email,
    deactivate,
    end_membership,
    invite_member,
)
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.directory.test_members import fresh, roles_of
from tests.factories import UserFactory, complete_application


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_anyone_leaves_by_oneself(cast, editor, org_admin):
    end_membership(cast.applicant, editor, actor=editor, now=NOW)

    assert roles_of(editor, cast.applicant) == frozenset()
    assert told("directory.left") == set()  # she knows
    assert Entry.objects.get(verb="directory.end_membership").actor == editor


def test_an_editor_takes_nobody_else_off(cast, editor, signatory):
    with pytest.raises(PermissionDenied):
        end_membership(cast.applicant, signatory, actor=editor, now=NOW)


def test_the_last_administrator_names_another_before_leaving(cast, client, org_admin):
    client.force_login(org_admin)
    url = reverse("directory:end_membership", args=[cast.applicant.pk, org_admin.pk])

    page = client.post(url, follow=True).content.decode().replace("&#x27;", "'")
    assert "nommez-en d'abord un autre" in page

    other = cast.member("editor", name="Suivante")
    change_roles(cast.applicant, other, actor=org_admin, roles=["administrator"], now=timezone.now())
    client.post(url)
    assert roles_of(other, cast.applicant) == {"administrator"}
    assert client.get(reverse("directory:show", args=[cast.applicant.pk])).status_code == 404


def test_whoever_is_taken_off_is_told_by_whom(cast, editor, org_admin):
    end_membership(cast.applicant, editor, actor=org_admin, now=NOW)

    assert told("directory.left") == {editor.email}
    assert told("directory.members_changed") == set()  # a matter of the organisation's own


def test_as_a_last_resort_the_gip_hands_over_and_the_administrators_know(cast, org_admin, officer):
    new = invite_member(
        cast.applicant, actor=officer, email="neuve@exemple.fr", full_name="Nina Neuve",
        roles=["administrator"], now=NOW,
    )  # fmt: skip
    assert told("directory.members_changed") == {org_admin.email}
    end_membership(cast.applicant, org_admin, actor=officer, now=NOW)

    assert roles_of(new, cast.applicant) == {"administrator"}
    assert {entry.actor for entry in Entry.objects.filter(verb__startswith="directory.")} == {officer}


def test_a_dossier_begun_by_somebody_who_left_is_finished_by_who_stays(cast, client, editor, signatory):
    draft = complete_application(
        applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope, created_by=editor
    )
    end_membership(cast.applicant, editor, actor=editor, now=timezone.now())
    url = reverse("applications:edit", args=[draft.pk, "projet"])

    client.force_login(fresh(editor))
    assert client.get(url).status_code == 404
    assert client.get(reverse("applications:index")).status_code == 200
    assert draft.title not in client.get("/").content.decode()
    client.force_login(signatory)
    assert client.get(url).status_code == 200


def test_a_member_taken_off_in_mid_form_writes_nothing_more(cast, client, editor, org_admin):
    draft = complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)
    url = reverse("applications:edit", args=[draft.pk, "projet"])
    client.force_login(editor)
    client.get(url)
    end_membership(cast.applicant, editor, actor=org_admin, now=timezone.now())

    assert client.post(url, {"title": "Écrit après"}).status_code == 404
    assert Application.objects.get(pk=draft.pk).title == draft.title


# A new address --------------------------------------------------------------------------------------


def link_of(message):
    return next(line for line in message.body.splitlines() if "/compte/adresse/" in line).split("/")[-2]


def test_a_new_address_is_proved_before_it_opens_the_account(
    cast, editor, client, django_capture_on_commit_callbacks
):
    former = editor.email
    with django_capture_on_commit_callbacks(execute=True):
        ask_email_change(editor, email=" Neuve@Exemple.fr", actor=editor, now=timezone.now())
    assert fresh(editor).email == former
    (letter,) = mail.outbox
    assert "neuve@exemple.fr" in letter.to[0]

    signed = Message.objects.get(kind="accounts.email_link")
    url = reverse("accounts:confirm_email", args=[link_of(signed)])
    assert "neuve@exemple.fr" in client.get(url).content.decode()
    assert fresh(editor).email == former  # a mail reader that opens the link changes nothing
    client.post(url)

    assert fresh(editor).email == "neuve@exemple.fr"
    assert roles_of(editor, cast.applicant) == {"editor"}
    assert told("accounts.email_changed") == {former}
    assert Entry.objects.get(verb="accounts.confirm_email").changes["courriel"] == [
        former,
        "neuve@exemple.fr",
    ]
    assert client.post(url).status_code == 410


def test_the_link_lasts_a_day_and_falls_with_the_former_address(editor):
    change = EmailChange(editor.pk, editor.email, "neuve@exemple.fr", NOW + timedelta(days=1))
    signed = signed_email_change(change)
    assert email_change(signed, NOW + timedelta(days=1, seconds=-1))
    assert email_change(signed, NOW + timedelta(days=1)) is None
    assert email_change(signed + "x", NOW) is None

    User.objects.filter(pk=editor.pk).update(email="autre@exemple.fr")
    assert email_change(signed, NOW) is None


def test_an_address_taken_meanwhile_is_refused(editor):
    change = EmailChange(editor.pk, editor.email, "neuve@exemple.fr", NOW + timedelta(days=1))
    UserFactory(email="Neuve@exemple.fr".lower())
    with pytest.raises(Refusal):
        confirm_email(signed_email_change(change), now=NOW)


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("chez moi", "nom@exemple"), ("SELF", "déjà l'adresse"), ("OTHER", "autre compte")],
)
def test_what_is_wrong_is_said(editor, signatory, email, sentence):
    email = {"SELF": editor.email, "OTHER": signatory.email}.get(email, email)
    with pytest.raises(Refusal, match=sentence):
        ask_email_change(editor, email=email, actor=editor, now=NOW)


def test_the_technical_administrator_helps_who_lost_the_mailbox_and_nobody_else(
    editor, officer, org_admin, technical_admin
):
    for other in (officer, org_admin):
        with pytest.raises(PermissionDenied):
            ask_email_change(editor, email="neuve@exemple.fr", actor=other, now=NOW)
    ask_email_change(editor, email="neuve@exemple.fr", actor=technical_admin, now=NOW)
    assert Entry.objects.get(verb="accounts.ask_email_change").actor == technical_admin


def test_a_closed_account_does_not_change_address(editor, technical_admin):
    change = EmailChange(editor.pk, editor.email, "neuve@exemple.fr", NOW + timedelta(days=1))
    deactivate(editor, actor=technical_admin, now=NOW)
    with pytest.raises(Refusal):
        confirm_email(signed_email_change(change), now=NOW)
