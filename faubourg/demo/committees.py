"""The nine committees: planned, held, opinions given, one dossier put off; and the citizen council."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from faubourg.applications.models import Application
from faubourg.appraisal import actions
from faubourg.appraisal.models import TabledApplication
from faubourg.contracts.models import Objective
from faubourg.demo import campaign, moments
from faubourg.demo.appraising import stance_of, words
from faubourg.demo.cast import Cast
from faubourg.demo.clock import tick
from faubourg.demo.story import dice, projects, voices
from faubourg.governance.actions.attendance import add_guest, record_attendance
from faubourg.governance.actions.bodies import set_scope
from faubourg.governance.actions.decisions import record_decision
from faubourg.governance.actions.meetings import close, plan, start
from faubourg.governance.models import Body, Meeting
from faubourg.governance.queries import seats_of

PLANNED_ON = date(2027, 2, 22)
DAYS = {
    "ctp-1": date(2027, 3, 1), "ctp-2": date(2027, 3, 2), "ctp-3": date(2027, 3, 4),
    "ctp-4": date(2027, 3, 5), "ctp-5": date(2027, 3, 8), "ctp-6": date(2027, 3, 9),
    "ctp-7": date(2027, 3, 11), "ctp-8": date(2027, 3, 12), "ctp-9": date(2027, 3, 15),
}  # fmt: skip
SECOND_SITTING = date(2027, 3, 16)
SITTING_ON = date(2027, 3, 9)
"""The day the stage « comité » stops on: that day's committee is sitting."""
COUNCIL_DAYS = (date(2027, 3, 3), date(2027, 3, 18))
PLACE = "Maison des associations, Saint-Ambroix"


def committee_of(key: str, said: Mapping[str, Any]) -> str:
    """The committee of its priority, unless the story says another."""
    return str(said["committees"].get(key, f"ctp-{projects()[key].objectives[0][0]}"))


def hold_all(cast: Cast, filed: dict[str, Application], *, seed: int, until: date | None = None) -> None:
    """Plan the nine committees, table the dossiers, hold those whose day has come."""
    said = voices()
    tabled = {key: one for key, one in filed.items() if _is_appraised(one)}
    _say_what_they_examine(cast)
    planned = {code: _plan(cast, code, day) for code, day in DAYS.items()}
    second = _plan(cast, "ctp-1", SECOND_SITTING, title="CTP 1 · seconde séance")
    on_agenda = {
        code: _table(cast, meeting, _those_of(code, tabled, said)) for code, meeting in planned.items()
    }
    _council_speaks(cast, tabled, said, COUNCIL_DAYS[0], seed=seed, half=0)
    for code, day in DAYS.items():
        if until is None or day <= until:
            _hold(cast, planned[code], on_agenda[code], said, second, seed=seed, sitting=day == until)
    if until is None:
        _hold_second(cast, second, said, seed=seed)
        _council_speaks(cast, tabled, said, COUNCIL_DAYS[1], seed=seed, half=1)


def _say_what_they_examine(cast: Cast) -> None:
    """Each committee looks at the priority whose number it bears, when there is one."""
    for code in DAYS:
        priority = Objective.objects.filter(contract=cast.contract, level="priority", code=code[-1])
        set_scope(
            Body.objects.get(code=code), actor=cast.person("mission"), objectives=list(priority),
            neighbourhoods=[], now=tick(moments.at(PLANNED_ON, 8)),
        )  # fmt: skip


def hold_steering(cast: Cast) -> Meeting:
    """The first steering committee of the campaign: it adopted the framing note's priorities."""
    meeting = plan_steering(cast, "Comité de pilotage d'automne", date(2026, 12, 3), now=date(2026, 11, 5))
    direction = cast.person("direction")
    now = moments.at(date(2026, 12, 3), 9, 30)
    start(meeting, actor=direction, now=tick(now))
    _note_presence(cast, meeting, {"name": "steering"}, seed=0, now=now)
    record_decision(
        meeting, actor=direction, contract=cast.contract, now=tick(now + timedelta(hours=1)),
        text="Le comité prend acte de l'ouverture de l'appel à projets 2027 et arrête son calendrier.",
    )  # fmt: skip
    close(meeting, actor=direction, now=tick(now + timedelta(hours=2)))
    return meeting


def plan_steering(cast: Cast, title: str, day: date, *, now: date) -> Meeting:
    body = Body.objects.get(code="copil")
    return plan(
        body, actor=cast.person("direction"), title=title, starts_at=moments.at(day, 9, 30),
        place="Sous-préfecture d'Alès", now=tick(moments.at(now, 14)),
    )  # fmt: skip


def seat_steering(cast: Cast, meeting: Meeting, *, seed: int, now: datetime) -> None:
    start(meeting, actor=cast.person("direction"), now=tick(now))
    _note_presence(cast, meeting, {"name": "steering"}, seed=seed, now=now)


def _is_appraised(application: Application) -> bool:
    application.refresh_from_db(fields=["state"])
    return application.state == "appraised"


def _those_of(code: str, tabled: dict[str, Application], said: Mapping[str, Any]) -> dict[str, Application]:
    return {key: one for key, one in tabled.items() if committee_of(key, said) == code}


