"""The conversation of a dossier, who has read it, what waits to be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from faubourg.accounts.models import User
from faubourg.applications.models import Application, FundingRequest
from faubourg.appraisal.models import Appraisal
from faubourg.contracts.models import TeamMember
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.conversations.models import Post, Reading
from faubourg.conversations.states import TEAM
from faubourg.directory.models import Interest, Membership
from faubourg.directory.queries import current


@dataclass(frozen=True)
class Shown:
    """One message, and who of the other side has read it."""

    post: Post
    read_by: list[Reading]


@dataclass(frozen=True)
class Unread:
    """How many messages of a dossier wait for somebody."""

    application_id: int
    title: str
    number: int


def funders_asked(application: Application) -> frozenset[int]:
    asked = FundingRequest.objects.filter(application=application)
    return frozenset(asked.order_by().values_list("envelope__funder", flat=True))


def posts_of(application: Application, *, opened_only: bool) -> QuerySet[Post]:
    """The messages of a dossier, in order; only those opened to the funders for their officers."""
    posts = Post.objects.filter(application=application).select_related("author", "document").order_by("pk")
    return posts.filter(is_open_to_funders=True) if opened_only else posts


def with_readers(application: Application, posts: QuerySet[Post]) -> list[Shown]:
    """The messages, each with who of the other side has read it: two queries, however long."""
    marks = list(Reading.objects.filter(application=application).select_related("user").order_by("read_at"))
    return [
        Shown(
            post,
            [
                mark
                for mark in marks
                if mark.up_to_id >= post.pk and mark.is_from_applicant != post.is_from_applicant
            ],
        )
        for post in posts
    ]


def last_seen(posts: QuerySet[Post]) -> int | None:
    found: int | None = posts.aggregate(last=Max("pk"))["last"]
    return found


def unread(standing: Standing) -> Iterator[Unread]:
    """What others wrote and this person has not read; for the GIP, unless a colleague has answered since."""
    mark = Reading.objects.filter(application=OuterRef("application"), user=standing.user_id).values("up_to")
    mine = Q(is_from_applicant=False, application__applicant__in=standing.memberships)
    if team := standing.contracts(*TEAM):
        answered = Post.objects.filter(
            application=OuterRef("application"), pk__gt=OuterRef("pk"), is_from_applicant=False
        )
        followed = Appraisal.objects.filter(application=OuterRef("application"), case_officer__isnull=False)
        to_team = Q(is_from_applicant=True, application__call__contract__in=team)
        to_me = ~Exists(followed) | Exists(followed.filter(case_officer=standing.user_id))
        mine |= to_team & to_me & ~Exists(answered) & ~Q(application__applicant__in=standing.ties)
    if standing.contracts(Role.FUNDER_OFFICER):
        mine |= _opened_to(standing)
    # First the few messages not read, alone; then whose they are: never from all the dossiers there are.
    others = Post.objects.exclude(author=standing.user_id).annotate(seen=Subquery(mark[:1]))
    new = others.filter(Q(seen__isnull=True) | Q(pk__gt=F("seen"))).order_by().values("pk")
    rows = Post.objects.filter(mine, pk__in=new).order_by()
    counted = rows.values_list("application", "application__title").annotate(number=Count("pk"))
    for application_id, title, number in counted.order_by("application")[:20]:
        yield Unread(application_id, title, number)


def _opened_to(standing: Standing) -> Q:
    """The messages opened to the funders one is the officer of, but for the organisations one is tied to."""
    asked = Q()
    for seat in standing.seats:
        if seat.role == Role.FUNDER_OFFICER:
            asked |= Q(envelope__funder=seat.organisation_id, envelope__call__contract=seat.contract_id)
    requests = FundingRequest.objects.filter(asked).order_by().values("application")
    opened = Q(is_open_to_funders=True, application__in=requests)
    return opened & ~Q(application__applicant__in=standing.ties)


# To whom a letter goes ------------------------------------------------------------------------------


def members_to_tell(application: Application, today: date) -> QuerySet[User]:
    """Everyone who acts for the applicant that day."""
    held = Membership.objects.filter(current(today), organisation=application.applicant_id)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def team_to_tell(application: Application, today: date) -> QuerySet[User]:
    """Who follows the dossier; the team, but for those tied to the applicant, when nobody does yet."""
    seats = TeamMember.objects.filter(current(today), contract=application.call.contract_id, role__in=TEAM)
    people = _untied(seats, application, today)
    followed = Appraisal.objects.filter(application=application, case_officer__isnull=False)
    officer = people.filter(pk__in=followed.values("case_officer"))
    return officer if officer else people


def funders_to_tell(application: Application, today: date) -> QuerySet[User]:
    """The officers of the funders this dossier asks, but for those tied to the applicant."""
    seats = TeamMember.objects.filter(
        current(today), contract=application.call.contract_id, role=Role.FUNDER_OFFICER,
        organisation__in=funders_asked(application),
    )  # fmt: skip
    return _untied(seats, application, today)


def _untied(seats: QuerySet[TeamMember], application: Application, today: date) -> QuerySet[User]:
    going_on = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    ties = Interest.objects.filter(going_on, organisation=application.applicant_id)
    members = Membership.objects.filter(current(today), organisation=application.applicant_id)
    people = User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("pk")
    return people.exclude(pk__in=ties.values("user")).exclude(pk__in=members.values("user"))
