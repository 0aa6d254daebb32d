from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications.permissions import can_read_papers
from faubourg.applications.queries import application_detail
from faubourg.appraisal import actions, permissions, queries
from faubourg.appraisal.forms import AppraisalForm, FinalReportForm, ReasonForm
from faubourg.appraisal.views.access import attempt, open_application, press, sent
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The dossier beside its notes; posting saves them as a draft."""
    return _sheet(request, pk, "La fiche est enregistrée.")


@require_POST
def appraise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save the notes, then end the instruction."""
    return _sheet(request, pk, "L'instruction est terminée : le dossier attend un comité.", actions.appraise)


@require_POST
def take_charge(request: SignedInRequest, pk: int) -> HttpResponse:
    application = open_application(request, pk)
    press(
        request,
        lambda: actions.take_charge(application, actor=request.user, now=timezone.now()),
        "Vous instruisez ce dossier.",
    )
    return redirect("appraisal:sheet", pk)


@require_POST
def declare_admissible(request: SignedInRequest, pk: int) -> HttpResponse:
    application = open_application(request, pk)
    press(
        request,
        lambda: actions.declare_admissible(application, actor=request.user, now=timezone.now()),
        "Le dossier est recevable : place à l'instruction.",
    )
    return redirect("appraisal:sheet", pk)


@require_http_methods(["GET", "POST"])
def declare_inadmissible(request: SignedInRequest, pk: int) -> HttpResponse:
    application = open_application(request, pk)
    demand(permissions.can_appraise(who(request), application))
    form = ReasonForm(sent(request))
    done = attempt(
        form,
        lambda data: actions.declare_inadmissible(
            application, actor=request.user, now=timezone.now(), **data
        ),
    )
    if done:
        messages.success(request, "Le dossier est irrecevable ; le porteur reçoit le motif par courriel.")
        return redirect("appraisal:sheet", pk)
    context = {
        "form": form, "application": application, "heading": "Déclarer le dossier irrecevable",
        "lead": "Le porteur lira ce motif. Cette décision ne s'annule pas.", "submit": "Déclarer irrecevable",
    }  # fmt: skip
    return render(request, "appraisal/form.html", context)


@require_http_methods(["GET", "POST"])
def bypass_committee(request: SignedInRequest, pk: int) -> HttpResponse:
    application = open_application(request, pk)
    demand(permissions.can_bypass_committee(who(request), application))
    form = ReasonForm(sent(request))
    done = attempt(
        form,
        lambda data: actions.bypass_committee(application, actor=request.user, now=timezone.now(), **data),
    )
    if done:
        messages.success(request, "Le dossier passe en urgence : les financeurs peuvent décider.")
        return redirect("appraisal:sheet", pk)
    context = {
        "form": form, "application": application, "heading": "Passer en urgence, sans comité",
        "lead": "Réservé à la direction. Le motif reste au dossier et au relevé.",
        "submit": "Passer sans comité",
    }  # fmt: skip
    return render(request, "appraisal/form.html", context)


@require_http_methods(["GET", "POST"])
def note_final_report(request: SignedInRequest, pk: int) -> HttpResponse:
    application = open_application(request, pk)
    demand(permissions.can_appraise(who(request), application))
    form = FinalReportForm.about(queries.final_report_due(application), sent(request))
    done = attempt(
        form,
        lambda data: actions.note_final_report(application, actor=request.user, now=timezone.now(), **data),
    )
    if done:
        messages.success(request, "Le bilan est noté, pour tous les dossiers de ce porteur.")
        return redirect("appraisal:sheet", pk)
    context = {
        "form": form, "application": application, "heading": f"Noter le bilan {application.call.year - 1}",
        "lead": "Ce que le GIP sait du bilan de ce porteur. Un bilan pas reçu bloque un renouvellement, sauf "
        "sursis.", "submit": "Noter",
    }  # fmt: skip
    return render(request, "appraisal/form.html", context)


# --------------------------------------------------------------------------------------------------


