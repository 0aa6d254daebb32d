"""What every page of the form shows around the questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.applications import queries, rules
from faubourg.applications.models import Application
from faubourg.applications.permissions import assists, can_ask_help, can_submit
from faubourg.applications.states import Part, State
from faubourg.contracts.rules import Standing
from faubourg.directory.queries import valid_papers
from faubourg.directory.states import PaperKind
from faubourg.documents.queries import upload_help
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


@dataclass(frozen=True)
class PartPage:
    """One page of the form: where it stands among the others, what is left to do."""

    part: Part
    steps: Sequence[Any]
    previous: Part | None
    following: Part | None
    problems: Sequence[rules.Problem]
    answers: rules.Answers
    duplicates: Sequence[Application]
    papers: Sequence[Any]
    other_papers: Sequence[Any]
    verdict: Verdict
    is_helper: bool
    may_ask_help: bool
    upload_help: str
    unlocked: Mapping[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"applications/parts/{self.part}.html"

    @property
    def blocking(self) -> list[rules.Problem]:
        return [problem for problem in self.problems if problem.blocks]

    @property
    def warnings(self) -> list[rules.Problem]:
        return [problem for problem in self.problems if not problem.blocks]

    @property
    def here(self) -> list[rules.Problem]:
        """What is missing or wrong on this very page."""
        return [problem for problem in self.problems if problem.part == self.part]

    @property
    def elsewhere(self) -> list[rules.Problem]:
        """What forbids to file, apart from the attestations that are ticked when signing."""
        return [problem for problem in self.blocking if problem.part != Part.SIGNATURE]

    @property
    def above_ceiling(self) -> Sequence[rules.Problem]:
        return rules.asked_above_ceiling(self.answers)

    @property
    def budget(self) -> rules.Budget:
        return self.answers.budget

    @property
    def is_open(self) -> bool:
        """Something on this page may be written; a request for information may have locked it."""
        return rules.is_unlocked(self.unlocked, self.part)

    @property
    def may_add_papers(self) -> bool:
        return rules.is_unlocked(self.unlocked, Part.PAPERS, rules.OTHER_PAPERS)

    @property
    def corrections(self) -> list[tuple[str, str, str]]:
        """(label, why, step) of each answer opened to correction."""
        return [(one["label"], one["why"], key.partition("-")[0]) for key, one in self.unlocked.items()]


def part_page(standing: Standing, application: Application, part: Part, now: datetime) -> PartPage:
    """Everything the page of one part needs, apart from its form."""
    wanted = list(queries.wanted_papers(application, localdate(now)))
    answers = queries.answers_of(application, wanted)
    problems = rules.problems(answers)
    parts = list(Part)
    rank = parts.index(part)
    shown = part in (Part.PAPERS, Part.SIGNATURE)
    papers, others = _papers(application, wanted, localdate(now)) if shown else ([], [])
    return PartPage(
        part=part,
        steps=[_step(application, one, part, problems) for one in parts],
        previous=parts[rank - 1] if rank else None,
        following=parts[rank + 1] if rank + 1 < len(parts) else None,
        problems=problems,
        answers=answers,
        duplicates=queries.duplicates_of(application) if part in (Part.PROJECT, Part.SIGNATURE) else [],
        papers=papers,
        other_papers=others,
        verdict=_may_sign(standing, application, problems, now),
        is_helper=assists(standing, application),
        may_ask_help=bool(can_ask_help(standing, application)),
        upload_help=upload_help(),
        unlocked=application.unlocked,
    )


def _step(application: Application, one: Part, current: Part, problems: Sequence[rules.Problem]) -> Any:
    blocking = [problem for problem in problems if problem.blocks and problem.part == one]
    unlocked = application.unlocked
    state = "todo" if blocking or (unlocked and rules.is_unlocked(unlocked, one)) else "done"
    if any(kept["why"] for kept in application.pending_input.get(one, {}).values()):
        state = "error"
    if one == current:
        state = "current"
    url = reverse("applications:edit", args=[application.pk, one])
    return SimpleNamespace(label=str(one.label), url=url, state=state)


def _papers(application: Application, asked_for: Sequence[Any], today: date) -> tuple[list[Any], list[Any]]:
    """The papers asked, each with its files or the one the organisation keeps; then those joined besides."""
    files = list(application.papers.select_related("document"))
    takes = application.state == State.DRAFT and any(wanted.kind for wanted in asked_for)
    kept = valid_papers(application.applicant_id, today) if takes else {}
    asked = [
        SimpleNamespace(
            wanted=wanted,
            files=[one for one in files if one.required_paper_id == wanted.pk],
            is_open=rules.is_unlocked(application.unlocked, Part.PAPERS, str(wanted.pk)),
            kept=kept.get(wanted.kind),
            is_bank=wanted.kind == PaperKind.BANK,
        )
        for wanted in asked_for
    ]
    known = {row.wanted.pk for row in asked}
    return asked, [one for one in files if one.required_paper_id not in known]


def _may_sign(
    standing: Standing, application: Application, problems: Sequence[rules.Problem], now: datetime
) -> Verdict:
    if application.state != State.DRAFT:
        return denied("Ce dossier a déjà été déposé : il se complète en répondant à la demande du GIP.")
    verdict = can_submit(standing, application, now)
    if not verdict:
        return verdict
    left = sum(problem.blocks and problem.part != Part.SIGNATURE for problem in problems)
    if left:
        return denied(
            f"Il reste {left} réponse{'s' if left > 1 else ''} à donner ou à corriger avant de déposer."
        )
    return ALLOWED
