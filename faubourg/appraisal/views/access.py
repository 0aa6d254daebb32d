"""The door of every page about a dossier under examination, and what they share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.utils import timezone

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications.queries import application_for
from faubourg.appraisal import actions, queries
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


def open_application(request: SignedInRequest, pk: int) -> Any:
    """The dossier: 404 when unseen; 403, written in the journal, for whoever is tied to it (PRG-7)."""
    application = application_for(who(request), pk)
    stand_aside(request, application)
    return application


def stand_aside(request: SignedInRequest, application: Any) -> None:
    if who(request).is_tied_to(application.applicant_id):
        actions.keep_aside(application, actor=request.user, page=request.path, now=timezone.now())
    demand(queries.may_read_notes(who(request), application))


def open_tabled(request: SignedInRequest, pk: int, tabled_pk: int) -> Any:
    """A dossier before a committee: nobody tied to it, nobody who has gone out of the room for it."""
    shown = queries.tabled_for(who(request), pk, tabled_pk)
    stand_aside(request, shown.application)
    return shown


def other_meetings(request: SignedInRequest, shown: Any) -> list[Any]:
    """Where a dossier may be carried over to."""
    found = queries.committee_meetings(who(request), shown.application)
    return [meeting for meeting in found if meeting.pk != shown.item.meeting_id]


def sent(request: SignedInRequest) -> Any:
    """What was posted; None when the page is only looked at, so that nothing is called missing."""
    return request.POST if request.method == "POST" else None


def press(request: SignedInRequest, act: Callable[[], Any], done: str) -> None:
    """A button: do it and say so, or say on the same page why it cannot be done yet."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def attempt(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Do it when the form stands; a refusal of the rules comes back beside its field."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refusal as refusal:
        show_on(form, refusal)
        return False
    return True
