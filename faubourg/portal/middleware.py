"""One handler for what the product refuses: a step that is no longer possible, a rule that was broken."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal


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
