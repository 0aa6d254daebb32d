"""An organisation is written once and reused everywhere (ASS-1)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.accounts.queries import lock as lock_person
from faubourg.accounts.queries import office
from faubourg.directory.actions.members import give_roles
from faubourg.directory.models import Organisation
from faubourg.directory.permissions import can_create_organisation, can_edit_organisation
from faubourg.directory.queries import lock
from faubourg.directory.rules import identity_errors, rna_is_taken, siret_is_taken
from faubourg.directory.states import MembershipRole
from faubourg.journal.actions import write
from faubourg.journal.models import Entry
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand

FIELDS = (
    "name", "short_name", "kind", "siret", "rna", "address", "postcode", "town", "insee_code", "email",
    "phone", "website", "purpose", "legal_representative", "legal_representative_title", "employees_count",
    "full_time_equivalents", "volunteers_count", "members_count", "staff_counted_on",
)  # fmt: skip


@transaction.atomic
def create_organisation(
    values: Mapping[str, Any],
    *,
    actor: User,
    now: datetime,
    administrator_email: str = "",
    administrator_name: str = "",
    is_fictitious: bool = False,
) -> Organisation:
    """A new organisation; its first administrator is invited when an address is given."""
    lock_person(actor)
    demand(can_create_organisation(office(actor, localdate(now))))
    if (twin := _made_by_the_first_click(values, actor)) is not None:
        return twin
    organisation = Organisation(is_fictitious=is_fictitious)
    _fill(organisation, values)
    write(actor, "directory.create_organisation", organisation, changes=_plain(organisation))
    if administrator_email.strip():
        give_roles(
            organisation,
            email=administrator_email,
            full_name=administrator_name,
            roles=[MembershipRole.ADMINISTRATOR],
            actor=actor,
            now=now,
        )
    return organisation


@transaction.atomic
def edit_organisation(
    organisation: Organisation, values: Mapping[str, Any], *, version: int, actor: User, now: datetime
) -> None:
    """Change the identity, unless somebody else has since the page was opened (`version`)."""
    lock(organisation)
    demand(can_edit_organisation(office(actor, localdate(now)), organisation))
    before = snapshot(organisation, FIELDS)
    if organisation.version != version:
        raise Refusal(_changed_meanwhile(organisation, before, values))
    _fill(organisation, values)
    changes = differences(before, snapshot(organisation, FIELDS))
    if changes:
        write(actor, "directory.edit_organisation", organisation, changes=changes)


# --------------------------------------------------------------------------------------------------


def _made_by_the_first_click(values: Mapping[str, Any], actor: User) -> Organisation | None:
    """Without a SIRET nor an RNA to tell them apart: the same answers, all of them, of the same person."""
    if values.get("siret") or values.get("rna"):
        return None
    same = Organisation.objects.filter(**{name: values[name] for name in FIELDS if name in values})
    made = Entry.objects.filter(
        verb="directory.create_organisation", actor=actor, subject_id__in=same.values("pk")
    )
    return same.filter(pk__in=made.values("subject_id")).first()


def _fill(organisation: Organisation, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(organisation, name, values[name])
    errors = identity_errors(snapshot(organisation, FIELDS))
    for name, sentence in (("siret", siret_is_taken), ("rna", rna_is_taken)):
        twin = _twin(organisation, name)
        if twin:
            errors[name] = [sentence(twin.name)]
    refuse_if(errors)
    is_new = organisation.pk is None
    organisation.version = 1 if is_new else organisation.version + 1
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:  # a twin was saved a moment ago: name it
        for name, sentence in (("siret", siret_is_taken), ("rna", rna_is_taken)):
            twin = _twin(organisation, name)
            if twin:
                raise Refusal({name: [sentence(twin.name)]}) from None
        raise


def _twin(organisation: Organisation, name: str) -> Organisation | None:
    number = getattr(organisation, name)
    if not number:
        return None
    return Organisation.objects.filter(**{name: number}).exclude(pk=organisation.pk).first()


def _changed_meanwhile(
    organisation: Organisation, stored: Mapping[str, Any], typed: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Nobody's words are lost: each field that differs shows what is recorded now, above what was typed."""
    errors = {
        name: [f"Enregistré entre-temps : « {stored[name] if stored[name] not in (None, '') else 'rien'} »."]
        for name in FIELDS
        if name in typed and typed[name] != stored[name]
    }
    return {
        "": [
            "Quelqu'un d'autre a modifié cette fiche pendant que vous l'aviez ouverte. Comparez, corrigez, "
            "puis enregistrez de nouveau : c'est alors votre version qui restera."
        ],
        **errors,
    }


def _plain(organisation: Organisation) -> dict[str, Any]:
    return {name: value for name, value in snapshot(organisation, FIELDS).items() if value not in (None, "")}
