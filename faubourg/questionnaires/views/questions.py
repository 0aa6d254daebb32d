from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.questionnaires import actions, permissions, queries
from faubourg.questionnaires.forms import GroupNameForm, QuestionForm
from faubourg.questionnaires.rules import building
from faubourg.questionnaires.rules.answers import condition_in_words
from faubourg.questionnaires.rules.definition import Definition
from faubourg.toolkit.asking import attempt, press, sent
from faubourg.toolkit.verdict import demand


@require_GET
def questions(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, version = _written(request, pk)
    definition = version.asked
    numbers = definition.numbers()
    parts = [
        (group, [(one, numbers.get(one.name), condition_in_words(definition, one.relevant))
                 for one in group.questions])
        for group in definition.groups
    ]  # fmt: skip
    context = {
        "questionnaire": shown,
        "contract": shown.contract,
        "version": version,
        "parts": parts,
        "derogations": shown.derogations.all(),
        "may_derogate": permissions.can_derogate(who(request), shown.contract_id),
    }
    return render(request, "questionnaires/questions.html", context)


@require_http_methods(["GET", "POST"])
def add_question(request: SignedInRequest, pk: int) -> HttpResponse:
    return _write(request, pk, None)


@require_http_methods(["GET", "POST"])
def amend_question(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    return _write(request, pk, name)


@require_POST
def move_question(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    shown, version = _written(request, pk)
    changed = building.moved(version.asked, name, request.POST.get("way", building.UP))
    _keep(request, shown, changed, "La question est déplacée.")
    return redirect("questionnaires:questions", pk)


@require_POST
def remove_question(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    shown, version = _written(request, pk)
    _keep(request, shown, building.without_question(version.asked, name), "La question est retirée.")
    return redirect("questionnaires:questions", pk)


@require_http_methods(["GET", "POST"])
def add_group(request: SignedInRequest, pk: int) -> HttpResponse:
    return _name(request, pk, None)


@require_http_methods(["GET", "POST"])
def rename_group(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    return _name(request, pk, name)


@require_POST
def remove_empty_groups(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, version = _written(request, pk)
    kept = building.without_empty_groups(version.asked)
    _keep(request, shown, kept, "Les parties vides sont retirées.")
    return redirect("questionnaires:questions", pk)


def _write(request: SignedInRequest, pk: int, name: str | None) -> HttpResponse:
    shown, version = _written(request, pk)
    definition = version.asked
    about = next((one for one in definition.questions() if one.name == name), None)
    if name is not None and about is None:
        raise Http404
    form = QuestionForm(sent(request), definition=definition, languages=shown.languages, about=about)
    now = timezone.now()

    def act(said: dict[str, Any]) -> Any:
        changed = building.with_question(definition, said["question"], said["group"])
        return actions.save_form(shown, changed, actor=request.user, now=now)

    if attempt(form, act):
        messages.success(request, "La question est enregistrée.")
        return redirect("questionnaires:questions", pk)
    heading = "Modifier une question" if about else "Ajouter une question"
    return _page(request, shown, form, heading)


def _name(request: SignedInRequest, pk: int, name: str | None) -> HttpResponse:
    shown, version = _written(request, pk)
    definition = version.asked
    known = {group.name: group.labels for group in definition.groups}
    if name is not None and name not in known:
        raise Http404
    form = GroupNameForm(sent(request), languages=shown.languages, labels=known.get(name or ""))
    now = timezone.now()
    bearer = name or building.fresh_name("p", known)

    def act(said: dict[str, Any]) -> Any:
        changed = building.with_group_named(definition, bearer, said["labels"])
        return actions.save_form(shown, changed, actor=request.user, now=now)

    if attempt(form, act):
        messages.success(request, "La partie est enregistrée.")
        return redirect("questionnaires:questions", pk)
    return _page(request, shown, form, "Renommer une partie" if name else "Ajouter une partie")


def _keep(request: SignedInRequest, shown: Any, changed: Definition, said: str) -> None:
    now = timezone.now()
    press(request, lambda: actions.save_form(shown, changed, actor=request.user, now=now), said)


def _written(request: SignedInRequest, pk: int) -> Any:
    """The questionnaire and the version being written, for someone who may write it."""
    shown = queries.questionnaire_for(who(request), pk)
    demand(permissions.can_survey(who(request), shown.contract_id))
    return shown, queries.latest_form(shown)


def _page(request: SignedInRequest, shown: Any, form: Any, heading: str) -> HttpResponse:
    context = {"form": form, "contract": shown.contract, "questionnaire": shown, "heading": heading}
    return render(request, "questionnaires/form.html", {**context, "in_questions": True})
