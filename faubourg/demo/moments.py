"""When things happen: the campaign of 2027, told from September 2026 to June 2027, in Paris time.

Seen before those days, the whole campaign is told some weeks earlier (`tell_by`), so that nothing in the
demonstration has happened in the future. Weekdays are kept.
"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from faubourg.demo.story import Project, dice

PARIS = ZoneInfo("Europe/Paris")
YEAR = 2027


class Stage(StrEnum):
    """How far the story goes; each stage contains the ones before."""

    FRAMING = "cadrage"
    CALL = "appel"
    APPRAISAL = "instruction"
    COMMITTEE = "comite"
    DECISION = "decision"
    NOTICE = "notification"

    def reaches(self, other: "Stage") -> bool:
        order = list(Stage)
        return order.index(self) >= order.index(other)


_earlier = timedelta()


def tell_by(stage: Stage, today: date) -> None:
    """Tell the campaign by whole weeks earlier when its stage would otherwise lie after `today`."""
    global _earlier
    weeks = -((today - SEEN_ON[stage]).days // 7)
    _earlier = timedelta(weeks=max(weeks, 0))


def on(day: date) -> date:
    """A day of the campaign, as told; what comes before the campaign is not moved."""
    return day - _earlier if day >= DRAFTED_ON else day


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """That hour of a day of the story, as told."""
    return datetime.combine(on(day), time(hour, minute), PARIS)


SETTLED_IN = date(2025, 1, 6)
"""When people take their seats: well before the story, so that everyone may log in whatever the day."""
DRAFTED_ON = date(2026, 9, 7)
CONSULTED_ON = date(2026, 9, 21)
ANSWERED_ON = date(2026, 9, 30)
OPENED_ON = date(2026, 10, 12)
OPENS_ON = date(2026, 10, 15)
SEEN_IN_CALL_ON = date(2026, 12, 18)
"""The day the stage « appel » stops on: half of the dossiers are filed."""
CLOSES_ON = date(2027, 1, 15)
CLOSED_ON = date(2027, 1, 18)
CHECKED_FROM = date(2027, 1, 19)
SEEN_IN_APPRAISAL_ON = date(2027, 2, 3)
ARBITRATED_ON = date(2027, 4, 8)
"""When the GIP tries scenarios: after the committees, before the first funder decides."""
STEERING_ON = date(2027, 6, 10)
NOTICES_ON = date(2027, 6, 14)
RELEASED_ON = date(2027, 6, 17)

SEEN_ON = {
    Stage.FRAMING: ANSWERED_ON,
    Stage.CALL: SEEN_IN_CALL_ON,
    Stage.APPRAISAL: SEEN_IN_APPRAISAL_ON,
    Stage.COMMITTEE: date(2027, 3, 9),
    Stage.DECISION: date(2027, 5, 31),
    Stage.NOTICE: RELEASED_ON,
}
"""The day each stage is looked at: nothing in it has happened later."""
PERMANENT_FROM, PERMANENT_TO = date(2025, 1, 6), date(2027, 12, 31)
"""The call one may file in on any day until the end of 2027: initiatives all year round (PRG-14)."""


def filed_at(project: Project, seed: int) -> datetime:
    """When a dossier is filed: many on the last days, one at the last minute."""
    if project.key == "atelier-velo-bis":
        return at(CLOSES_ON, 23, 41)
    if project.key == "jardins-partages":
        return at(date(2026, 11, 12), 18, 20)
    luck = dice(seed, "filed", project.key)
    span = (CLOSES_ON - date(2026, 11, 2)).days
    day = CLOSES_ON - timedelta(days=int(span * luck.random() ** 1.6))
    return at(day, luck.randint(8, 20), luck.randint(0, 59))


def started_at(project: Project, seed: int) -> datetime:
    """When its first line was written: some days earlier, never before the call opens."""
    luck = dice(seed, "started", project.key)
    earlier = filed_at(project, seed) - timedelta(days=luck.randint(5, 40))
    return max(earlier, at(OPENS_ON, luck.randint(8, 18), luck.randint(0, 59)))
