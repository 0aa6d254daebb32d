"""Members of an organisation: invite, change roles, end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from faubourg.accounts.queries import office
from faubourg.accounts.requests import SignedInRequest
from faubourg.directory import actions, queries
from faubourg.directory.forms import MemberForm, RolesForm
from faubourg.directory.permissions import can_end_membership, can_manage_members
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


def invite_member(request: SignedInRequest, pk: int) -> HttpResponse:
    held = office(request.user, localdate())
    organisation = queries.organisation_for(held, pk)
    demand(can_manage_members(held, organisation))
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.invite_member(
                organisation, **form.cleaned_data, actor=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, f"{user.full_name} est prévenu par courriel.")
            return redirect("directory:show", pk)
    return render(request, "directory/invite_member.html", {"form": form, "organisation": organisation})


def change_roles(request: SignedInRequest, pk: int, user_pk: int) -> HttpResponse:
    held = office(request.user, localdate())
    organisation = queries.organisation_for(held, pk)
    demand(can_manage_members(held, organisation))
    person, roles = queries.member(organisation, user_pk, localdate())
    form = RolesForm(request.POST or None, initial={"roles": sorted(roles)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_roles(
                organisation,
                person,
                roles=form.cleaned_data["roles"],
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, f"Les rôles de {person.full_name} sont enregistrés.")
            return redirect("directory:show", pk)
    context = {"form": form, "organisation": organisation, "person": person}
    return render(request, "directory/change_roles.html", context)


@require_POST
def end_membership(request: SignedInRequest, pk: int, user_pk: int) -> HttpResponse:
    held = office(request.user, localdate())
    organisation = queries.organisation_for(held, pk)
    demand(can_end_membership(held, organisation, user_pk))
    person, _ = queries.member(organisation, user_pk, localdate())
    try:
        actions.end_membership(organisation, person, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("directory:show", pk)
    messages.success(request, f"{person.full_name} n'agit plus pour cette structure.")
    if person == request.user:
        return redirect("directory:index")
    return redirect("directory:show", pk)
