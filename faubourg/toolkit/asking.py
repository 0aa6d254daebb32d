"""A form that acts: do it when it stands, or show beside each field why it cannot be done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from faubourg.toolkit.refusal import Refusal, show_on


def sent(request: HttpRequest) -> Any:
    """What was posted; None when the page is only looked at, so that nothing is called missing."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> Any:
    """The files posted with it; None, not an empty lot, when the page is only looked at."""
    return request.FILES if request.method == "POST" else None


def attempt(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> Any:
    """What the action gives back (True when it gives nothing), or None when the form must be mended."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return act(form.cleaned_data) or True
    except Refusal as refusal:
        show_on(form, refusal)
        return None


def press(request: HttpRequest, act: Callable[[], Any], done: str) -> None:
    """A button: do it and say so, or say on the next page why it cannot be done."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
