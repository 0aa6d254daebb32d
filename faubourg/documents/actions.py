"""Keep a file: what people send is checked by its content. Callers have demanded the right."""

import hashlib
import secrets
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from faubourg.accounts.models import User
from faubourg.documents.models import Document
from faubourg.documents.rules import clean_name, content_errors, content_type, size_errors
from faubourg.toolkit.pictures import NotAPicture, drawn_again
from faubourg.toolkit.refusal import Refusal


def store(upload: "UploadedFile[Any]", *, actor: User | None, now: datetime, field: str = "file") -> Document:
    """Keep what somebody sent, or raise Refusal on `field` with what is wrong and how to mend it."""
    name = clean_name(upload.name or "fichier")
    errors = size_errors(name, upload.size or 0, settings.UPLOAD_MEGABYTES)
    content = b"" if errors else upload.read()
    errors = errors or content_errors(name, content)
    if errors:
        raise Refusal({field: errors})
    return keep(content, name, content_type(name), actor=actor, now=now)


def store_picture(
    upload: "UploadedFile[Any]", *, actor: User | None, now: datetime, field: str = "photo"
) -> Document:
    """Keep a photograph drawn again (no place, no date, no name in the file), or raise Refusal on `field`."""
    name = clean_name(upload.name or "photo")
    errors = size_errors(name, upload.size or 0, settings.UPLOAD_MEGABYTES)
    if errors:
        raise Refusal({field: errors})
    try:
        content = drawn_again(upload.read())
    except NotAPicture as problem:
        raise Refusal({field: [str(problem)]}) from None
    return keep(content, f"{PurePosixPath(name).stem}.jpg", "image/jpeg", actor=actor, now=now)


def is_same_file(upload: "UploadedFile[Any]", document: Document | None) -> bool:
    """Was exactly this already received? Read only when the sizes agree; the upload can still be stored."""
    if document is None or upload.size != document.size:
        return False
    content = upload.read()
    upload.seek(0)
    return hashlib.sha256(content).hexdigest() == document.sha256


def keep(content: bytes, name: str, content_type: str, *, actor: User | None, now: datetime) -> Document:
    """Keep a file we have made, or have checked, under a name nobody can guess."""
    document = Document(
        name=clean_name(name),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=actor,
        uploaded_at=now,
    )
    extension = PurePosixPath(document.name).suffix.lower()
    document.file.save(f"{secrets.token_hex(16)}{extension}", ContentFile(content), save=False)
    document.save()
    return document


def erase(document: Document) -> None:
    """Nothing is left, neither row nor file. Callers have let go of it first."""
    document.delete()
    transaction.on_commit(lambda: document.file.delete(save=False))
