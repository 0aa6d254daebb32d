from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.calls import actions, permissions, queries
from faubourg.calls.forms import (
    AnswerForm,
    CreateForm,
    EnvelopeForm,
    OpenForm,
    PostponeForm,
    SectionForm,
    done,
    section_form,
)
from faubourg.calls.states import CallState, Section
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.toolkit.verdict import demand

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def _typed(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    standing, today = who(request), localdate()
    page = Paginator(queries.calls_for(standing), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.with_phases(page.object_list, today),
        "may_create": bool(permissions.can_create_somewhere(standing)),
        "today": today,
    }
    return render(request, "calls/index.html", context)


@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    standing, today = who(request), localdate()
    call = queries.call_for(standing, pk)
    context = {
        "call": call,
        "detail": queries.call_detail(call, today),
        "may": permissions.verdicts(standing, call, today),
        "own_funders": permissions.own_funders(standing, call),
        "own_councils": permissions.own_councils(standing, call),
        "may_apply": bool(standing.memberships),
        "opening": queries.opening_of(call, today) if call.is_draft else None,
        "today": today,
    }
    return render(request, "calls/show.html", context)


@require_GET
def guidelines(request: SignedInRequest, pk: int) -> FileResponse:
    call = queries.call_for(who(request), pk)
    if call.guidelines_document is None:
        raise Http404
    return as_download(call.guidelines_document)


@read_or_write
def create(request: SignedInRequest) -> HttpResponse:
    standing = who(request)
    demand(permissions.can_create_somewhere(standing))
    contract = queries.contract_to_write(standing, request.GET.get("contrat", ""))
    if contract is None:
        contracts = queries.contracts_to_write(standing)
        return render(request, "calls/choose_contract.html", {"contracts": contracts})
    last = queries.last_call(contract.pk)
    form = CreateForm(_typed(request), last=last, today=localdate())
    call = done(form, actions.create, contract, actor=request.user, now=timezone.now())
    if call:
        messages.success(
            request, f"« {call} » est en préparation. Vérifiez chaque partie, puis ouvrez l'appel."
        )
        return redirect("calls:edit", call.pk)
    return render(request, "calls/create.html", {"contract": contract, "form": form, "last": last})


@read_or_write
def edit(request: SignedInRequest, pk: int, section: str = Section.FRAMING.value) -> HttpResponse:
    standing = who(request)
    call = queries.call_for(standing, pk)
    demand(permissions.can_edit(standing, call))
    form = section_form(section, call, _typed(request), request.FILES)
    if form.save(actor=request.user, now=timezone.now()):
        messages.success(request, f"{form.section.label} : enregistré.")
        return _after_saving(form) if "next" in request.POST else redirect("calls:edit", pk, section)
    context = {
        "call": queries.call_for(standing, pk),  # as it is, not as it was typed
        "form": form,
        "steps": [
            {"label": one.label, "url": reverse("calls:edit", args=[pk, one.section]), "state": one.state}
            for one in queries.section_steps(call, form.section, localdate())
        ],
    }
    return render(request, "calls/edit.html", context)


def _after_saving(form: SectionForm) -> HttpResponse:
    following = form.next_section
    return (
        redirect("calls:edit", form.call.pk, following) if following else redirect("calls:show", form.call.pk)
    )


@read_or_write
def open(request: SignedInRequest, pk: int) -> HttpResponse:
    standing, now = who(request), timezone.now()
    call = queries.call_for(standing, pk)
    demand(permissions.can_open(standing, call))
    if not call.is_draft:
        messages.info(request, f"C'est déjà fait : « {call} » est {call.get_state_display().lower()}.")
        return redirect("calls:show", pk)
    opening = queries.opening_of(call, localdate(now))
    excused = permissions.can_open_without_consultation(standing, call)
    needs_reason = call.is_draft and bool(opening.silences) and bool(excused)
    form = OpenForm(_typed(request), needs_reason=needs_reason)
    if done(form, actions.open, call, actor=request.user, now=now):
        messages.success(request, f"« {call} » est ouvert : les porteurs le voient.")
        return redirect("calls:show", pk)
    context = {"call": call, "form": form, "opening": opening, "excused": excused}
    return render(request, "calls/open.html", context)


@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    call = queries.call_for(who(request), pk)
    if call.state == CallState.CLOSED and permissions.can_close(who(request), call, localdate()):
        messages.info(request, f"C'est déjà fait : « {call} » est clos.")
        return redirect("calls:show", pk)
    actions.close(call, actor=request.user, now=timezone.now())
    messages.success(request, f"« {call} » est clos. Les dossiers déposés suivent leur cours.")
    return redirect("calls:show", pk)


@read_or_write
def postpone(request: SignedInRequest, pk: int) -> HttpResponse:
    standing = who(request)
    call = queries.call_for(standing, pk)
    demand(permissions.can_postpone(standing, call))
    form = PostponeForm(_typed(request))
    if done(form, actions.postpone, call, actor=request.user, now=timezone.now()):
        messages.success(request, "L'appel est prolongé ; la nouvelle date et le motif sont publiés.")
        return redirect("calls:show", pk)
    return render(request, "calls/postpone.html", {"call": call, "form": form})


@read_or_write
def set_envelope(request: SignedInRequest, pk: int, envelope_pk: int) -> HttpResponse:
    standing = who(request)
    call = queries.call_for(standing, pk)
    envelope = queries.envelope_for(call, envelope_pk)
    demand(permissions.can_set_envelope(standing, envelope))
    form = EnvelopeForm(_typed(request), initial={"amount": envelope.amount, "version": call.version})
    if done(form, actions.set_envelope, envelope, actor=request.user, now=timezone.now()):
        messages.success(request, f"Enveloppe « {envelope} » enregistrée.")
        return redirect("calls:show", pk)
    context = {"call": call, "envelope": queries.envelope_for(call, envelope_pk), "form": form}
    return render(request, "calls/set_envelope.html", context)


@read_or_write
def answer_consultation(request: SignedInRequest, pk: int, consultation_pk: int) -> HttpResponse:
    standing = who(request)
    call = queries.call_for(standing, pk)
    consultation = queries.consultation_for(call, consultation_pk)
    demand(permissions.can_answer_consultation(standing, consultation))
    said = consultation.answer
    form = AnswerForm(_typed(request), initial={"answer": said, "seen": said})
    if done(form, actions.answer_consultation, consultation, actor=request.user, now=timezone.now()):
        messages.success(request, "La réponse de votre conseil est enregistrée et publiée avec l'appel.")
        return redirect("calls:show", pk)
    context: dict[str, Any] = {"call": call, "consultation": consultation, "form": form}
    return render(request, "calls/answer_consultation.html", context)
