"""The computed checks of a dossier, and who stands aside from it."""

from datetime import date

from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.applications.queries import answers_of, duplicates_of
from faubourg.applications.rules import Answers
from faubourg.applications.states import State
from faubourg.appraisal import rules
from faubourg.contracts.models import TeamMember
from faubourg.contracts.queries import parameter
from faubourg.directory.models import Interest, Membership

PUBLIC_SHARE = "budget.part_publique_max"
"""Code of the contract's parameter, in per cent; without it the share is shown and nothing is said."""


def checks_for(application: Application, today: date, answers: Answers | None = None) -> list[rules.Check]:
    """Every computed check, explained (PRG-4). About ten queries: for one dossier, never for a list."""
    threshold = parameter(application.call.contract_id, PUBLIC_SHARE, today)
    context = rules.Context(
        duplicates=[str(other) for other in duplicates_of(application)],
        tied=[person.full_name for person in tied_people(application, today)],
        maximum_public_share=threshold.value if threshold else None,
        is_declared_admissible=application.state
        not in (State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.INADMISSIBLE),
    )
    return rules.checks(answers or answers_of(application), context)


def tied_people(application: Application, today: date) -> list[User]:
    """Who holds a seat on the contract and is tied to the applicant today (PRG-7)."""
    current = (Q(from_on__isnull=True) | Q(from_on__lte=today)) & (
        Q(to_on__isnull=True) | Q(to_on__gte=today)
    )
    members = Membership.objects.filter(current, organisation=application.applicant_id).values("user")
    declared = Interest.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=today), organisation=application.applicant_id
    ).values("user")
    seats = TeamMember.objects.filter(current, contract=application.call.contract_id).values("user")
    people = User.objects.filter(Q(pk__in=members) | Q(pk__in=declared), pk__in=seats)
    return list(people.order_by("full_name"))
