from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, permissions, queries
from faubourg.consultation.forms import CodingForm, LinkForm, SettleForm, TopicForm
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.toolkit.asking import attempt, press, sent
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def code_contribution(request: SignedInRequest, slug: str) -> HttpResponse:
    """One at a time; the answer of the other reader is not shown."""
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_code(who(request), contract.pk))
    asked = read_key(request.POST.get("contribution"))
    shown = (
        queries.contribution_for(who(request), asked)
        if asked
        else queries.next_to_code(contract.pk, request.user.pk)
    )
    form = CodingForm(sent(request), contract_id=contract.pk)
    now = timezone.now()
    if shown and attempt(
        form, lambda said: actions.code_contribution(shown, actor=request.user, now=now, **said)
    ):
        return redirect("consultation:code_contribution", slug)
    left = queries.left_to_code(contract.pk, request.user.pk)
    context = {"contract": contract, "contribution": shown, "form": form, "left": left}
    return render(request, "consultation/code.html", context)


@require_GET
def readings(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_code(who(request), contract.pk))
    context = {
        "contract": contract,
        "readings": queries.readings_of(contract.pk),
        "may_consult": permissions.can_consult(who(request), contract.pk),
    }
    return render(request, "consultation/readings.html", context)


@require_http_methods(["GET", "POST"])
def settle_topic(request: SignedInRequest, contribution_pk: int) -> HttpResponse:
    shown = queries.contribution_for(who(request), contribution_pk)
    demand(permissions.can_consult(who(request), shown.contract_id))
    form = SettleForm(sent(request), contract_id=shown.contract_id)
    now = timezone.now()
    if attempt(form, lambda said: actions.settle_topic(shown, actor=request.user, now=now, **said)):
        messages.success(request, "Le thème est tranché.")
        return redirect("consultation:readings", shown.contract.slug)
    context = {
        "form": form,
        "contract": shown.contract,
        "words": shown,
        "heading": "Trancher le thème",
        "lead": f"« {shown.text} »",
    }
    return render(request, "consultation/form.html", context)


@require_GET
def topics(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    context = {
        "contract": contract,
        "topics": queries.topics_with_use(contract.pk),
        "may_consult": permissions.can_consult(who(request), contract.pk),
    }
    return render(request, "consultation/topics.html", context)


@require_http_methods(["GET", "POST"])
def add_topic(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_consult(who(request), contract.pk))
    form = TopicForm(sent(request))
    now = timezone.now()
    if attempt(form, lambda said: actions.add_topic(contract, actor=request.user, now=now, **said)):
        messages.success(request, "Le thème est ajouté.")
        return redirect("consultation:topics", slug)
    context = {"form": form, "contract": contract, "heading": "Ajouter un thème"}
    return render(request, "consultation/form.html", context)


@require_http_methods(["GET", "POST"])
def revise_topic(request: SignedInRequest, topic_pk: int) -> HttpResponse:
    topic = queries.topic_for(who(request), topic_pk)
    demand(permissions.can_consult(who(request), topic.contract_id))
    form = TopicForm.about(topic, sent(request))
    now = timezone.now()
    if attempt(form, lambda said: actions.revise_topic(topic, actor=request.user, now=now, **said)):
        messages.success(request, "Le thème est révisé.")
        return redirect("consultation:topics", topic.contract.slug)
    lead = "Un thème qui a servi garde son nom dans les lectures faites : une nouvelle version le remplace."
    context = {"form": form, "contract": topic.contract, "heading": "Réviser le thème", "lead": lead}
    return render(request, "consultation/form.html", context)


@require_POST
def archive_topic(request: SignedInRequest, topic_pk: int) -> HttpResponse:
    topic = queries.topic_for(who(request), topic_pk)
    now = timezone.now()
    press(request, lambda: actions.archive_topic(topic, actor=request.user, now=now), "Le thème est archivé.")
    return redirect("consultation:topics", topic.contract.slug)


@require_http_methods(["GET", "POST"])
def link_topic(request: SignedInRequest, topic_pk: int) -> HttpResponse:
    topic = queries.topic_for(who(request), topic_pk)
    demand(permissions.can_consult(who(request), topic.contract_id))
    form = LinkForm(sent(request), contract_id=topic.contract_id)
    now = timezone.now()
    if attempt(form, lambda said: actions.link_to_objective(topic, actor=request.user, now=now, **said)):
        messages.success(request, "Le thème est relié.")
        return redirect("consultation:topics", topic.contract.slug)
    lead = f"Tout ce qui est classé dans « {topic.label} » mènera à cet objectif."
    context = {"form": form, "contract": topic.contract, "heading": "Relier le thème", "lead": lead}
    return render(request, "consultation/form.html", context)
