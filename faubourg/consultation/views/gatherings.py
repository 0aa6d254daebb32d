from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, exports, permissions, queries
from faubourg.consultation.forms import AttendeesForm, GatheringForm, MinutesForm, TypingForm, ValidationForm
from faubourg.contracts.requests import who
from faubourg.toolkit.asking import attempt, press, sent
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.verdict import demand


@require_GET
def gathering(request: SignedInRequest, gathering_pk: int) -> HttpResponse:
    shown = queries.gathering_for(who(request), gathering_pk)
    may_consult = permissions.can_consult(who(request), shown.consultation.contract_id)
    minutes = queries.minutes_of(shown)
    context = {
        "gathering": shown,
        "questions": queries.questions_of(shown),
        "tables": queries.tables_of(shown),
        "attendance": queries.attendance_of(shown),
        "minutes": minutes if may_consult or (minutes and minutes.published_on) else None,
        "words_count": queries.words_count(shown),
        "may_consult": may_consult,
    }
    return render(request, "consultation/gathering.html", context)


@require_http_methods(["GET", "POST"])
def add_gathering(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.consultation_for(who(request), pk)
    demand(permissions.can_consult(who(request), shown.contract_id))
    form = GatheringForm(sent(request), contract=shown.contract)
    now = timezone.now()
    made = attempt(form, lambda said: actions.add_gathering(shown, actor=request.user, now=now, **said))
    if made:
        messages.success(request, "La rencontre est ajoutée. Imprimez les fiches des tables.")
        return redirect("consultation:gathering", made.pk)
    context = {
        "form": form,
        "contract": shown.contract,
        "consultation": shown,
        "heading": "Ajouter une rencontre",
    }
    return render(request, "consultation/form.html", context)


@require_http_methods(["GET", "POST"])
def amend_gathering(request: SignedInRequest, gathering_pk: int) -> HttpResponse:
    shown = _kept(request, gathering_pk)
    form = GatheringForm(sent(request), contract=shown.consultation.contract, about=shown)
    now = timezone.now()
    done = attempt(form, lambda said: actions.amend_gathering(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Modifier la rencontre", "La rencontre est modifiée.")


@require_http_methods(["GET", "POST"])
def count_attendees(request: SignedInRequest, gathering_pk: int) -> HttpResponse:
    shown = _kept(request, gathering_pk)
    form = AttendeesForm(sent(request), about=shown, counts=queries.counts_of(shown))
    now = timezone.now()
    done = attempt(form, lambda said: actions.count_attendees(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Compter les participants", "Le compte est enregistré.")


@require_http_methods(["GET", "POST"])
def write_minutes(request: SignedInRequest, gathering_pk: int) -> HttpResponse:
    shown = _kept(request, gathering_pk)
    form = MinutesForm(sent(request), about=queries.minutes_of(shown))
    now = timezone.now()
    done = attempt(form, lambda said: actions.write_minutes(shown, actor=request.user, now=now, **said))
    return _change(
        request, shown, form, bool(done), "Rédiger le compte rendu", "Le compte rendu est enregistré."
    )


@require_http_methods(["GET", "POST"])
def validate_minutes(request: SignedInRequest, gathering_pk: int) -> HttpResponse:
    shown = _kept(request, gathering_pk)
    form = ValidationForm(sent(request))
    now = timezone.now()
    done = attempt(form, lambda said: actions.validate_minutes(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Noter la validation", "Le compte rendu est validé.")


@require_POST
def publish_minutes(request: SignedInRequest, gathering_pk: int) -> HttpResponse:
    shown = queries.gathering_for(who(request), gathering_pk)
    now = timezone.now()
    press(
        request, lambda: actions.publish_minutes(shown, actor=request.user, now=now),
        "Le compte rendu est diffusé.",
    )  # fmt: skip
    return redirect("consultation:gathering", gathering_pk)


@require_http_methods(["GET", "POST"])
def take_down(request: SignedInRequest, gathering_pk: int) -> HttpResponse:
    """Enter types the next one; the table and the question stay chosen."""
    shown = _kept(request, gathering_pk)
    chosen = {name: read_key(request.GET.get(name)) for name in ("table", "question")}
    form = TypingForm(sent(request), about=shown, kept=chosen, goes_on="suite" in request.GET)
    now = timezone.now()
    if attempt(form, lambda said: actions.take_down(shown, actor=request.user, now=now, **said)):
        kept = {name: one.pk for name in chosen if (one := form.cleaned_data[name])} | {"suite": "oui"}
        return redirect(f"{reverse('consultation:take_down', args=[shown.pk])}?{urlencode(kept)}")
    context = {
        "form": form,
        "gathering": shown,
        "latest": queries.latest_words(shown),
        "words_count": queries.words_count(shown),
    }
    return render(request, "consultation/take_down.html", context)


@require_GET
def sheets(request: SignedInRequest, gathering_pk: int) -> HttpResponse:
    shown = _kept(request, gathering_pk)
    typing = request.build_absolute_uri(reverse("consultation:take_down", args=[shown.pk]))
    pdf = exports.sheets_pdf(
        shown,
        tables=list(queries.tables_of(shown)),
        questions=list(queries.questions_of(shown)),
        address_of=lambda table: f"{typing}?table={table.pk}" if table else typing,
        now=timezone.now(),
    )
    headers = {"Content-Disposition": f'attachment; filename="fiches-{localdate():%Y-%m-%d}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _kept(request: SignedInRequest, gathering_pk: int) -> Any:
    """The gathering, for someone who may keep it: 404 when unseen, 403 when only read."""
    shown = queries.gathering_for(who(request), gathering_pk)
    demand(permissions.can_consult(who(request), shown.consultation.contract_id))
    return shown


def _change(
    request: SignedInRequest, shown: Any, form: forms.Form, is_done: bool, heading: str, said: str
) -> HttpResponse:
    if is_done:
        messages.success(request, said)
        return redirect("consultation:gathering", shown.pk)
    context = {
        "form": form,
        "contract": shown.consultation.contract,
        "consultation": shown.consultation,
        "gathering": shown,
        "heading": heading,
    }
    return render(request, "consultation/form.html", context)
