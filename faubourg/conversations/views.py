"""The conversation of a dossier: read, write, open one message to the funders."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.conversations import actions, permissions, queries
from faubourg.conversations.forms import PostForm
from faubourg.conversations.requests import conversation_for, document_of, post_for
from faubourg.documents.queries import as_download
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_GET
def conversation(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is shown is read: the mark is put once the page is made."""
    application, posts = conversation_for(who(request), pk)
    page = _page(request, application, posts, PostForm())
    actions.mark_read(application, queries.last_seen(posts), actor=request.user, now=timezone.now())
    return page


@require_POST
def write_post(request: SignedInRequest, pk: int) -> HttpResponse:
    application, posts = conversation_for(who(request), pk)
    demand(permissions.can_write_post(who(request), application))
    form = PostForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.write_post(application, **form.cleaned_data, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, "Votre message est envoyé.")
            return redirect("conversations:conversation", pk)
    return _page(request, application, posts, form)


@require_POST
def open_to_funders(request: SignedInRequest, pk: int, post_pk: int) -> HttpResponse:
    post = post_for(who(request), pk, post_pk)
    actions.open_to_funders(post, actor=request.user, now=timezone.now())
    messages.success(request, "Les référents des financeurs sollicités peuvent lire ce message.")
    return redirect("conversations:conversation", pk)


@require_GET
def post_file(request: SignedInRequest, pk: int, post_pk: int) -> HttpResponseBase:
    return as_download(document_of(who(request), pk, post_pk))


def _page(request: SignedInRequest, application: Any, posts: Any, form: PostForm) -> HttpResponse:
    held = who(request)
    context = {
        "application": application,
        "shown": queries.with_readers(application, posts),
        "form": form,
        "is_own": held.acts_for(application.applicant_id),
        "may_write": permissions.can_write_post(held, application),
        "may_open": permissions.can_open_to_funders(held, application),
    }
    return render(request, "conversations/conversation.html", context)
