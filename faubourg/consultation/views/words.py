from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, permissions, queries
from faubourg.consultation.forms import CorrectForm, KeepForm, LinkForm, RecordForm, ReviewForm, SetAsideForm
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.toolkit.asking import attempt, press, sent
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.verdict import demand


@require_GET
def words(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    filters = _filters(request)
    rows = queries.words_of(who(request), contract.pk, filters)
    context = {
        "contract": contract,
        "page": queries.page_of_words(rows, request.GET.get("page")),
        "filters": filters,
        "topics": queries.topics_of(contract.pk),
        "waiting": queries.WAITING.items(),
        "may_code": permissions.can_code(who(request), contract.pk),
        "may_consult": permissions.can_consult(who(request), contract.pk),
    }
    return render(request, "consultation/words.html", context)


@require_http_methods(["GET", "POST"])
def record_contribution(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_consult(who(request), contract.pk))
    form = RecordForm(sent(request), contract=contract)
    now = timezone.now()
    made = attempt(
        form, lambda said: actions.record_contribution(contract, actor=request.user, now=now, **said)
    )
    if made:
        messages.success(request, "La parole est enregistrée.")
        return redirect("consultation:contribution", made.pk)
    context = {"form": form, "contract": contract, "heading": "Ajouter une parole"}
    return render(request, "consultation/form.html", context)


@require_GET
def contribution(request: SignedInRequest, contribution_pk: int) -> HttpResponse:
    shown = queries.contribution_for(who(request), contribution_pk)
    may_code = permissions.can_code(who(request), shown.contract_id)
    context = {
        "contribution": shown,
        "contract": shown.contract,
        "codings": queries.codings_of(shown) if may_code else [],
        "links": queries.links_from(shown),
        "may_code": may_code,
        "may_consult": permissions.can_consult(who(request), shown.contract_id),
    }
    return render(request, "consultation/contribution.html", context)


@require_http_methods(["GET", "POST"])
def correct_contribution(request: SignedInRequest, contribution_pk: int) -> HttpResponse:
    shown = _kept(request, contribution_pk)
    form = CorrectForm(sent(request), initial={"text": shown.text})
    now = timezone.now()
    done = attempt(
        form, lambda said: actions.correct_contribution(shown, actor=request.user, now=now, **said)
    )
    return _change(request, shown, form, bool(done), "Corriger la saisie", "La saisie est corrigée.")


@require_http_methods(["GET", "POST"])
def review_contribution(request: SignedInRequest, contribution_pk: int) -> HttpResponse:
    shown = _kept(request, contribution_pk)
    form = ReviewForm(sent(request), about=shown)
    now = timezone.now()
    done = attempt(form, lambda said: actions.review_contribution(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Relire avant publication", "La parole est relue.")


@require_http_methods(["GET", "POST"])
def keep_contribution(request: SignedInRequest, contribution_pk: int) -> HttpResponse:
    shown = _kept(request, contribution_pk)
    form = KeepForm(sent(request), initial={"reason": shown.reason})
    now = timezone.now()
    done = attempt(form, lambda said: actions.keep_contribution(shown, actor=request.user, now=now, **said))
    said = "La parole est retenue. Reliez-la à un objectif."
    return _change(request, shown, form, bool(done), "Retenir cette parole", said)


@require_http_methods(["GET", "POST"])
def set_aside_contribution(request: SignedInRequest, contribution_pk: int) -> HttpResponse:
    shown = _kept(request, contribution_pk)
    form = SetAsideForm(sent(request), initial={"reason": shown.reason})
    now = timezone.now()
    done = attempt(
        form, lambda said: actions.set_aside_contribution(shown, actor=request.user, now=now, **said)
    )
    return _change(
        request, shown, form, bool(done), "Ne pas retenir cette parole", "La réponse est enregistrée."
    )


@require_http_methods(["GET", "POST"])
def link_to_objective(request: SignedInRequest, contribution_pk: int) -> HttpResponse:
    shown = _kept(request, contribution_pk)
    form = LinkForm(sent(request), contract_id=shown.contract_id)
    now = timezone.now()
    done = attempt(form, lambda said: actions.link_to_objective(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Relier à un objectif", "La parole est reliée.")


@require_POST
def unlink_from_objective(request: SignedInRequest, link_pk: int) -> HttpResponse:
    link = queries.link_for(who(request), link_pk)
    now = timezone.now()
    press(
        request,
        lambda: actions.unlink_from_objective(link, actor=request.user, now=now),
        "Le lien est retiré.",
    )
    if link.topic:
        return redirect("consultation:topics", link.topic.contract.slug)
    return redirect("consultation:contribution", link.contribution_id)


def _filters(request: SignedInRequest) -> queries.WordFilters:
    asked = request.GET.get("attente", "")
    return queries.WordFilters(
        typed=request.GET.get("q", "").strip(),
        topic=read_key(request.GET.get("theme")),
        waiting=asked if asked in queries.WAITING else "",
        gathering=read_key(request.GET.get("rencontre")),
    )


def _kept(request: SignedInRequest, contribution_pk: int) -> Any:
    """The contribution, for someone who may answer it: 404 when unseen, 403 when only read."""
    shown = queries.contribution_for(who(request), contribution_pk)
    demand(permissions.can_consult(who(request), shown.contract_id))
    return shown


def _change(
    request: SignedInRequest, shown: Any, form: forms.Form, is_done: bool, heading: str, said: str
) -> HttpResponse:
    if is_done:
        messages.success(request, said)
        return redirect("consultation:contribution", shown.pk)
    context = {
        "form": form,
        "contract": shown.contract,
        "words": shown,
        "heading": heading,
        "lead": f"« {shown.text} »",
    }
    return render(request, "consultation/form.html", context)