def _plan(cast: Cast, code: str, day: date, title: str = "") -> Meeting:
    body = Body.objects.get(code=code)
    return plan(
        body, actor=cast.person("mission"), title=title or body.name.removesuffix(" (nom à confirmer)"),
        starts_at=moments.at(day, 9, 30), place=PLACE, now=tick(moments.at(PLANNED_ON, 9)),
    )  # fmt: skip


def _table(cast: Cast, meeting: Meeting, those: dict[str, Application]) -> dict[str, TabledApplication]:
    mission, now = cast.person("mission"), moments.at(PLANNED_ON, 15)
    return {key: actions.table(one, meeting, actor=mission, now=tick(now)) for key, one in those.items()}


def _hold(
    cast: Cast, meeting: Meeting, those: dict[str, TabledApplication], said: dict[str, Any], second: Meeting,
    *, seed: int, sitting: bool,
) -> None:  # fmt: skip
    """Open, note who is there, go through the agenda, close; a sitting committee has only begun."""
    now, mission = meeting.starts_at, cast.person("mission")
    start(meeting, actor=mission, now=tick(now))
    _note_presence(cast, meeting, said, seed=seed, now=now)
    for rank, (key, tabled) in enumerate(those.items()):
        _discuss(cast, tabled, key, said, second, seed=seed, now=now + timedelta(minutes=5 + 9 * rank))
        if sitting and rank == 1:
            return
    actions.close_meeting(meeting, actor=mission, now=tick(now + timedelta(minutes=15 + 9 * len(those))))


def _hold_second(cast: Cast, second: Meeting, said: dict[str, Any], *, seed: int) -> None:
    """The dossiers put off come back."""
    keys = [key for key, case in said["cases"].items() if "postponed" in case]
    waiting = TabledApplication.objects.filter(item__meeting=second).select_related(
        "item__meeting", "application"
    )
    those = dict(zip(keys, waiting, strict=True))
    without = {**said, "cases": {**said["cases"], **{key: _settled(said["cases"][key]) for key in keys}}}
    _hold(cast, second, those, without, second, seed=seed, sitting=False)


def _settled(case: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in case.items() if name != "postponed"}


def _discuss(
    cast: Cast, tabled: TabledApplication, key: str, said: dict[str, Any], second: Meeting, *, seed: int,
    now: datetime,
) -> None:  # fmt: skip
    mission, case = cast.person("mission"), said["cases"].get(key, {})
    for speaker, text in _remarks(key, case, said, seed=seed):
        actions.remark(tabled, actor=mission, speaker=speaker, text=text, now=tick(now))
    if "postponed" in case:
        actions.carry_over(tabled, actor=mission, reason=case["postponed"], to=second, now=tick(now))
        return
    actions.give_opinion(
        tabled, actor=mission, stance=stance_of(key, said),
        summary=words(key, "opinion", said, seed=seed) or words(key, "assessment", said, seed=seed),
        conditions=words(key, "conditions", said, seed=seed),
        other_funding=str(case.get("other_funding", "")),
        now=tick(now + timedelta(minutes=6)),
    )  # fmt: skip


def _remarks(key: str, case: dict[str, Any], said: dict[str, Any], *, seed: int) -> list[list[str]]:
    if "remarks" in case:
        return list(case["remarks"])
    luck = dice(seed, "remarks", key)
    return list(luck.sample(said["remarks"], luck.choice((1, 1, 2, 2, 3))))


def _note_presence(
    cast: Cast, meeting: Meeting, said: Mapping[str, Any], *, seed: int, now: datetime
) -> None:
    """The GIP always, the others most of the time; a reader is not convened; guests write their name."""
    who = cast.person("mission")
    luck = dice(seed, "presence", str(meeting.title))
    seats = seats_of(meeting, now.date())
    present = {
        seat.user_id
        for seat in sorted(seats, key=lambda one: one.user.email)
        if seat.role != "reader" and (seat.role.startswith("gip_") or luck.random() < 0.75)
    }
    record_attendance(meeting, actor=who, present=present, now=tick(now))
    for full_name, on_behalf_of in luck.sample(said.get("guests", []), min(2, len(said.get("guests", [])))):
        add_guest(meeting, actor=who, full_name=full_name, on_behalf_of=on_behalf_of, now=tick(now))


def _council_speaks(
    cast: Cast, tabled: dict[str, Application], said: dict[str, Any], day: date, *, seed: int, half: int
) -> None:
    """The councillor gives the council's opinion: what it has strong words for, and half of the rest."""
    councillor, council = cast.person("conseilliere"), campaign.council_of(cast)
    here = {key: one for key, one in tabled.items() if projects()[key].neighbourhood == "L'Écusson"}
    spoken = [key for key in here if "council" in said["cases"].get(key, {})]
    others = [key for key in here if key not in spoken and dice(seed, "council", key).random() < 0.5]
    for rank, key in enumerate(chain(spoken, others)):
        if rank % 2 != half:
            continue
        case = said["cases"].get(key, {})
        stance = case.get("council_stance") or (
            "reserved" if case.get("stance") == "reserved" else "favourable"
        )
        summary = case.get("council") or dice(seed, "council-words", key).choice(said["council"][stance])
        actions.give_council_opinion(
            here[key], council, actor=councillor, stance=stance, summary=summary,
            now=tick(moments.at(day, 18, rank)),
        )  # fmt: skip
