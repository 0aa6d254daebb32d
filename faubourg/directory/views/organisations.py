"""Organisations: list, page, identity."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.queries import office
from faubourg.accounts.requests import SignedInRequest
from faubourg.accounts.rules import Office
from faubourg.directory import actions, permissions, queries
from faubourg.directory.forms import NewOrganisationForm, OrganisationForm, SearchForm
from faubourg.directory.rules import REMIND_BEFORE
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    held, today = office(request.user, localdate()), localdate()
    form = SearchForm(request.GET)
    form.is_valid()
    found = queries.organisations_for(held, form.cleaned_data.get("q", ""), form.cleaned_data.get("kind", ""))
    page = Paginator(queries.with_members_count(found, today), 50).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "sees_all": permissions.can_see_all_organisations(held),
        "can_create": permissions.can_create_organisation(held),
    }
    return render(request, "directory/index.html", context)


@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    today = localdate()
    held = office(request.user, today)
    organisation = queries.organisation_for(held, pk)
    sees_ties = permissions.can_see_interests(held)
    reads_papers = permissions.can_read_organisation_papers(held, organisation)
    context = {
        "organisation": organisation,
        "missing": queries.missing(organisation),
        "members": queries.members_of(organisation, today),
        **_bank(held, organisation),
        "is_member": held.acts_for(pk),
        "reads_papers": reads_papers,
        "papers": queries.papers_of(organisation) if reads_papers else [],
        "today": today,
        "soon": today + timedelta(days=max(REMIND_BEFORE)),
        "can_edit": permissions.can_edit_organisation(held, organisation),
        "can_manage": permissions.can_manage_members(held, organisation),
        "sees_ties": sees_ties,
        "ties": queries.interests_with(organisation, today) if sees_ties else (),
    }
    return render(request, "directory/show.html", context)


def _bank(held: Office, organisation: Any) -> dict[str, Any]:
    """The account in force, the one to confirm, and, for those who may read them whole, the former ones."""
    in_force, waiting = queries.bank_details_live(organisation)
    sees = permissions.can_see_bank_details(held, organisation)
    return {
        "bank": in_force,
        "waiting_bank": waiting,
        "former_banks": list(queries.bank_details_set_aside(organisation)) if sees else [],
        "can_see_bank": sees,
        "can_record_bank": permissions.can_record_bank_details(held, organisation),
        "can_confirm_bank": permissions.can_confirm_bank_details(held, waiting) if waiting else None,
    }


def create_organisation(request: SignedInRequest) -> HttpResponse:
    demand(permissions.can_create_organisation(office(request.user, localdate())))
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        invited = {name: values.pop(name) for name in ("administrator_email", "administrator_name")}
        try:
            organisation = actions.create_organisation(
                values, actor=request.user, now=timezone.now(), **invited
            )
        except Refusal as refusal:
            show_on(form, _about_the_administrator(refusal))
        else:
            messages.success(request, f"« {organisation.name} » a sa fiche.")
            return redirect("directory:show", organisation.pk)
    return render(request, "directory/create.html", {"form": form})


def edit_organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    held = office(request.user, localdate())
    organisation = queries.organisation_for(held, pk)
    demand(permissions.can_edit_organisation(held, organisation))
    version = organisation.version
    form = OrganisationForm(request.POST or None, instance=organisation, initial={"version": version})
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        opened = typed.pop("version") or 0
        try:
            actions.edit_organisation(
                organisation, typed, version=opened, actor=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            show_on(form, refusal)
            form.data = {**request.POST.dict(), "version": str(version)}
        else:
            messages.success(request, "La fiche est enregistrée.")
            return redirect("directory:show", pk)
    return render(request, "directory/edit.html", {"form": form, "organisation": organisation})


def _about_the_administrator(refusal: Refusal) -> Refusal:
    """The invitation speaks of "email" and "full_name": in this form those are the administrator's."""
    names = {"email": "administrator_email", "full_name": "administrator_name"}
    if set(refusal.errors) <= set(names):
        return Refusal({names[name]: sentences for name, sentences in refusal.errors.items()})
    return refusal
