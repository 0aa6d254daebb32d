from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, permissions, queries
from faubourg.consultation.forms import ContactForm, EndMandateForm, MemberForm, SessionForm
from faubourg.consultation.views.councils import change_council, kept_council
from faubourg.contracts.requests import who
from faubourg.toolkit.asking import attempt, sent
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def seat_member(request: SignedInRequest, council_pk: int) -> HttpResponse:
    shown = kept_council(request, council_pk)
    form = MemberForm(sent(request))
    now = timezone.now()
    done = attempt(form, lambda said: actions.seat_member(shown, actor=request.user, now=now, **said))
    return change_council(request, shown, form, bool(done), "Inscrire un membre")


@require_http_methods(["GET", "POST"])
def end_mandate(request: SignedInRequest, member_pk: int) -> HttpResponse:
    shown = _kept(request, member_pk)
    form = EndMandateForm(sent(request))
    now = timezone.now()
    done = attempt(form, lambda said: actions.end_mandate(shown, actor=request.user, now=now, **said))
    return change_council(request, shown.council, form, bool(done), f"Fin du mandat de {shown}")


@require_http_methods(["GET", "POST"])
def set_contact(request: SignedInRequest, member_pk: int) -> HttpResponse:
    shown = _kept(request, member_pk)
    form = ContactForm(sent(request), about=queries.contact_of(shown))
    now = timezone.now()
    done = attempt(form, lambda said: actions.set_contact(shown, actor=request.user, now=now, **said))
    return change_council(request, shown.council, form, bool(done), f"Coordonnées de {shown}")


@require_http_methods(["GET", "POST"])
def note_session(request: SignedInRequest, council_pk: int) -> HttpResponse:
    shown = kept_council(request, council_pk)
    form = SessionForm(sent(request), council=shown)
    now = timezone.now()
    done = attempt(form, lambda said: actions.note_session(shown, actor=request.user, now=now, **said))
    return change_council(request, shown, form, bool(done), "Noter une réunion du conseil")


def _kept(request: SignedInRequest, member_pk: int) -> Any:
    """The member, for someone who may keep the register: 404 when unseen, 403 when only read."""
    shown = queries.member_for(request.user, member_pk, localdate())
    demand(permissions.can_keep_councils(who(request), shown.council.contract_id))
    return shown
