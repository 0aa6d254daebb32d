from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.questionnaires import actions, exports, permissions, queries
from faubourg.questionnaires.forms import (
    BatchCountsForm,
    BatchForm,
    BulletinForm,
    SettlingForm,
)
from faubourg.questionnaires.rules import bulletins
from faubourg.questionnaires.rules.keying import differences_between
from faubourg.toolkit.asking import attempt, sent
from faubourg.toolkit.verdict import demand


@require_GET
def batches(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.questionnaire_for(who(request), pk)
    context = {
        "questionnaire": shown,
        "contract": shown.contract,
        "counters": queries.counters_of(shown),
        "reasons": queries.reasons_of(shown),
        "figures": queries.figures_told(shown),
        "may_survey": permissions.can_survey(who(request), shown.contract_id),
        "may_type": permissions.can_type(who(request), shown.contract_id),
    }
    return render(request, "questionnaires/batches.html", context)


@require_http_methods(["GET", "POST"])
def print_batch(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.questionnaire_for(who(request), pk)
    demand(permissions.can_survey(who(request), shown.contract_id))
    form = BatchForm(sent(request), about=shown)
    now = timezone.now()
    made = attempt(form, lambda said: actions.print_batch(shown, actor=request.user, now=now, **said))
    if made:
        messages.success(request, "Le lot est prêt : imprimez ses bulletins.")
        return redirect("questionnaires:batch", made.pk)
    return _page(request, shown, form, "Préparer un lot de bulletins")


@require_GET
def batch(request: SignedInRequest, batch_pk: int) -> HttpResponse:
    shown = _typed(request, batch_pk)
    work = queries.work_of(shown)
    context = {
        "batch": shown,
        "questionnaire": shown.form.questionnaire,
        "contract": shown.form.questionnaire.contract,
        "work": work,
        "once": [bulletins.written(number) for number in work.once],
        "differ": [(number, bulletins.written(number)) for number in work.differ],
    }
    return render(request, "questionnaires/batch.html", context)


@require_GET
def bulletins_pdf(request: SignedInRequest, batch_pk: int) -> HttpResponse:
    shown = _typed(request, batch_pk)
    path = reverse("answering:answer", args=[shown.form.questionnaire.public_code])
    address = request.build_absolute_uri(path)
    pdf = exports.bulletins_pdf(
        shown, address_of=lambda number: f"{address}?feuille={number}", now=timezone.now()
    )
    headers = {"Content-Disposition": f'attachment; filename="bulletins-{shown.first_number}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
def count_batch(request: SignedInRequest, batch_pk: int) -> HttpResponse:
    shown = _typed(request, batch_pk)
    form = BatchCountsForm(sent(request), about=shown)
    now = timezone.now()
    if attempt(form, lambda said: actions.count_batch(shown, actor=request.user, now=now, **said)):
        messages.success(request, "Le compte du lot est enregistré.")
        return redirect("questionnaires:batch", shown.pk)
    return _page(request, shown.form.questionnaire, form, f"Compter le lot {shown}")


@require_http_methods(["GET", "POST"])
def type_bulletin(request: SignedInRequest, batch_pk: int) -> HttpResponse:
    """One key per answer, Enter for the next one; the sheet done, the same page waits for the next."""
    shown = _typed(request, batch_pk)
    form = BulletinForm(sent(request), definition=shown.form.asked)
    now = timezone.now()
    made = attempt(form, lambda said: actions.type_bulletin(shown, actor=request.user, now=now, **said))
    if made:
        messages.success(request, f"Le bulletin {bulletins.written(made.bulletin)} est saisi.")
        return redirect("questionnaires:type_bulletin", shown.pk)
    context = {
        "form": form,
        "batch": shown,
        "questionnaire": shown.form.questionnaire,
        "contract": shown.form.questionnaire.contract,
    }
    return render(request, "questionnaires/type.html", context)


@require_http_methods(["GET", "POST"])
def settle_bulletin(request: SignedInRequest, batch_pk: int, bulletin: int) -> HttpResponse:
    shown = _typed(request, batch_pk)
    typings = list(queries.typings_of(shown, bulletin))
    if len(typings) != 2:
        raise Http404
    differing = differences_between(shown.form.asked, typings[0].content, typings[1].content)
    form = SettlingForm(sent(request), differing=differing, typings=typings)
    now = timezone.now()
    act = lambda said: actions.settle_bulletin(  # noqa: E731
        shown, actor=request.user, bulletin=bulletin, now=now, **said
    )
    if attempt(form, act):
        messages.success(request, "Le bulletin est arbitré.")
        return redirect("questionnaires:batch", shown.pk)
    heading = f"Arbitrer le bulletin {bulletins.written(bulletin)}"
    return _page(request, shown.form.questionnaire, form, heading)


@require_GET
def find_bulletin(request: SignedInRequest, batch_pk: int) -> HttpResponse:
    """From a number copied from a sheet to the answer it gave."""
    shown = _typed(request, batch_pk)
    number = bulletins.read(request.GET.get("numero", ""))
    if number is None:
        messages.error(request, "Ce numéro est faux : recopiez les sept chiffres.")
        return redirect("questionnaires:batch", shown.pk)
    return redirect("questionnaires:response", queries.response_of(shown, number).pk)


def _typed(request: SignedInRequest, batch_pk: int) -> Any:
    """The batch, for someone who may type it: 404 when unseen, 403 when only read."""
    shown = queries.batch_for(who(request), batch_pk)
    demand(permissions.can_type(who(request), shown.form.questionnaire.contract_id))
    return shown


def _page(request: SignedInRequest, shown: Any, form: Any, heading: str) -> HttpResponse:
    context = {"form": form, "contract": shown.contract, "questionnaire": shown, "heading": heading}
    return render(request, "questionnaires/form.html", context)
