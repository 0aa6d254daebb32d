"""Give a file back. Whoever calls has checked that this person may read what the file belongs to."""

import hashlib

from django.conf import settings
from django.http import FileResponse

from faubourg.documents import rules
from faubourg.documents.models import Document


def upload_help() -> str:
    """What a file field says beforehand: kinds and size."""
    return rules.upload_help(settings.UPLOAD_MEGABYTES)


def as_download(document: Document) -> FileResponse:
    """Always a download, never shown inside our pages: whatever it contains cannot act as us."""
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type=document.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def is_intact(document: Document) -> bool:
    """The file on the disk is still there, and the one that was received."""
    try:
        with document.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == document.sha256
    except OSError:
        return False


def altered() -> list[Document]:
    """Every document whose file is lost or is not the one that was received: reads them all."""
    return [document for document in Document.objects.order_by("pk").iterator() if not is_intact(document)]
