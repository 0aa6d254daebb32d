"""What a dossier says, as the plain values the rules reason on."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils.timezone import localdate

from faubourg.applications import rules
from faubourg.applications.models import Application, ApplicationPaper, ApplicationTerritory, FundingRequest
from faubourg.applications.states import Recurrence, State
from faubourg.calls.models import Call, Envelope, RequiredPaper
from faubourg.calls.states import PaperScope
from faubourg.contracts.models import Objective
from faubourg.contracts.queries import figures
from faubourg.directory.models import BankDetails, Organisation, OrganisationPaper
from faubourg.directory.queries import SET_ASIDE, valid_papers
from faubourg.directory.states import LOCAL_AUTHORITIES, OrganisationKind, PaperKind
from faubourg.toolkit.fields import read_key

STRUCTURE_FIELDS = (
    "name", "siret", "rna", "address", "postcode", "town", "email", "purpose",
    "legal_representative", "legal_representative_title",
)  # fmt: skip
FIGURES = {
    "agreement_years": "cpo.duree",
    "outside_qpv_months": "hors_qpv.duree_max",
    "relay_years": "hors_qpv.relais_dc",
}
"""The parameters of the contract that bind a dossier, by the name the rules give them."""
TEXT_FIELDS = (
    "title", "need", "description", "expected_results", "audience", "place", "mainstream_sought", "relay_plan"
)  # fmt: skip


def prefetch_answers(application: Application) -> None:
    """Read what the applicant wrote, but for what is asked from funders: four queries, however long."""
    open_objectives = Call.objectives.through.objects.filter(
        call_id=application.call_id, objective_id=OuterRef("pk")
    )
    open_neighbourhoods = Call.neighbourhoods.through.objects.filter(
        call_id=application.call_id, neighbourhood_id=OuterRef("neighbourhood")
    )
    territories = ApplicationTerritory.objects.select_related("neighbourhood").order_by(
        "neighbourhood__kind", "id"
    )
    prefetch_related_objects(
        [application],
        Prefetch("objectives", Objective.objects.annotate(is_open=Exists(open_objectives))),
        Prefetch("territories", territories.annotate(is_open=Exists(open_neighbourhoods))),
        "indicators",
        "budget_lines",
    )


def budget(application: Application, asked: Sequence[rules.Asked] | None = None) -> rules.Budget:
    """The budget of a dossier, what is asked from funders included (account 74); `asked` if it was read."""
    if asked is None:
        asked = [_asked(request) for request in _funding_requests(application)]
    return rules.Budget(
        lines=tuple(
            rules.Line(line.side, line.account, line.amount, line.label)
            for line in application.budget_lines.all()
        ),
        asked=tuple(asked),
    )


def asked_from(envelope: Envelope, amount: Decimal) -> rules.Asked:
    """What is asked from a funder, as the rules reason on it."""
    kind = envelope.funder.kind
    return rules.Asked(
        funder=str(envelope),
        amount=amount,
        envelope_id=envelope.pk,
        is_local_authority=kind in LOCAL_AUTHORITIES,
        is_p147=envelope.is_p147,
        is_state=kind == OrganisationKind.STATE,
        is_structure_aid=envelope.is_structure_aid,
    )


def _asked(request: FundingRequest) -> rules.Asked:
    return asked_from(request.envelope, request.requested_amount)


def _funding_requests(application: Application) -> Iterable[FundingRequest]:
    prefetch_related_objects(
        [application], Prefetch("funding_requests", FundingRequest.objects.select_related("envelope__funder"))
    )
    return application.funding_requests.all()


def wanted_papers(application: Application, today: date | None = None) -> QuerySet[RequiredPaper]:
    """The papers this call asks from this applicant, each with `is_given`.

    In a draft the valid paper of the organisation is one (ASS-1): filing takes it, and nothing moves after.
    """
    scopes = [PaperScope.ALL]
    if application.applicant.kind == OrganisationKind.ASSOCIATION:
        scopes.append(PaperScope.ASSOCIATIONS)
    if application.recurrence == Recurrence.RENEWAL:
        scopes.append(PaperScope.RENEWALS)
    given = ApplicationPaper.objects.filter(application=application, required_paper=OuterRef("pk"))
    # The RIB is typed on the page of the organisation, for its own readers: no dossier holds it (PRG-2).
    bank = BankDetails.objects.filter(organisation=application.applicant_id).exclude(state__in=SET_ASIDE)
    is_given: Any = Exists(given) | Q(kind=PaperKind.BANK) & Exists(bank)
    if application.state == State.DRAFT:
        kept = OrganisationPaper.objects.filter(organisation=application.applicant_id)
        is_given |= Exists(kept.valid_on(today or localdate()).order_by().filter(kind=OuterRef("kind")))
    wanted = RequiredPaper.objects.filter(call=application.call_id, scope__in=scopes)
    return wanted.annotate(is_given=is_given)


def papers_to_take(application: Application, today: date) -> list[tuple[RequiredPaper, OrganisationPaper]]:
    """What the page of the organisation answers of what the call asks and nobody has joined."""
    joined = {one.required_paper_id for one in application.papers.all()}
    asked = [one for one in wanted_papers(application, today) if one.kind and one.pk not in joined]
    kept = valid_papers(application.applicant_id, today) if asked else {}
    return [(one, kept[one.kind]) for one in asked if one.kind in kept]


def wanted_paper(application: Application, key: str) -> RequiredPaper | None:
    """The paper a file answers, when it is one of those asked."""
    pk = read_key(key)
    return wanted_papers(application).filter(pk=pk).first() if pk else None


def answers_of(
    application: Application,
    wanted: Iterable[RequiredPaper] | None = None,
    asked: Sequence[rules.Asked] | None = None,
    today: date | None = None,
) -> rules.Answers:
    """Everything the dossier says, for `rules.problems`; `wanted`, `asked` when the caller has read them."""
    prefetch_answers(application)
    wanted = wanted_papers(application, today) if wanted is None else wanted
    objectives: list[Any] = list(application.objectives.all())
    counted = budget(application, asked)
    return rules.Answers(
        year=application.call.year,
        is_association=application.applicant.kind == OrganisationKind.ASSOCIATION,
        structure=_structure(application.applicant),
        texts={name: getattr(application, name) for name in TEXT_FIELDS},
        recurrence=application.recurrence,
        is_multi_year=application.is_multi_year,
        objectives_count=sum(objective.is_open for objective in objectives),
        closed_objectives=[str(objective) for objective in objectives if not objective.is_open],
        indicators_count=len(application.indicators.all()),
        participants_count=application.participants_count,
        territories=[_territory(aim) for aim in application.territories.all()],
        starts_on=application.starts_on,
        ends_on=application.ends_on,
        budget=counted,
        is_social_centre=_is_social_centre(application, counted, today),
        missing_papers={
            paper.pk: paper.label
            for paper in wanted
            if paper.is_required and not paper.is_given  # type: ignore[attr-defined]
        },
        republican_pledge=application.republican_pledge,
        is_up_to_date=application.is_up_to_date,
        is_accurate=application.is_accurate,
        figures=figures_of(application),
        short_form_ceiling=application.call.short_form_ceiling,
        wrong={
            part: {name: kept["why"] for name, kept in fields.items() if kept["why"]}
            for part, fields in application.pending_input.items()
        },
        to_confirm=application.to_confirm,
    )


def _is_social_centre(application: Application, counted: rules.Budget, today: date | None) -> bool:
    """Asked of the database only when an aid depends on it."""
    if not any(one.is_structure_aid for one in counted.asked):
        return False
    return PaperKind.SOCIAL_CENTRE in valid_papers(application.applicant_id, today or localdate())


def is_short(application: Application) -> bool:
    """May this dossier leave the questions of the whole form unanswered, for what it asks so far?"""
    ceiling = application.call.short_form_ceiling
    if ceiling is None:
        return False
    amounts = application.funding_requests.values_list("requested_amount", flat=True)
    return rules.is_short(ceiling, rules.total(amounts))


def figures_of(application: Application) -> rules.Figures:
    """What the contract fixed the day the call opened: applicants knew it when they wrote."""
    call = application.call
    day = call.opens_on or date(call.year, 1, 1)
    found = figures(call.contract_id, FIGURES.values(), day)
    return rules.Figures(**{name: int(found[code]) for name, code in FIGURES.items() if code in found})


def _structure(organisation: Organisation) -> dict[str, str]:
    return {name: getattr(organisation, name) for name in STRUCTURE_FIELDS}


def _territory(aim: ApplicationTerritory) -> rules.Territory:
    return rules.Territory(
        name=aim.neighbourhood.name,
        is_qpv=aim.neighbourhood.is_qpv,
        residents=aim.residents_count,
        is_open=aim.is_open,  # type: ignore[attr-defined]
        field=f"residents-{aim.neighbourhood_id}",
    )


def problems_of(application: Application, today: date | None = None) -> tuple[rules.Problem, ...]:
    """What is missing or wrong, warnings included, in the order of the form."""
    return rules.problems(answers_of(application, today=today))


def blocking_problems(application: Application, today: date | None = None) -> list[rules.Problem]:
    """What forbids to file the dossier, or to answer a request for information."""
    return [problem for problem in problems_of(application, today) if problem.blocks]


def duplicates_of(application: Application) -> list[Application]:
    """Other dossiers of the applicant, the same year on the same contract, under a near title (PRG-5)."""
    others = Application.objects.filter(
        applicant=application.applicant_id,
        call__contract=application.call.contract_id,
        call__year=application.call.year,
    ).exclude(pk=application.pk)
    others = others.exclude(state__in=(State.WITHDRAWN, State.INADMISSIBLE)).only("number", "title", "state")
    return [other for other in others.order_by("id") if rules.is_near(other.title, application.title)]