def _sheet(
    request: SignedInRequest, pk: int, done: str, then: Callable[..., None] | None = None
) -> HttpResponse:
    application = open_application(request, pk)
    form = _form(application, sent(request))
    meanwhile = None
    if form.is_bound:
        demand(permissions.can_save_appraisal(who(request), application))
        if "X-Autosave" in request.headers:
            return _autosave(request, application, form)
        try:
            if form.is_valid():
                now = timezone.now()
                saved = actions.save_appraisal(application, actor=request.user, now=now, **form.as_saved)
                form = _with_version(form, saved.version)
                if then:
                    then(application, actor=request.user, now=now)
                messages.success(request, done)
                return redirect("appraisal:sheet", pk)
        except actions.SavedMeanwhile as clash:
            meanwhile = clash.current
            form = _with_version(form, meanwhile.version)
            show_on(form, clash)
        except Refusal as refusal:
            show_on(form, refusal)
    return render(request, "appraisal/sheet.html", _page(request, application, form, meanwhile))


def _autosave(request: SignedInRequest, application: Any, form: AppraisalForm) -> HttpResponse:
    """The sheet saves itself: the new version, or why not yet; nothing is overwritten."""
    if not form.is_valid():
        sentence = "non enregistré — une réponse est à corriger : cliquez sur Enregistrer pour voir laquelle"
        return JsonResponse({"message": sentence}, status=422)
    try:
        saved = actions.save_appraisal(
            application, actor=request.user, now=timezone.now(), is_autosave=True, **form.as_saved
        )
    except actions.SavedMeanwhile as clash:
        by = clash.current.saved_by or "quelqu'un"
        sentence = f"non enregistré — {by} a enregistré cette fiche ; cliquez sur Enregistrer pour comparer"
        return JsonResponse({"message": sentence}, status=409)
    except Refusal as refusal:
        return JsonResponse({"message": f"non enregistré — {refusal}"}, status=422)
    return JsonResponse({"version": saved.version})


@require_POST
def be_present(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page says every minute that it is open, and learns who else has it."""
    application = open_application(request, pk)
    actions.be_present(application, actor=request.user, now=timezone.now())
    return render(request, "appraisal/_presence.html", {"others": _others(request, application)})


def _others(request: SignedInRequest, application: Any) -> list[str]:
    return queries.others_present(application, request.user, timezone.now())


def _form(application: Any, data: Any) -> AppraisalForm:
    return AppraisalForm(
        data,
        sheet=queries.appraisal_of(application),
        criteria=list(application.call.criteria.all()),
        scores=queries.scores_of(application),
        requests=list(application.funding_requests.select_related("envelope__funder")),
        proposals=queries.proposals_of(application),
    )


def _with_version(form: AppraisalForm, version: int) -> AppraisalForm:
    """The same words, against the version just read: sending again is then knowing."""
    form.data = {**{name: form.data[name] for name in form.data}, "version": version}
    return form


def _page(request: SignedInRequest, application: Any, form: AppraisalForm, meanwhile: Any) -> dict[str, Any]:
    standing = who(request)
    detail = application_detail(standing, application.pk)
    notes = queries.notes_for(standing, application)
    may_appraise = permissions.can_appraise(standing, application)
    if may_appraise:
        actions.be_present(application, actor=request.user, now=timezone.now())
    return {
        "application": application,
        "detail": detail,
        "papers_are_closed": not can_read_papers(standing, application),
        "form": form,
        "meanwhile": meanwhile,
        "checks": queries.checks_for(application, localdate(), detail.answers),
        "notes": notes,
        "clock": queries.clock_of(application, notes.requests, localdate()),
        "is_late": any(not one.answered_at and one.due_on < localdate() for one in notes.requests),
        "may_appraise": may_appraise,
        "others": _others(request, application) if may_appraise else [],
        "may_save": permissions.can_save_appraisal(standing, application),
        "may_bypass": permissions.can_bypass_committee(standing, application),
        "councils": queries.councils_of(application),
    }
