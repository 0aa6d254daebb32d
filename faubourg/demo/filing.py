"""Associations write and file their dossiers."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from faubourg.accounts.models import User
from faubourg.applications.actions import save_part, start, submit, withdraw
from faubourg.applications.actions.papers import attach_paper
from faubourg.applications.models import Application
from faubourg.applications.queries import wanted_papers
from faubourg.applications.states import Part
from faubourg.calls.models import Call
from faubourg.demo import moments
from faubourg.demo.cast import HERS, Cast
from faubourg.demo.clock import tick
from faubourg.demo.papers import paper
from faubourg.demo.story import Project, asked, dice, lines
from faubourg.territories.models import Neighbourhood


def signatory(cast: Cast, association: str) -> User:
    return cast.person("presidente" if association == HERS else association)


def writer(cast: Cast, association: str) -> User:
    """Who types: the treasurer for her association, the signatory herself elsewhere."""
    return cast.person("tresoriere" if association == HERS else association)


def file_all(
    cast: Cast,
    calls: dict[str, Call],
    projects: Iterable[Project],
    *,
    seed: int,
    until: datetime | None = None,
) -> dict[str, Application]:
    """Every dossier of the yearly call in the order of filing; after `until`, what is begun stays a draft."""
    filed = {}
    for project in sorted(projects, key=lambda one: moments.filed_at(one, seed)):
        begins, ends = moments.started_at(project, seed), moments.filed_at(project, seed)
        if until is not None and begins > until:
            continue
        application = begin(cast, calls[project.call], project, seed=seed, now=begins)
        if project.is_complete and (until is None or ends <= until):
            finish(cast, application, project, seed=seed, now=ends)
            filed[project.key] = application
    return filed


def begin(cast: Cast, call: Call, project: Project, *, seed: int, now: datetime) -> Application:
    """Start a draft and write what the association knows so far."""
    actor = writer(cast, project.by)
    application = start(call, cast.organisation(project.by), actor=actor, title=project.title, now=tick(now))
    for minutes, (part, values) in enumerate(_parts(cast, call, project, seed), start=4):
        save_part(application, part, values, actor=actor, now=tick(now + timedelta(minutes=7 * minutes)))
    return application


def finish(cast: Cast, application: Application, project: Project, *, seed: int, now: datetime) -> None:
    """Join the papers, attest, file."""
    actor = signatory(cast, project.by)
    for wanted in wanted_papers(application):
        if wanted.is_given:  # type: ignore[attr-defined]
            continue
        if wanted.is_required or dice(seed, "paper", project.key, wanted.label).random() < 0.7:
            upload = paper(wanted.label, application.applicant.name)
            before = tick(now - timedelta(minutes=9))
            attach_paper(application, upload, actor=actor, now=before, required_paper=wanted)
    attestations = {
        "republican_pledge": True, "republican_pledge_signed_on": moments.on(date(2026, 10, 1)),
        "is_up_to_date": True, "is_accurate": True,
    }  # fmt: skip
    save_part(application, Part.SIGNATURE, attestations, actor=actor, now=tick(now - timedelta(minutes=2)))
    submit(application, actor=actor, now=tick(now))


def give_up(cast: Cast, application: Application, *, by: str, reason: str, now: datetime) -> None:
    withdraw(application, actor=signatory(cast, by), reason=reason, now=tick(now))


def _parts(cast: Cast, call: Call, project: Project, seed: int) -> Iterable[tuple[Part, dict[str, Any]]]:
    yield Part.PROJECT, _given(
        title=project.title, recurrence=project.recurrence, need=project.need,
        description=project.description,
        expected_results=project.results, partners=project.partners,
    ) | {
        "objectives": list(call.objectives.filter(code__in=project.objectives).values_list("pk", flat=True)),
        "indicators": list(project.indicators),
    }  # fmt: skip
    yield Part.AUDIENCE, _given(
        audience=project.audience, participants_count=project.participants, place=project.place,
        mainstream_sought=project.mainstream, relay_plan=project.relay,
    ) | {"residents": _residents(project)}  # fmt: skip
    if project.schedule:
        yield Part.SCHEDULE, _given(schedule=project.schedule, staff=project.staff) | _dates(project)
    if project.asks:
        envelopes = {envelope.funder_id: envelope.pk for envelope in call.envelopes.all()}
        yield (
            Part.BUDGET,
            {
                "lines": [
                    (account, label, Decimal(amount))
                    for account, label, amount in lines(project, seed)
                    if amount
                ]
                if project.own
                else [],
                "asked": {
                    envelopes[cast.organisation(funder).pk]: Decimal(amount)
                    for funder, amount in asked(project, seed).items()
                },
            },
        )


def _residents(project: Project) -> dict[int, int]:
    if not project.residents:
        return {}
    return {Neighbourhood.objects.get(name=project.neighbourhood).pk: project.residents}


def _dates(project: Project) -> dict[str, Any]:
    last = moments.YEAR + (2 if project.multi_year else 0)
    return {
        "starts_on": date(moments.YEAR, 2, 15), "ends_on": date(last, 12, 15),
        "is_multi_year": project.multi_year,
    }  # fmt: skip


def _given(**values: Any) -> dict[str, Any]:
    """What has been written: an empty answer is not sent."""
    return {name: value for name, value in values.items() if value}
