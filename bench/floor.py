"""The floor F: what a plain Django page of 24 kB, 45 rows and 5 queries costs behind the same middlewares.

Forty-five dossiers with their applicant, as one writes such a list on the first day. Its template owes
nothing to the product's frame, so that F stays where it is when the frame grows. Checked against the Django
admin: its list of 100 rows costs four of these, four and a half in the measures our targets come from.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.views.decorators.http import require_GET

from faubourg.applications.models import Application
from faubourg.contracts.middleware import SecondFactorMiddleware
from faubourg.contracts.models import Contract
from faubourg.territories.models import Neighbourhood

ROWS = 45
QUERIES = 5
_engine = Engine(dirs=[str(Path(__file__).parent)])


class SecondFactorButOnFloor(SecondFactorMiddleware):
    """The product's, except that the floor is not asked for a second factor."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        return None if view is floor else super().process_view(request, view, args, kwargs)


@require_GET
def floor(request: HttpRequest) -> HttpResponse:
    """Session, person, then three readings: the neighbourhoods, the contract, the rows."""
    context = {
        "person": str(request.user),
        "neighbourhoods": list(Neighbourhood.objects.all()),
        "contract": Contract.objects.select_related("epci").first(),
        "rows": list(Application.objects.filed().select_related("applicant").order_by("id")[:ROWS]),
    }
    return HttpResponse(_engine.get_template("floor.html").render(Context(context)))
