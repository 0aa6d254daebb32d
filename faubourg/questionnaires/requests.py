"""How far somebody has come in a questionnaire: sealed in the page, never kept by the server."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

SALT = "questionnaires.answer"
COOKIE = "reponses"
LONGEST_COOKIE = 3_800
KEPT_FOR = 12 * 3600


@dataclass(frozen=True)
class Progress:
    """What has been answered so far, the version begun, and the draw that makes it enter once."""

    form_pk: int
    reference: str = field(default_factory=lambda: get_random_string(32))
    language: str = "fr"
    sheet: str = ""
    page: int = 0
    content: dict[str, Any] = field(default_factory=dict)

    def but(self, **changes: Any) -> "Progress":
        return replace(self, **changes)

    def sealed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)


def progress_in(request: HttpRequest) -> Progress | None:
    """What the page says of itself, or the browser of this telephone when it was closed half-way."""
    sealed = request.POST.get("progress", "") or request.COOKIES.get(COOKIE, "")
    try:
        return Progress(**signing.loads(sealed, salt=SALT)) if sealed else None
    except (signing.BadSignature, TypeError):
        return None


def remember(response: HttpResponse, progress: Progress, request: HttpRequest) -> HttpResponse:
    """Keep a short answer on this device alone, for half a day: a page closed by mistake is found again."""
    sealed = progress.sealed()
    if progress.page and len(sealed) <= LONGEST_COOKIE:
        response.set_cookie(
            COOKIE, sealed, max_age=KEPT_FOR, path=request.path, httponly=True, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
    elif COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=request.path)
    return response
