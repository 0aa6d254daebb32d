"""The calls: framed, submitted to the council, opened, closed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from faubourg.calls import actions
from faubourg.calls.models import Call, CouncilConsultation
from faubourg.calls.rules import TYPICAL_PAPERS
from faubourg.calls.states import FundingLine
from faubourg.consultation.models import CitizenCouncil
from faubourg.contracts.states import ObjectiveLevel
from faubourg.demo import moments
from faubourg.demo.cast import Cast
from faubourg.demo.clock import tick
from faubourg.demo.story import FOLDER

PERMANENT_PAPERS = ("Relevé d'identité bancaire",)


@cache
def told() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(FOLDER / "campaign.yaml"))


def open_permanent(cast: Cast) -> Call:
    """The call open all year round: whatever the real day, one may file."""
    story, now = told()["permanent"], moments.at(moments.SETTLED_IN, 17)
    opens_on, closes_on = moments.PERMANENT_FROM, moments.PERMANENT_TO
    call = actions.create(
        cast.contract, actor=cast.person("mission"), year=moments.YEAR, title=story["title"],
        opens_on=opens_on, closes_on=closes_on, now=tick(now),
    )  # fmt: skip
    _write(cast, call, story, papers=PERMANENT_PAPERS, now=now)
    consult(cast, call, story, consulted_at=now)
    answer(cast, call, story, answered_at=now)
    actions.open(call, actor=cast.person("direction"), now=tick(now))
    return call


def frame(cast: Cast) -> Call:
    """The yearly call is drafted and given to the citizen council."""
    story, now = told()["yearly"], moments.at(moments.DRAFTED_ON)
    call = actions.create(
        cast.contract, actor=cast.person("mission"), year=moments.YEAR, title=story["title"],
        opens_on=moments.on(moments.OPENS_ON), closes_on=moments.on(moments.CLOSES_ON), now=tick(now),
    )  # fmt: skip
    _write(cast, call, story, papers=[paper.label for paper in TYPICAL_PAPERS], now=now)
    consult(cast, call, story, consulted_at=moments.at(moments.CONSULTED_ON, 18))
    return call


def launch(cast: Cast, call: Call) -> None:
    """The council has answered: the director opens the call."""
    answer(cast, call, told()["yearly"], answered_at=moments.at(moments.ANSWERED_ON, 19))
    actions.open(call, actor=cast.person("direction"), now=tick(moments.at(moments.OPENED_ON)))


def close(cast: Cast, call: Call) -> None:
    actions.close(call, actor=cast.person("direction"), now=tick(moments.at(moments.CLOSED_ON, 9)))


def confirm_late_envelope(cast: Cast, call: Call) -> None:
    """One funder gives its amount after the others, by itself."""
    story = told()["yearly"]
    key = story["confirmed_late"]
    envelope = call.envelopes.get(funder=cast.organisation(key))
    now = tick(moments.at(moments.CHECKED_FROM, 11))
    actions.set_envelope(envelope, actor=cast.person(key), amount=Decimal(story["envelopes"][key]), now=now)


def council_of(cast: Cast) -> CitizenCouncil:
    return CitizenCouncil.objects.get(organisation=cast.organisation("council"))


def consult(cast: Cast, call: Call, story: Mapping[str, Any], *, consulted_at: datetime) -> None:
    actions.record_consultation(
        call, council_of(cast), actor=cast.person("mission"), consulted_on=consulted_at.date(),
        means=story["consultation"], now=tick(consulted_at),
    )  # fmt: skip


def answer(cast: Cast, call: Call, story: Mapping[str, Any], *, answered_at: datetime) -> None:
    consultation = CouncilConsultation.objects.get(call=call)
    councillor = cast.person("conseilliere")
    actions.answer_consultation(consultation, actor=councillor, answer=story["answer"], now=tick(answered_at))


def _write(
    cast: Cast, call: Call, story: Mapping[str, Any], *, papers: Collection[str], now: datetime
) -> None:
    """Section by section, as the officer does."""
    who: dict[str, Any] = {"actor": cast.person("mission"), "now": tick(now)}
    milestones = [{"label": label, "due_on": moments.on(day)} for label, day in story["milestones"]]
    actions.edit_framing(
        call,
        year=moments.YEAR,
        title=story["title"],
        guidelines=story["guidelines"],
        contact=story["contact"],
        **who,
    )
    actions.edit_calendar(
        call, opens_on=call.opens_on, closes_on=call.closes_on, milestones=milestones, **who
    )
    actions.edit_scope(
        call, objectives=list(cast.contract.objectives.filter(level=ObjectiveLevel.STRATEGIC)),
        neighbourhoods=list(cast.contract.neighbourhoods.all()), **who,
    )  # fmt: skip
    late = story.get("confirmed_late")
    actions.edit_envelopes(
        call,
        envelopes=[
            {
                "funder": cast.organisation(key),
                "line": FundingLine.P147 if key == "etat" else FundingLine.TARGETED,
                "amount": None if key == late else Decimal(amount),
            }
            for key, amount in story["envelopes"].items()
        ],
        **who,
    )
    actions.edit_papers(
        call, papers=[paper._asdict() for paper in TYPICAL_PAPERS if paper.label in papers], **who
    )
    actions.edit_criteria(
        call,
        criteria=[
            {"label": label, "help": help, "weight": weight} for label, help, weight in story["criteria"]
        ],
        **who,
    )
