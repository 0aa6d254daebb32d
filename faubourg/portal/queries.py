"""What the frame of every page shows."""

from typing import Any

from django.http import HttpRequest


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation, contracts and the demonstration banner, for the base template."""
    return {"navigation": [], "demonstration": False}
