"""The official file of neighbourhoods: read when it is sent, read again from what was kept."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from faubourg.accounts.models import User
from faubourg.documents.rules import clean_name
from faubourg.observation.actions import neighbourhoods as actions
from faubourg.territories.models import Source
from faubourg.territories.queries.incoming import Brought, preview
from faubourg.territories.rules.cog import Cog, CogRefused, read_cog
from faubourg.territories.rules.files import FileRefused, ReadFile, read_file
from faubourg.toolkit.refusal import Refusal


@dataclass(frozen=True)
class Incoming:
    """A kept file, read: what it says and what it would change now."""

    read: ReadFile
    cog: Cog
    brought: Brought


def receive(upload: "UploadedFile[Any]", *, actor: User, now: datetime, dated: date | None = None) -> Source:
    content = upload.read()
    read = _read(clean_name(upload.name or "fichier"), content)
    return actions.receive_file(read, content, actor=actor, now=now, dated=dated)


def incoming(source: Source) -> Incoming:
    if source.document is None:
        raise Refusal("Ce fichier n'a pas été gardé : déposez-le de nouveau.")
    with source.document.file.open("rb") as kept:
        read = _read(source.name, kept.read())
    try:
        cog = read_cog(settings.GEOGRAPHY)
    except CogRefused as refusal:
        raise Refusal(str(refusal)) from None
    return Incoming(read, cog, preview(read, cog))


def bring(source: Source, *, actor: User, now: datetime) -> bool:
    """Whether something was written."""
    found = incoming(source)
    return actions.bring_file(source, found.read, found.cog, actor=actor, now=now)


def _read(name: str, content: bytes) -> ReadFile:
    try:
        return read_file(name, {name: content})
    except FileRefused as refusal:
        raise Refusal({"upload": refusal.problems}) from None
