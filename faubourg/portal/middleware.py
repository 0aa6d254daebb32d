"""What every answer has in common: a refusal says why, a page of somebody is kept by no browser."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal

DRAINED = 200 * 1024**2
"""Bytes read for the sake of an answer; beyond, the line is cut."""


class RefusalMiddleware:
    """IllegalStep becomes the 409 page, a Refusal that no form caught the 400 page; both say why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, IllegalStep):
            return render(request, "409.html", {"reason": str(exception)}, status=409)
        if isinstance(exception, Refusal):
            return render(request, "400.html", {"reason": str(exception)}, status=400)
        return None


class TooBigMiddleware:
    """What is sent beyond the limit is read to its end and answered by the 413 page.

    Unread, the server would cut the line and the browser would show a page of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        has_files = request.META.get("CONTENT_TYPE", "").startswith("multipart/")
        limit = settings.FILES_UPLOAD_MAX_SIZE if has_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if not length.isdigit() or int(length) <= limit:
            return self.get_response(request)
        left = min(int(length), DRAINED)
        while left > 0 and (piece := request.read(min(left, 65_536))):
            left -= len(piece)
        return render(request, "413.html", {"megabytes": limit // 1024**2}, status=413)


class PlainAddressMiddleware:
    """A NUL written in an address (`%00`) is dropped: it means nothing, and PostgreSQL holds none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return self.get_response(request)


class PrivatePagesMiddleware:
    """On a shared computer, "back" after signing out shows nothing of what somebody has read.

    A view that says something else about its own page keeps the last word.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
