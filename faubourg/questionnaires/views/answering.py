"""The page of residents: no account, no script, nothing kept of who asks (B8.2)."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.questionnaires import actions, queries
from faubourg.questionnaires.forms import GroupForm, WelcomeForm
from faubourg.questionnaires.requests import COOKIE, Progress, progress_in, remember
from faubourg.questionnaires.rules.answers import holds
from faubourg.questionnaires.rules.definition import Definition, label_of
from faubourg.questionnaires.rules.languages import LANGUAGES, RIGHT_TO_LEFT, words
from faubourg.questionnaires.states import QuestionnaireState
from faubourg.toolkit.refusal import Refusal

TRAP = "site"
"""A field that nobody sees: what fills it is a program."""


@csrf_exempt  # no account, no session: there is nothing of somebody else's to ride on, and no cookie to set
@login_not_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, public_code: str) -> HttpResponse:
    shown = queries.questionnaire_by_code(public_code)
    if shown.state != QuestionnaireState.OPEN:
        return render(request, "questionnaires/closed.html", {"questionnaire": shown})
    begun = progress_in(request)
    version = queries.form_for_answers(shown, begun.form_pk if begun else None)
    if begun is None or begun.form_pk != version.pk:
        begun = Progress(form_pk=version.pk)
    definition = version.asked
    if request.method == "GET":
        typed = request.GET.get("feuille", "")
        return _page(request, shown, definition, begun, WelcomeForm(initial={"bulletin": typed}))
    if request.POST.get(TRAP):
        return redirect("answering:done", public_code)
    return _go_on(request, shown, version, begun)


@login_not_required
@require_GET
def done(request: HttpRequest, public_code: str) -> HttpResponse:
    shown = queries.questionnaire_by_code(public_code)
    return render(request, "questionnaires/done.html", {"questionnaire": shown})


def _go_on(request: HttpRequest, shown: Any, version: Any, begun: Progress) -> HttpResponse:
    """Keep what has a sense, then go where the button says; `send` comes after the last part."""
    definition: Definition = version.asked
    form = _form(definition, begun, request.POST)
    is_right = form.is_valid()
    kept = _kept(definition, begun, form)
    language, way = request.POST.get("language", ""), request.POST.get("way", "next")
    if language in shown.languages:
        return _page(request, shown, definition, kept.but(language=language))
    if way == "restart":
        return _page(request, shown, definition, Progress(form_pk=version.pk, language=begun.language))
    if way == "back":
        return _page(request, shown, definition, kept.but(page=_before(definition, kept)))
    if not is_right:
        return _page(request, shown, definition, begun, form)
    after = _after(definition, kept)
    if after <= len(definition.groups):
        return _page(request, shown, definition, kept.but(page=after))
    return _send(request, shown, version, kept, form)


def _send(request: HttpRequest, shown: Any, version: Any, kept: Progress, form: forms.Form) -> HttpResponse:
    try:
        actions.answer(
            shown, version, content=kept.content, reference=kept.reference, language=kept.language,
            sheet=kept.sheet, now=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _mend(request, shown, version.asked, kept, refusal)
    response = redirect("answering:done", shown.public_code)
    response.delete_cookie(COOKIE, path=reverse("answering:answer", args=[shown.public_code]))
    return response


def _mend(
    request: HttpRequest, shown: Any, definition: Definition, kept: Progress, refusal: Refusal
) -> HttpResponse:
    """Back to the first part where something is missing; a sheet already answered goes back to its number."""
    page = 0
    for number, group in enumerate(definition.groups, start=1):
        if any(one.name in refusal.errors for one in group.questions):
            page = number
            break
    back = kept.but(page=page)
    typed = {name: kept.content.get(name) for name in kept.content}
    form = _form(definition, back, {**typed, "bulletin": ""})
    form.is_valid()
    for name, sentences in refusal.errors.items():
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, sentences)
    return _page(request, shown, definition, back, form)


def _form(definition: Definition, progress: Progress, data: Any = None) -> forms.Form:
    if not 1 <= progress.page <= len(definition.groups):
        return WelcomeForm(data)
    group = definition.groups[progress.page - 1]
    return GroupForm(definition, group, progress.content, progress.language, data)


def _kept(definition: Definition, begun: Progress, form: forms.Form) -> Progress:
    """What this page says replaces what it said before; a refused answer is not kept."""
    if isinstance(form, WelcomeForm):
        return begun.but(sheet=form.cleaned_data.get("bulletin", ""))
    here = {one.name for one in definition.groups[begun.page - 1].questions}
    others = {name: value for name, value in begun.content.items() if name not in here}
    said = {name: value for name, value in form.cleaned_data.items() if name in here}
    return begun.but(content={**others, **said})


def _after(definition: Definition, progress: Progress) -> int:
    """The next part that is asked; one past the last when there is none."""
    for number in range(progress.page + 1, len(definition.groups) + 1):
        group = definition.groups[number - 1]
        if group.questions and holds(group.relevant, progress.content):
            return number
    return len(definition.groups) + 1


def _before(definition: Definition, progress: Progress) -> int:
    for number in range(progress.page - 1, 0, -1):
        group = definition.groups[number - 1]
        if group.questions and holds(group.relevant, progress.content):
            return number
    return 0


def _page(
    request: HttpRequest, shown: Any, definition: Definition, progress: Progress, form: Any = None
) -> HttpResponse:
    page, language = progress.page, progress.language
    here = isinstance(form, WelcomeForm) == (page == 0)
    group = definition.groups[page - 1] if page else None
    context = {
        "questionnaire": shown,
        "form": form if form is not None and here else _form(definition, progress),
        "group": group,
        "heading": label_of(group.labels, language) if group else shown.title,
        "page": page,
        "pages": len(definition.groups),
        "is_last": page and _after(definition, progress) > len(definition.groups),
        "sealed": progress.sealed(),
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "others": [(code, LANGUAGES[code]) for code in shown.languages if code != language],
        "words": words(language),
        "trap": TRAP,
    }
    response = render(request, "questionnaires/answer.html", context)
    return remember(response, progress, request)
