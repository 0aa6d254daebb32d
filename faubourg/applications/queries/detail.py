"""A whole dossier for its 360° page: everything the applicant wrote, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from faubourg.applications.models import Application, ApplicationPaper
from faubourg.applications.queries.answers import answers_of, wanted_papers
from faubourg.applications.queries.reading import application_for
from faubourg.applications.rules import Answers, Budget, Problem, problems
from faubourg.calls.models import RequiredPaper
from faubourg.contracts.rules import Standing


@dataclass(frozen=True)
class ApplicationDetail:
    """A dossier, what it says, its budget, its papers. Template: applications/_content.html (as `detail`)."""

    application: Application
    answers: Answers
    problems: Sequence[Problem]
    papers: Sequence[ApplicationPaper]
    missing_papers: Sequence[RequiredPaper]

    @property
    def budget(self) -> Budget:
        return self.answers.budget

    @property
    def residents_count(self) -> int:
        return self.answers.residents_count

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.blocks]

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.blocks]

    @property
    def requested_amount(self) -> Decimal:
        return self.budget.requested


def application_detail(standing: Standing, pk: int) -> ApplicationDetail:
    """The dossier and everything it says, or 404. Eight queries, whatever its length."""
    application = application_for(standing, pk)
    wanted: list[Any] = list(wanted_papers(application))
    answers = answers_of(application, wanted)
    papers = application.papers.select_related("document", "required_paper")
    return ApplicationDetail(
        application=application,
        answers=answers,
        problems=problems(answers),
        papers=list(papers),
        missing_papers=[paper for paper in wanted if not paper.is_given],
    )
