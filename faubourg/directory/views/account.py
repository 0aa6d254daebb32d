"""« Mon compte », and the link that opens an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from faubourg.accounts import queries as accounts
from faubourg.accounts.requests import SignedInRequest, open_session
from faubourg.directory import actions, queries
from faubourg.directory.forms import (
    AT_BEST,
    EmailForm,
    IdentityForm,
    InterestForm,
    MailPaceForm,
    PasswordForm,
)
from faubourg.messaging.queries import pace_of_user
from faubourg.toolkit.refusal import Refusal, show_on


def me(request: SignedInRequest) -> HttpResponse:
    """Name and telephone here; below, what protects the account and what one is."""
    user, now = request.user, timezone.now()
    form = IdentityForm(request.POST or None, initial={"full_name": user.full_name, "phone": user.phone})
    if request.method == "POST" and form.is_valid():
        actions.edit_identity(user, **form.cleaned_data, actor=user, now=now)
        messages.success(request, "Vos coordonnées sont enregistrées.")
        return redirect("accounts:me")
    context = {
        "form": form,
        "mail_form": MailPaceForm(initial={"pace": pace_of_user(user) or AT_BEST}),
        "mail_kinds": queries.mail_kinds(),
        "has_second_factor": accounts.has_second_factor(user),
        "roles": accounts.held_roles(user, localdate()),
        "memberships": queries.memberships_of(user, localdate()),
        "interests": queries.interests_of(user),
    }
    return render(request, "directory/me.html", context)


def ask_email_change(request: SignedInRequest) -> HttpResponse:
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_email_change(
                request.user, **form.cleaned_data, actor=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(
                request, f"Un lien part vers {form.cleaned_data['email']} : ouvrez-le aujourd'hui."
            )
            return redirect("accounts:me")
    return render(request, "directory/change_email.html", {"form": form, "person": request.user})


@login_not_required
@never_cache
def confirm_email(request: HttpRequest, signed: str) -> HttpResponse:
    """The link opened at the new address; a button, because mail readers open links by themselves."""
    found = accounts.email_change(signed, timezone.now())
    if found is None:
        return render(request, "directory/email_closed.html", status=410)
    if request.method == "POST":
        user = actions.confirm_email(signed, now=timezone.now())
        messages.success(request, f"Votre adresse est maintenant {user.email}.")
        return redirect("portal:home")
    return render(request, "directory/confirm_email.html", {"person": found[0], "change": found[1]})


@require_POST
def choose_mail_pace(request: SignedInRequest) -> HttpResponse:
    form = MailPaceForm(request.POST)
    if form.is_valid():
        actions.choose_mail_pace(request.user, **form.cleaned_data, actor=request.user)
        messages.success(request, "Votre choix est enregistré.")
    return redirect("accounts:me")


def declare_interest(request: SignedInRequest) -> HttpResponse:
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare_interest(
                request.user, **form.cleaned_data, actor=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(
                request, "Votre lien est déclaré : vous serez tenu à l'écart des dossiers concernés."
            )
            return redirect("accounts:me")
    return render(request, "directory/declare_interest.html", {"form": form})


@require_POST
def end_interest(request: SignedInRequest, pk: int) -> HttpResponse:
    interest = queries.interest_for(accounts.office(request.user, localdate()), pk)
    actions.end_interest(interest, actor=request.user, now=timezone.now())
    messages.success(request, "Le lien est terminé. Il reste inscrit, avec ses dates.")
    if interest.user_id == request.user.pk:
        return redirect("accounts:me")
    return redirect("directory:show", interest.organisation_id)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link chooses a password and is in. A link that no longer serves says what to do."""
    found, now = accounts.invitation(token), timezone.now()
    if not accounts.opens_an_account(found, now):
        return render(request, "directory/invitation_closed.html", status=410)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept_invitation(found, password=form.cleaned_data["password"], now=now)
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            open_session(request, user)
            messages.success(request, f"Bienvenue, {user.full_name}. Votre compte est ouvert.")
            return redirect("portal:home")
    return render(request, "directory/invitation.html", {"form": form, "person": found.user})
