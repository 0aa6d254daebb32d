"""What the GIP wrote, what a committee and a council said of a dossier."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from faubourg.applications.models import Application
from faubourg.applications.permissions import can_take_part
from faubourg.appraisal.models import (
    Appraisal,
    FundingProposal,
    InformationRequest,
    Opinion,
    Remark,
    Score,
)
from faubourg.contracts.rules import Standing
from faubourg.toolkit.verdict import Verdict


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

    @property
    def is_aside(self) -> bool:
        return not self.verdict


def notes_for(standing: Standing, application: Application) -> Notes:
    """Everything, except for whoever is tied or holds no seat: the applicant sees the questions asked."""
    verdict = can_take_part(standing, application)
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
    return list(requests.select_related("asked_by", "answered_by"))


def open_request(application: Application) -> InformationRequest | None:
    """The question that waits for its answer."""
    return InformationRequest.objects.filter(application=application, answered_at__isnull=True).first()
