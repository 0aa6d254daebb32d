"""Everyone arrives: seats on the contract, associations and their signatories, passwords."""

from datetime import date

from faubourg.accounts.models import Invitation, User
from faubourg.consultation.models import CitizenCouncil
from faubourg.contracts.actions.team import give_seat
from faubourg.contracts.models import Contract
from faubourg.demo import moments
from faubourg.demo.cast import HERS, LOGINS, PASSWORD, Cast, funders
from faubourg.demo.clock import tick
from faubourg.demo.papers import paper
from faubourg.demo.story import DOMAIN, Association, associations
from faubourg.directory.actions import (
    accept_invitation,
    add_organisation_paper,
    confirm_bank_details,
    create_organisation,
    declare_interest,
    invite_member,
    record_bank_details,
)
from faubourg.directory.models import Organisation
from faubourg.directory.states import MembershipRole, OrganisationKind, PaperKind

UNCONFIRMED = "ruelles"
"""Her new RIB still waits for a second person."""
COUNCIL_PLACE = "Saint-Ambroix"
TIE = "membre du bureau, bénévole"


def settle(contract: Contract) -> Cast:
    """Give everyone their seat, make the associations, open the accounts."""
    cast = Cast(contract, dict(funders()))
    council = CitizenCouncil.objects.get(contract=contract, place=COUNCIL_PLACE)
    cast.organisations["council"] = council.organisation
    _first_administrator()
    _seats(cast)
    for association in associations().values():
        cast.organisations[association.key] = _association(cast, association)
    _treasurer(cast)
    _give_once(cast)
    _open_accounts()
    declare_interest(
        cast.person("experte"), cast.organisation("boxe"), nature=TIE, actor=cast.person("experte"),
        now=tick(moments.at(moments.SETTLED_IN, 17)),
    )  # fmt: skip
    return cast


def _first_administrator() -> None:
    """The first door: somebody must invite the others, and no action gives this role."""
    login = next(login for login in LOGINS if login.name == "technique")
    User.objects.create_user(
        login.email, full_name=login.full_name, is_technical_admin=True,
        joined_at=moments.at(moments.SETTLED_IN, 8),
    )  # fmt: skip


def _seats(cast: Cast) -> None:
    now = tick(moments.at(moments.SETTLED_IN, 9))
    for login in LOGINS:
        for role, key in login.seats:
            give_seat(
                cast.contract, actor=cast.person("technique"), role=role, email=login.email,
                full_name=login.full_name, organisation=cast.organisations.get(key),
                from_on=moments.SETTLED_IN, now=now,
            )  # fmt: skip


def _association(cast: Cast, association: Association) -> Organisation:
    now = tick(moments.at(moments.SETTLED_IN, 11))
    mission = cast.person("mission")
    organisation = create_organisation(_identity(association), actor=mission, now=now, is_fictitious=True)
    signatory = _president() if association.key == HERS else association.email
    user = invite_member(
        organisation, actor=mission, email=signatory, full_name=association.representative,
        roles=[MembershipRole.ADMINISTRATOR, MembershipRole.SIGNATORY], now=now,
    )  # fmt: skip
    details = record_bank_details(
        organisation,
        holder=association.name,
        iban=association.iban,
        actor=User.objects.get(pk=user.pk),
        now=now,
    )
    if association.key != UNCONFIRMED:
        confirm_bank_details(details, is_checked=True, actor=cast.person("finance"), now=tick(now))
    return organisation


def _give_once(cast: Cast) -> None:
    """Papers given once to the page of the organisation; the insurance will have to be renewed."""
    now, hers = tick(moments.at(moments.SETTLED_IN, 15)), cast.organisation(HERS)
    for kind, until in ((PaperKind.STATUTES, None), (PaperKind.INSURANCE, date(moments.YEAR, 1, 31))):
        upload = paper(str(kind.label), hers.name)
        add_organisation_paper(
            hers, kind=kind, upload=upload, valid_until=until, actor=cast.person("presidente"), now=now
        )


def _identity(association: Association) -> dict[str, object]:
    return {
        "name": association.name, "kind": OrganisationKind.ASSOCIATION, "siret": association.siret,
        "rna": association.rna, "address": association.address, "postcode": association.postcode,
        "town": association.town, "insee_code": association.insee_code, "email": association.email,
        "phone": association.phone, "purpose": association.purpose,
        "legal_representative": association.representative, "legal_representative_title": association.title,
        "employees_count": association.employees, "volunteers_count": association.volunteers,
        "members_count": association.members,
    }  # fmt: skip


def _president() -> str:
    return f"presidente@{DOMAIN}"


def _treasurer(cast: Cast) -> None:
    login = next(login for login in LOGINS if login.name == "tresoriere")
    invite_member(
        cast.organisation(HERS), actor=cast.person("presidente"), email=login.email,
        full_name=login.full_name, roles=login.memberships, now=tick(moments.at(moments.SETTLED_IN, 15)),
    )  # fmt: skip


def _open_accounts() -> None:
    """One invitation is accepted with the shared password; its hash serves the others, hashing being slow."""
    first = Invitation.objects.get(user__email=_president())
    opened_at = tick(moments.at(moments.SETTLED_IN, 16))
    user = accept_invitation(first, password=PASSWORD, now=opened_at)
    logins = User.objects.filter(email__in=[login.email for login in LOGINS])
    logins.update(password=user.password)
    Invitation.objects.filter(user__in=logins, accepted_at=None).update(accepted_at=opened_at)
