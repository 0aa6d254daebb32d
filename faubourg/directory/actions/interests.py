"""Ties declared with an organisation: whoever has one stands aside from its dossiers (PRG-7, B2.5)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.accounts.queries import office
from faubourg.directory.models import Interest, Organisation
from faubourg.directory.permissions import can_declare_interest, can_end_interest
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand


@transaction.atomic
def declare_interest(
    user: User, organisation: Organisation, *, nature: str, actor: User, now: datetime
) -> Interest:
    """`user` is tied to the organisation from today; said by herself or by the GIP director."""
    today = localdate(now)
    demand(can_declare_interest(office(actor, today), user.pk))
    User.objects.select_for_update().get(pk=user.pk)
    if not nature.strip():
        raise Refusal({"nature": ["Dites en quelques mots quel est ce lien : mandat, emploi, bénévolat…"]})
    if Interest.objects.filter(user=user, organisation=organisation, ended_on=None).exists():
        raise Refusal({"organisation": ["Ce lien est déjà déclaré."]})
    interest = Interest.objects.create(
        user=user, organisation=organisation, nature=nature.strip(), declared_on=today
    )
    write(
        actor,
        "directory.declare_interest",
        organisation,
        changes={"personne": user.full_name, "lien": nature.strip()},
    )
    return interest


@transaction.atomic
def end_interest(interest: Interest, *, actor: User, now: datetime) -> None:
    """The tie has ended: it binds until tonight, and stays on record."""
    today = localdate(now)
    interest.refresh_from_db(from_queryset=Interest.objects.select_for_update())
    demand(can_end_interest(office(actor, today), interest))
    if interest.ended_on is not None:
        return
    interest.ended_on = max(today, interest.declared_on)
    interest.save(update_fields=["ended_on"])
    write(
        actor,
        "directory.end_interest",
        interest.organisation,
        changes={"personne": interest.user.full_name, "lien": interest.nature},
    )
