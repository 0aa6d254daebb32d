"""Scenarios: list and make them, write in them, compare two, adopt one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.awards import actions
from faubourg.awards.forms.scenarios import (
    CompareForm,
    ScenarioForm,
    ScenarioRowForm,
    SettingsForm,
    typed_cells,
)
from faubourg.awards.permissions import can_adopt_scenario, can_edit_scenario, can_try_scenarios
from faubourg.awards.queries.programme import Filters, programme, programme_call_for
from faubourg.awards.queries.scenarios import (
    Way,
    application_of,
    compare,
    row_of,
    scenario_for,
    scenarios_for,
    ways_for,
)
from faubourg.awards.requests import doors
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def scenarios(request: SignedInRequest, pk: int) -> HttpResponse:
    call = programme_call_for(who(request), pk, localdate())
    demand(can_try_scenarios(who(request), call.contract_id))
    ways = ways_for(who(request), call)
    form = ScenarioForm(request.POST or None, ways=ways, source=request.GET.get("copier", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_scenario(call, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(
                request, f"Scénario « {made} » créé : vous seul le voyez tant qu'il n'est pas partagé."
            )
            return redirect("awards:scenario", made.pk)
    context = {
        "call": call,
        "form": form,
        "scenarios": scenarios_for(who(request), call),
        "compare_form": CompareForm(ways=ways),
        **doors(request, call),
    }
    return render(request, "awards/scenarios.html", context)


@require_GET
def scenario(request: SignedInRequest, pk: int) -> HttpResponse:
    one = scenario_for(who(request), pk, localdate())
    may_edit = can_edit_scenario(who(request), one)
    table = programme(one.call, who(request), Filters(), scenario=one, is_mine=bool(may_edit))
    context = {
        "scenario": one,
        "call": one.call,
        "programme": table,
        "may_edit": may_edit,
        "may_adopt": can_adopt_scenario(who(request), one.call.contract_id),
        **doors(request, one.call),
    }
    return render(request, "awards/scenario.html", context)


@require_POST
def set_amounts(request: SignedInRequest, pk: int) -> JsonResponse:
    """Only the cells that changed; each comes back kept or refused, with its version."""
    one = scenario_for(who(request), pk, localdate())
    results = actions.set_amounts(one, typed_cells(request.POST), actor=request.user, now=timezone.now())
    return JsonResponse(
        {
            str(cell.request_id): {"text": cell.text, "version": cell.version, "problem": cell.problem}
            for cell in results
        }
    )


@require_http_methods(["GET", "POST"])
def scenario_row(request: SignedInRequest, pk: int, application_pk: int) -> HttpResponse:
    """One dossier of a scenario as a plain form: what is typed in the table, without JavaScript."""
    one = scenario_for(who(request), pk, localdate())
    demand(can_edit_scenario(who(request), one))
    application = application_of(one, who(request), application_pk)
    form = ScenarioRowForm(request.POST or None, rows=row_of(one, application))
    if request.method == "POST" and form.is_valid():
        results = actions.set_amounts(one, form.typed, actor=request.user, now=timezone.now())
        if not form.show(results):
            messages.success(request, f"« {application} » : enregistré dans le scénario.")
            return redirect(f"{reverse('awards:scenario', args=[one.pk])}#dossier-{application.pk}")
    context = {"scenario": one, "call": one.call, "application": application, "form": form}
    return render(request, "awards/scenario_row.html", context)


@require_http_methods(["GET", "POST"])
def edit_scenario(request: SignedInRequest, pk: int) -> HttpResponse:
    one = scenario_for(who(request), pk, localdate())
    demand(can_edit_scenario(who(request), one))
    form = SettingsForm(request.POST or None, initial={"name": one.name, "is_shared": one.is_shared})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_scenario(one, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, "Le scénario est enregistré.")
            return redirect("awards:scenario", one.pk)
    return render(request, "awards/edit_scenario.html", {"scenario": one, "call": one.call, "form": form})


@require_POST
def delete_scenario(request: SignedInRequest, pk: int) -> HttpResponse:
    one = scenario_for(who(request), pk, localdate())
    actions.delete_scenario(one, actor=request.user, now=timezone.now())
    messages.success(request, f"Le scénario « {one.name} » est supprimé.")
    return redirect("awards:scenarios", one.call_id)


@require_GET
def compare_ways(request: SignedInRequest, pk: int) -> HttpResponse:
    call = programme_call_for(who(request), pk, localdate())
    demand(can_try_scenarios(who(request), call.contract_id))
    ways = ways_for(who(request), call)
    form = CompareForm(request.GET, ways=ways)
    context: dict[str, Any] = {"call": call, "form": form, **doors(request, call)}
    if form.is_valid():
        left, right = form.cleaned_data["left"], form.cleaned_data["right"]
        context["comparison"] = compare(call, who(request), Way(left, ways[left]), Way(right, ways[right]))
    return render(request, "awards/compare.html", context)


@require_http_methods(["GET", "POST"])
def adopt_scenario(request: SignedInRequest, pk: int) -> HttpResponse:
    """What adopting changes, then the act itself."""
    one = scenario_for(who(request), pk, localdate())
    demand(can_adopt_scenario(who(request), one.call.contract_id))
    context: dict[str, Any] = {"scenario": one, "call": one.call}
    if request.method == "POST":
        try:
            changed, left = actions.adopt_scenario(one, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            context["refusals"] = [why for sentences in refusal.errors.values() for why in sentences]
        else:
            _tell(request, changed, [str(application) for application in left])
            return redirect("awards:programme", one.call_id)
    ways = ways_for(who(request), one.call)
    before, after = Way("propositions", "Propositions d'aujourd'hui"), Way(str(one.pk), ways[str(one.pk)])
    context["comparison"] = compare(one.call, who(request), before, after)
    return render(request, "awards/adopt_scenario.html", context)


# --------------------------------------------------------------------------------------------------


def _tell(request: SignedInRequest, changed: int, left: list[str]) -> None:
    many = "s" if changed > 1 else ""
    sentence = f"Scénario adopté : {changed} dossier{many} changé{many}. Les financeurs le voient."
    messages.success(request, sentence)
    if left:
        sentence = "Laissés comme ils sont (déjà décidés, ou vous y êtes lié) : " + " ; ".join(left) + "."
        messages.warning(request, sentence)
