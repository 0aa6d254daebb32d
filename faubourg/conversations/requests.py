"""What a page of the conversation is about, for a person who may read it: 404 or 403 otherwise."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from faubourg.applications.models import Application
from faubourg.applications.queries import application_for
from faubourg.contracts.rules import Standing
from faubourg.conversations.models import Post
from faubourg.conversations.permissions import can_read_posts, can_write_post
from faubourg.conversations.queries import funders_asked, posts_of
from faubourg.documents.models import Document
from faubourg.toolkit.verdict import demand


def conversation_for(standing: Standing, pk: int) -> tuple[Application, QuerySet[Post]]:
    """The dossier, and the messages this person may read."""
    application = application_for(standing, pk)
    demand(can_read_posts(standing, application, funders_asked(application)))
    return application, posts_of(application, opened_only=not can_write_post(standing, application))


def post_for(standing: Standing, pk: int, post_pk: int) -> Post:
    application, posts = conversation_for(standing, pk)
    post = get_object_or_404(posts, pk=post_pk)
    post.application = application
    return post


def document_of(standing: Standing, pk: int, post_pk: int) -> Document:
    """The file of a message one may read, or 404."""
    document = post_for(standing, pk, post_pk).document
    if document is None:
        raise Http404("ce message n'a pas de fichier")
    return document
