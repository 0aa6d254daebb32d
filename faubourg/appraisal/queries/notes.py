"""What the GIP wrote, what a committee and a council said of a dossier."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from faubourg.applications.models import Application
from faubourg.applications.queries import questions_of
from faubourg.applications.states import State
from faubourg.appraisal.models import (
    Appraisal,
    Correction,
    FundingProposal,
    InformationRequest,
    Opinion,
    Remark,
    Score,
)
from faubourg.appraisal.queries.aside import may_read_notes
from faubourg.appraisal.rules import Clock, Mean, clock, weighted_mean
from faubourg.contracts.queries import figures
from faubourg.contracts.rules import Standing
from faubourg.toolkit.verdict import Verdict

DELAY = "instruction.delai"
"""Code of the contract's parameter, in days; without it the time spent is shown and no last day is told."""
UNDER_WAY = (State.SUBMITTED, State.INCOMPLETE, State.ADMISSIBLE)


@dataclass(frozen=True)
class Notes:
    """What a reader may see of the instruction. Template: appraisal/_opinions.html (as `notes`)."""

    verdict: Verdict
    application: Application
    requests: list[InformationRequest] = field(default_factory=list)
    appraisal: Appraisal | None = None
    proposals: list[FundingProposal] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)

    @property
    def mean(self) -> Mean:
        """Of the criteria that have a weight; the others are only shown."""
        return weighted_mean((one.points, one.criterion.weight) for one in self.scores)

    @property
    def is_aside(self) -> bool:
        return not self.verdict


def notes_for(standing: Standing, application: Application) -> Notes:
    """Everything, except for whoever is tied or holds no seat: the applicant sees the questions asked."""
    verdict = may_read_notes(standing, application)
    requests = requests_of(application)
    if not verdict:
        own = standing.acts_for(application.applicant_id)
        return Notes(verdict, application, requests=requests if own else [])
    return Notes(
        verdict,
        application,
        requests=requests,
        appraisal=appraisal_of(application),
        proposals=proposals_of(application),
        scores=list(
            Score.objects.filter(appraisal__application=application)
            .select_related("criterion")
            .order_by("criterion__position", "pk")
        ),
        opinions=opinions_of([application])[application.pk],
        remarks=list(
            Remark.objects.filter(tabled__application=application).select_related(
                "author", "tabled__item__meeting"
            )
        ),
    )


def opinions_of(applications: Iterable[Application]) -> dict[int, list[Opinion]]:
    """{dossier: its opinions}, in one query. Show them only where `can_take_part` says yes (PRG-7)."""
    pks = [application.pk for application in applications]
    found: dict[int, list[Opinion]] = defaultdict(list)
    opinions = Opinion.objects.filter(application__in=pks).select_related(
        "council__organisation", "tabled__item__meeting__body", "given_by"
    )
    for opinion in opinions:
        found[opinion.application_id].append(opinion)
    return found


def appraisal_of(application: Application) -> Appraisal | None:
    return (
        Appraisal.objects.filter(application=application).select_related("case_officer", "saved_by").first()
    )


def scores_of(application: Application) -> dict[int, Score]:
    """{criterion: score}."""
    scores = Score.objects.filter(appraisal__application=application)
    return {score.criterion_id: score for score in scores}


def proposals_of(application: Application) -> list[FundingProposal]:
    proposals = FundingProposal.objects.filter(application=application)
    return list(proposals.select_related("envelope__funder").order_by("envelope__position", "pk"))


def requests_of(application: Application) -> list[InformationRequest]:
    requests = InformationRequest.objects.filter(application=application)
    people = requests.select_related("asked_by", "answered_by", "taken_back_by")
    return list(people.prefetch_related("corrections__accepted_by"))


def requests_to_remind(today: date) -> QuerySet[InformationRequest]:
    """The requests that may be due soon and were never reminded; the rule says which."""
    return InformationRequest.objects.filter(
        answered_at__isnull=True, reminded_at__isnull=True, due_on__gte=today
    ).select_related("application__call", "application__applicant")


def request_of(application: Application, pk: int) -> InformationRequest:
    """One request of this dossier, or 404."""
    return get_object_or_404(InformationRequest.objects.filter(application=application), pk=pk)


def corrections_to_make(application: Application, request: InformationRequest) -> list[Correction]:
    """What is asked, with what the dossier says now as `after`; not saved."""
    corrections = list(request.corrections.all())
    today = {one.key: one.value for one in questions_of(application)} if corrections else {}
    for one in corrections:
        one.after = today.get(one.key, "")
    return corrections


def lock_request(request: InformationRequest) -> None:
    """Re-read the request under a row lock, inside the caller's transaction."""
    request.refresh_from_db(
        fields=["answered_at", "reminded_at"], from_queryset=InformationRequest.objects.select_for_update()
    )


def clock_of(application: Application, requests: Iterable[InformationRequest], today: date) -> Clock | None:
    """How long the dossier has been examined; None before it is filed and once it has been appraised."""
    if application.submitted_at is None or application.state not in UNDER_WAY:
        return None
    pauses = [
        (localdate(one.asked_at), localdate(one.answered_at) if one.answered_at else None) for one in requests
    ]
    delay = figures(application.call.contract_id, [DELAY], today).get(DELAY)
    return clock(localdate(application.submitted_at), pauses, today, int(delay) if delay else None)


def open_request(application: Application) -> InformationRequest | None:
    """The question that waits for its answer."""
    return InformationRequest.objects.filter(application=application, answered_at__isnull=True).first()
