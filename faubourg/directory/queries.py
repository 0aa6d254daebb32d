"""What pages and other apps need to read of the directory."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from faubourg.accounts.models import User
from faubourg.accounts.rules import Office
from faubourg.directory.models import BankDetails, Interest, Membership, Organisation, OrganisationPaper
from faubourg.directory.rules import missing_identity, sees_every_organisation, speaks_for
from faubourg.directory.states import BankState, MembershipRole, OrganisationKind
from faubourg.messaging.rules import KINDS, Kind
from faubourg.toolkit.folding import among

SET_ASIDE = (BankState.REJECTED, BankState.REPLACED)


def current(today: date) -> Q:
    """Memberships in force that day."""
    return (Q(from_on__isnull=True) | Q(from_on__lte=today)) & (Q(to_on__isnull=True) | Q(to_on__gte=today))


def organisations_for(office: Office, typed: str = "", kind: str = "") -> QuerySet[Organisation]:
    """The organisations this person may open, by name."""
    rows = Organisation.objects.order_by("name", "pk")
    if not sees_every_organisation(office):
        rows = rows.filter(pk__in=office.memberships)
    if kind:
        rows = rows.filter(kind=kind)
    compact = typed.replace(" ", "").replace("\u00a0", "")
    return among(rows, "search_text", compact if compact.isdigit() else typed)


def with_members_count(rows: QuerySet[Organisation], today: date) -> QuerySet[Organisation]:
    held = (Q(memberships__from_on__isnull=True) | Q(memberships__from_on__lte=today)) & (
        Q(memberships__to_on__isnull=True) | Q(memberships__to_on__gte=today)
    )
    return rows.annotate(members_total=Count("memberships__user", filter=held, distinct=True))


def organisation_for(office: Office, pk: int) -> Organisation:
    """One organisation, or 404 when this person may not open it."""
    return get_object_or_404(organisations_for(office), pk=pk)


def all_organisations() -> QuerySet[Organisation]:
    """Every organisation, to choose one from."""
    return Organisation.objects.order_by("name", "pk")


def members_of(organisation: Organisation, today: date) -> list[tuple[User, list[Membership]]]:
    """The people in force, each with her roles."""
    rows = (
        Membership.objects.filter(current(today), organisation=organisation)
        .select_related("user")
        .order_by("user__full_name", "user__pk", "role")
    )
    people: dict[int, tuple[User, list[Membership]]] = {}
    for row in rows:
        people.setdefault(row.user_id, (row.user, []))[1].append(row)
    return list(people.values())


def member(organisation: Organisation, user_id: int, today: date) -> tuple[User, frozenset[str]]:
    """One person of the organisation and her roles; 404 when she holds none."""
    person = User.objects.filter(pk=user_id)  # empty, not an error, for a number no database can hold
    rows = Membership.objects.filter(current(today), organisation=organisation, user__in=person)
    held = list(rows.select_related("user"))
    if not held:
        raise Http404("cette personne n'est pas membre")
    return held[0].user, frozenset(row.role for row in held)


def memberships_of(user: User, today: date) -> QuerySet[Membership]:
    """The roles of a person in organisations, in force, by organisation."""
    return (
        Membership.objects.filter(current(today), user=user)
        .select_related("organisation")
        .order_by("organisation__name", "role")
    )


def lone_administrators(organisation: Organisation, user_id: int, today: date) -> bool:
    """Nobody but this person administers the organisation."""
    others = Membership.objects.filter(
        current(today), organisation=organisation, role=MembershipRole.ADMINISTRATOR, user__is_active=True
    ).exclude(user=user_id)
    return not others.exists()


def bank_details(organisation: Organisation) -> BankDetails | None:
    """The account in force. Ask can_see_bank_details before showing it whole."""
    return _bank(organisation).filter(state=BankState.IN_FORCE).first()


def bank_details_live(organisation: Organisation) -> tuple[BankDetails | None, BankDetails | None]:
    """The account in force and the one that waits for a second person, in one query."""
    live = {row.state: row for row in _bank(organisation).exclude(state__in=SET_ASIDE)}
    return live.get(BankState.IN_FORCE), live.get(BankState.TO_CONFIRM)


def bank_details_set_aside(organisation: Organisation) -> QuerySet[BankDetails]:
    """The accounts refused or replaced, newest first: nothing is deleted."""
    return _bank(organisation).filter(state__in=SET_ASIDE).order_by("-pk")


def bank_details_for(organisation: Organisation, pk: int) -> BankDetails:
    """One account of the organisation, whatever became of it, or 404."""
    return get_object_or_404(_bank(organisation), pk=pk)


def bank_keepers(organisation: Organisation, today: date) -> QuerySet[User]:
    """Who reads the account for the organisation, and is told of each change: administrators, signatories."""
    roles = (MembershipRole.ADMINISTRATOR, MembershipRole.SIGNATORY)
    held = Membership.objects.filter(current(today), organisation=organisation, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def _bank(organisation: Organisation) -> QuerySet[BankDetails]:
    rows = BankDetails.objects.filter(organisation=organisation)
    return rows.select_related("organisation", "recorded_by", "decided_by", "paper")


def papers_of(organisation: Organisation) -> list[OrganisationPaper]:
    """Every paper of the organisation, those withdrawn last: nothing is deleted."""
    rows = OrganisationPaper.objects.filter(organisation=organisation)
    withdrawn_last = F("withdrawn_at").asc(nulls_first=True)
    return list(rows.select_related("document", "added_by").order_by(withdrawn_last, "kind", "-year", "-pk"))


def paper_of(organisation: Organisation, pk: int) -> OrganisationPaper:
    return get_object_or_404(
        OrganisationPaper.objects.select_related("document", "organisation"), organisation=organisation, pk=pk
    )


def valid_papers(organisation_id: int, day: date) -> dict[str, OrganisationPaper]:
    """{kind: the paper of the organisation that answers a call that day}, the best of each kind (ASS-1)."""
    best: dict[str, OrganisationPaper] = {}
    for paper in (
        OrganisationPaper.objects.filter(organisation=organisation_id)
        .valid_on(day)
        .select_related("document")
    ):
        best.setdefault(paper.kind, paper)
    return best


def papers_ending(before: date) -> QuerySet[OrganisationPaper]:
    """The papers kept that end by that day and that none of the same kind outlives."""
    later = OrganisationPaper.objects.kept().filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until")),
        organisation=OuterRef("organisation"), kind=OuterRef("kind"), label=OuterRef("label"),
    )  # fmt: skip
    ending = OrganisationPaper.objects.kept().filter(~Exists(later), valid_until__lte=before)
    return ending.select_related("organisation").order_by("valid_until", "pk")


def keepers(organisation: Organisation, today: date) -> QuerySet[User]:
    """Who keeps the page of the organisation, and is reminded of what it lacks."""
    roles = (MembershipRole.ADMINISTRATOR, MembershipRole.EDITOR)
    held = Membership.objects.filter(current(today), organisation=organisation, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def interests_of(user: User) -> QuerySet[Interest]:
    """The ties a person has declared, those in force first."""
    return (
        Interest.objects.filter(user=user).select_related("organisation").order_by("ended_on", "-declared_on")
    )


def interests_with(organisation: Organisation, today: date) -> QuerySet[Interest]:
    """Who has declared a tie with this organisation."""
    held = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    return (
        Interest.objects.filter(held, organisation=organisation)
        .select_related("user")
        .order_by("user__full_name", "pk")
    )


def interest_for(office: Office, pk: int) -> Interest:
    """A tie this person may end, or 404."""
    interest = get_object_or_404(Interest.objects.select_related("organisation", "user"), pk=pk)
    if not speaks_for(office, interest.user_id):
        raise Http404("ce lien est celui de quelqu'un d'autre")
    return interest


def mail_kinds() -> tuple[list[Kind], list[Kind]]:
    """What is written to people: what always leaves at once, what follows each one's choice."""
    shown = sorted(KINDS.values(), key=lambda kind: kind.label)
    return [kind for kind in shown if kind.is_mandatory], [kind for kind in shown if not kind.is_mandatory]


def missing(organisation: Organisation) -> list[str]:
    """What the identity still lacks, in words (ASS-1)."""
    values = {field.name: getattr(organisation, field.name) for field in organisation._meta.fields}
    return missing_identity(values, is_association=organisation.kind == OrganisationKind.ASSOCIATION)


def lock(organisation: Organisation) -> None:
    """Re-read the organisation under a row lock, inside the caller's transaction."""
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update())
