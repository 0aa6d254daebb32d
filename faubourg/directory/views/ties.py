"""The ties of others, recorded by the GIP director."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate

from faubourg.accounts.queries import office, person_by_email
from faubourg.accounts.requests import SignedInRequest
from faubourg.directory import actions, queries
from faubourg.directory.forms import InterestOfForm
from faubourg.directory.permissions import can_see_interests
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


def declare_interest_for(request: SignedInRequest, pk: int) -> HttpResponse:
    held = office(request.user, localdate())
    organisation = queries.organisation_for(held, pk)
    demand(can_see_interests(held))
    form = InterestOfForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_by_email(form.cleaned_data["email"])
        try:
            if person is None:
                raise Refusal({"email": ["Personne n'a de compte à cette adresse : vérifiez-la."]})
            actions.declare_interest(
                person,
                organisation,
                nature=form.cleaned_data["nature"],
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, f"Le lien de {person.full_name} est inscrit.")
            return redirect("directory:show", pk)
    return render(
        request, "directory/declare_interest_for.html", {"form": form, "organisation": organisation}
    )
