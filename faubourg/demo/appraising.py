"""The GIP checks, asks, appraises, proposes."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.appraisal import actions
from faubourg.appraisal.rules import Asked
from faubourg.calls.models import Envelope
from faubourg.demo import moments
from faubourg.demo.cast import Cast
from faubourg.demo.clock import tick
from faubourg.demo.filing import give_up, signatory
from faubourg.demo.story import dice, projects, voices

PER_DAY = 3
_SNAGS = {"question", "inadmissible", "withdrawn"}
APPRAISED_FROM = date(2027, 1, 28)


def appraise_all(
    cast: Cast, filed: dict[str, Application], *, seed: int, until: datetime | None = None
) -> None:
    """Admissibility, what raises a question first, then appraisal, as far as `until`."""
    said = voices()
    order = sorted(filed, key=lambda key: not _SNAGS & said["cases"].get(key, {}).keys())
    for key, now in _spread(order, moments.CHECKED_FROM):
        if until is None or now <= until:
            _check(cast, filed[key], key, said, seed=seed, now=now, until=until)
    going_on = {key: filed[key] for key in order if _is_admissible(filed[key])}
    proposals = _proposals(going_on, said, seed=seed)
    for key, now in _spread(list(going_on), APPRAISED_FROM):
        if until is None or now <= until:
            _appraise(cast, going_on[key], key, said, proposals[key], seed=seed, now=now)


def stance_of(key: str, said: dict[str, Any]) -> str:
    return str(said["cases"].get(key, {}).get("stance", "favourable"))


def words(key: str, kind: str, said: dict[str, Any], *, seed: int) -> str:
    """What is said of a dossier: its own sentence, or one of those that suit its stance."""
    own = said["cases"].get(key, {}).get(kind)
    if own is not None:
        return str(own)
    pool = said.get(kind, {}).get(stance_of(key, said), ())
    return str(dice(seed, kind, key).choice(pool)) if pool else ""


def officer(cast: Cast, key: str, *, seed: int) -> User:
    """Most dossiers are the officer's, some the director's."""
    return cast.person("direction" if dice(seed, "officer", key).random() < 0.2 else "mission")


def _spread(keys: list[str], first: date) -> Iterator[tuple[str, datetime]]:
    """A few a day, on working days."""
    day, left = first, PER_DAY
    for rank, key in enumerate(keys):
        if not left:
            day, left = _next_working_day(day), PER_DAY
        left -= 1
        yield key, moments.at(day, 9 + rank % 8, 7 * rank % 60)


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def _proposals(
    going_on: dict[str, Application], said: dict[str, Any], *, seed: int
) -> dict[str, dict[int, Decimal | None]]:
    """What the GIP proposes, dossier by dossier and envelope by envelope: the whole fits in each."""
    asked: dict[Envelope, dict[str, Decimal]] = {}
    for key, application in going_on.items():
        for request in application.funding_requests.select_related("envelope"):
            asked.setdefault(request.envelope, {})[key] = request.requested_amount
    found: dict[str, dict[int, Decimal | None]] = {key: {} for key in going_on}
    for envelope, sums in asked.items():
        for key, amount in shares(sums, envelope.amount or Decimal(), said, seed=seed).items():
            found[key][envelope.pk] = amount
    return found


def _is_admissible(application: Application) -> bool:
    application.refresh_from_db(fields=["state"])
    return application.state == "admissible"


def _check(
    cast: Cast, application: Application, key: str, said: dict[str, Any], *, seed: int, now: datetime,
    until: datetime | None,
) -> None:  # fmt: skip
    case = said["cases"].get(key, {})
    who = officer(cast, key, seed=seed)
    actions.take_charge(application, actor=who, now=tick(now))
    if "withdrawn" in case:
        give_up(
            cast, application, by=projects()[key].by, reason=case["withdrawn"], now=now + timedelta(hours=2)
        )
    elif "inadmissible" in case:
        actions.declare_inadmissible(application, actor=who, reason=case["inadmissible"], now=tick(now))
    elif "question" in case:
        _ask(cast, application, key, case, who, now, until)
    else:
        actions.declare_admissible(application, actor=who, now=tick(now))


def _ask(
    cast: Cast, application: Application, key: str, case: dict[str, Any], who: User, now: datetime,
    until: datetime | None,
) -> None:  # fmt: skip
    due_on = now.date() + timedelta(days=15)
    asked = [Asked(*row) for row in case.get("asked", ())]
    actions.ask_information(
        application, actor=who, question=case["question"], due_on=due_on, asked=asked, now=tick(now)
    )
    answered_at = now + timedelta(days=3, hours=2)
    if "answer" in case and (until is None or answered_at <= until):
        applicant = signatory(cast, projects()[key].by)
        actions.answer_information(application, actor=applicant, answer=case["answer"], now=tick(answered_at))
        actions.declare_admissible(application, actor=who, now=tick(answered_at + timedelta(hours=20)))


def _appraise(
    cast: Cast, application: Application, key: str, said: dict[str, Any],
    proposals: dict[int, Decimal | None], *, seed: int, now: datetime,
) -> None:  # fmt: skip
    who = officer(cast, key, seed=seed)
    luck = dice(seed, "sheet", key)
    stance = stance_of(key, said)
    notes = {
        "admissibility_note": luck.choice(said["admissibility"]),
        "assessment": words(key, "assessment", said, seed=seed)
        or luck.choice(said["assessment"]["reserved"]),
        "recommendation": stance,
        "changes_asked": words(key, "changes_asked", said, seed=seed),
    }
    low, high = {"favourable": (3, 5), "reserved": (2, 4)}.get(stance, (0, 2))
    scores = {criterion.pk: (luck.randint(low, high), "") for criterion in application.call.criteria.all()}
    actions.save_appraisal(
        application, actor=who, version=0, notes=notes, scores=scores, proposals=proposals, now=tick(now)
    )
    actions.appraise(application, actor=who, now=tick(now + timedelta(minutes=25)))


WEIGHTS = {"favourable": Decimal("0.85"), "reserved": Decimal("0.6")}
WHOLE = 0.4
"""The share of favourable dossiers that get all they ask."""


HUNDRED = Decimal(100)
SPENT = Decimal("0.97")
"""How much of an envelope the story spends: nearly all, never more."""


def proposed(key: str, asked: Decimal, stance: str, *, seed: int) -> Decimal:
    """What the GIP proposes to a funder, in round sums; nothing for what it advises against."""
    if stance == "favourable" and dice(seed, "whole", key).random() < WHOLE:
        return asked
    return asked * WEIGHTS.get(stance, Decimal()) // 100 * 100


def shares(
    asked: Mapping[str, Decimal], amount: Decimal, said: dict[str, Any], *, seed: int
) -> dict[str, Decimal]:
    """What each dossier gets: some all they ask, the others what is proposed, or less."""
    wanted = {key: proposed(key, sum_, stance_of(key, said), seed=seed) for key, sum_ in asked.items()}
    whole = {key: sum_ for key, sum_ in wanted.items() if sum_ == asked[key]}
    left = amount * SPENT - sum(whole.values(), Decimal())
    others = sum(wanted.values(), Decimal()) - sum(whole.values(), Decimal())
    return {
        key: sum_
        if not sum_ or key in whole or others <= left
        else max(HUNDRED, sum_ * left / others // HUNDRED * HUNDRED)
        for key, sum_ in wanted.items()
    }
