from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications import actions, forms, permissions, queries
from faubourg.applications.states import Part
from faubourg.contracts.requests import who
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a dossier from this one; a second click leads to the same draft."""
    source = queries.application_for(who(request), pk)
    demand(permissions.can_duplicate(who(request), source))
    calls, asked = queries.calls_to_start(localdate()), read_key(request.GET.get("appel"))
    form = forms.DuplicateForm(source, calls, request.POST or None, call_pk=asked)
    if form.is_valid() and (copy := _duplicate(request, source, form)):
        if copy.is_editable:
            return redirect("applications:edit", copy.pk, Part.PROJECT)
        return redirect("portal:application", copy.pk)
    return render(request, "applications/duplicate.html", {"form": form, "source": source})


def _duplicate(request: SignedInRequest, source: Any, form: forms.DuplicateForm) -> Any:
    try:
        return actions.duplicate(
            source,
            form.call_chosen,
            actor=request.user,
            title=form.cleaned_data["title"],
            parts=form.cleaned_data["parts"],
            now=timezone.now(),
        )
    except Refusal as refusal:
        show_on(form, refusal)
        return None
