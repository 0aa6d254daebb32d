"""What residents say: the sentences of July 2023 (invented, marked so), a workshop, what they are told."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from faubourg.applications.models import Application
from faubourg.consultation import actions
from faubourg.consultation.models import Consultation, Contribution, Gathering, Topic
from faubourg.consultation.states import Modality
from faubourg.contracts.models import Objective
from faubourg.demo import moments
from faubourg.demo.cast import Cast
from faubourg.demo.clock import tick
from faubourg.demo.story import FOLDER
from faubourg.thread.actions import take_snapshot, tell_back
from faubourg.thread.states import FeedbackOutcome, Moment
from faubourg.toolkit.days import format_day

WORKSHOP_ON, WALKED_ON, DUE_ON = date(2026, 9, 16), date(2026, 9, 19), date(2026, 10, 19)
SHADE, SHOPS = "1.1", "1.4"
CAFE = "Café QPV, maison des habitants"


@cache
def told() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(FOLDER / "residents.yaml"))


def remember(cast: Cast) -> None:
    """The sheets of 2023 are typed, read twice, answered and linked, once the team has settled in."""
    meeting = Gathering.objects.get(consultation__contract=cast.contract, title=told()["meeting"])
    questions = {one.position: one for one in meeting.questions.all()}
    now = moments.at(moments.SETTLED_IN, 18)
    for row in told()["words"]:
        words = actions.take_down(
            meeting, actor=cast.person("mission"), text=row["says"], question=questions[row["question"]],
            is_fictitious=True, now=tick(now),
        )  # fmt: skip
        _read_twice(cast, words, row, now)
        if row["topic"]:
            _answer(cast, words, row, now)
    take_snapshot(
        cast.contract, actor=cast.person("direction"), moment=Moment.SIGNATURE,
        note="Reprise des paroles de 2023", now=tick(now),
    )  # fmt: skip


def hold_workshop(cast: Cast) -> None:
    """A workshop of the year: published, held, its minutes validated before they leave."""
    story, mission = told()["workshop"], cast.person("mission")
    asked, held = moments.at(moments.DRAFTED_ON, 14), moments.at(WORKSHOP_ON, 18)
    place = cast.contract.neighbourhoods.get(kind="qpv")
    consultation = actions.prepare(
        cast.contract, actor=mission, title=story["title"], aim=story["aim"], perimeter="",
        modalities=[Modality.WORLD_CAFE, Modality.PAPER], starts_on=moments.on(WORKSHOP_ON), ends_on=None,
        neighbourhoods=[place], topics=[], organisers=[cast.contract.gip], is_fictitious=True,
        now=tick(asked),
    )  # fmt: skip
    gathering = actions.add_gathering(
        consultation, actor=mission, kind=Modality.WORLD_CAFE, title=story["gathering"],
        held_on=moments.on(WORKSHOP_ON), hour="18 h", place=story["place"], neighbourhood=place,
        facilitators="GIP, centre social", questions=story["questions"], tables=story["tables"],
        now=tick(asked),
    )  # fmt: skip
    actions.publish(consultation, actor=mission, now=tick(asked))
    counts = {**story["attendees"]}
    actions.count_attendees(
        gathering, actor=mission, attendees=sum(counts.values()), counts=counts, now=tick(held)
    )
    tables = {one.position: one for one in gathering.tables.all()}
    questions = {one.position: one for one in gathering.questions.all()}
    for table, question, text in story["words"]:
        actions.take_down(
            gathering, actor=mission, text=text, table=tables[table], question=questions[question],
            is_fictitious=True, now=tick(held),
        )  # fmt: skip
    _leave_minutes(cast, gathering, story)


def walk(cast: Cast) -> None:
    """A walking survey of the same week: one stop is settled, another waits, the third is a strong point."""
    story, mission, walked = told()["walk"], cast.person("mission"), moments.at(WALKED_ON, 10)
    consultation = Consultation.objects.get(contract=cast.contract, title=told()["workshop"]["title"])
    gathering = actions.add_gathering(
        consultation, actor=mission, kind=Modality.WALKING_SURVEY, title=story["title"],
        held_on=moments.on(WALKED_ON), hour="10 h", place=story["place"],
        neighbourhood=cast.contract.neighbourhoods.get(kind="qpv"), facilitators="GIP, conseil citoyen",
        now=tick(walked),
    )  # fmt: skip
    for row in story["points"]:
        point = actions.note_point(
            gathering, actor=mission, place=row["place"], finding=row["finding"], proposal=row["proposal"],
            is_positive=not row["proposal"],
            responsible=cast.organisation("ville") if row["proposal"] else None,
            due_on=moments.on(DUE_ON) if row["proposal"] else None, is_fictitious=True, now=tick(walked),
        )  # fmt: skip
        if row["settled"]:
            now = moments.at(moments.ANSWERED_ON, 11)
            actions.resolve_point(
                point, actor=mission, outcome=row["settled"], ended_on=now.date(), now=tick(now)
            )


def tell_before(cast: Cast) -> None:
    """Residents hear that nothing is decided yet."""
    _tell(cast, FeedbackOutcome.NOT_YET, "before", SHADE, None, moments.at(moments.CLOSED_ON, 12))


def tell_after(cast: Cast, gardens: Application) -> None:
    """Residents hear what is funded, and what was given up; the thread is photographed."""
    now = moments.at(moments.RELEASED_ON, 17)
    _tell(cast, FeedbackOutcome.RESULT, "after", SHADE, gardens, now)
    _tell(cast, FeedbackOutcome.ABANDONED, "given_up", SHOPS, None, now)
    take_snapshot(
        cast.contract, actor=cast.person("direction"), moment=Moment.MID_TERM, note="Point d'étape 2027",
        now=tick(now),
    )  # fmt: skip


def _tell(
    cast: Cast, outcome: FeedbackOutcome, key: str, code: str, about: Application | None, now: datetime
) -> None:
    tell_back(
        cast.contract, actor=cast.person("mission"), outcome=outcome, text=told()["told"][key],
        objective=_objective(cast, code), application=about, told_on=now.date(), told_where=CAFE,
        is_fictitious=True, now=tick(now),
    )  # fmt: skip


def _read_twice(cast: Cast, words: Contribution, row: Mapping[str, Any], now: datetime) -> None:
    first, second = _topic(cast, row["topic"]), _topic(cast, row.get("second") or row["topic"])
    actions.code_contribution(words, actor=cast.person("mission"), topic=first, now=tick(now))
    actions.code_contribution(words, actor=cast.person("deleguee"), topic=second, now=tick(now))
    if row.get("settled"):
        actions.settle_topic(
            words, actor=cast.person("mission"), topic=first, reason=row["settled"], now=tick(now)
        )


def _answer(cast: Cast, words: Contribution, row: Mapping[str, Any], now: datetime) -> None:
    mission = cast.person("mission")
    public = row.get("public") or row["says"]
    actions.review_contribution(words, actor=mission, public_text=public, now=tick(now))
    if row.get("set_aside"):
        actions.set_aside_contribution(words, actor=mission, reason=row["set_aside"], now=tick(now))
        return
    actions.keep_contribution(words, actor=mission, reason=row["kept"], now=tick(now))
    for code, reason in row["objectives"].items():
        actions.link_to_objective(words, _objective(cast, code), actor=mission, reason=reason, now=tick(now))


def _leave_minutes(cast: Cast, gathering: Gathering, story: Mapping[str, Any]) -> None:
    mission, written = cast.person("mission"), moments.at(moments.CONSULTED_ON, 9)
    text = f"{format_day(gathering.held_on)}, {gathering.place}. {story['minutes']}"
    actions.write_minutes(gathering, actor=mission, text=text, now=tick(written))
    actions.validate_minutes(
        gathering, actor=mission, body=story["validated_by"], validated_on=written.date(), now=tick(written)
    )
    actions.publish_minutes(gathering, actor=mission, now=tick(written))


def _topic(cast: Cast, label: str | None) -> Topic | None:
    return Topic.objects.get(contract=cast.contract, label=label, archived_on=None) if label else None


def _objective(cast: Cast, code: str) -> Objective:
    return Objective.objects.get(contract=cast.contract, code=code)
