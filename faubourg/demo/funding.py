"""Each funder decides for itself, within its envelope; then the steering committee, then the letters."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from faubourg.applications.models import Application, FundingRequest
from faubourg.awards import actions
from faubourg.awards.models import AwardNotice
from faubourg.awards.rules import Ruling
from faubourg.awards.states import ActKind, FundingOutcome
from faubourg.calls.models import Call
from faubourg.demo import moments
from faubourg.demo.appraising import shares, words
from faubourg.demo.cast import Cast
from faubourg.demo.clock import tick
from faubourg.demo.committees import plan_steering, seat_steering
from faubourg.demo.story import dice, voices
from faubourg.governance.actions.meetings import close

SITTINGS: Mapping[str, tuple[str, date, ActKind, str]] = {
    "cc": ("cc", date(2027, 4, 15), ActKind.RESOLUTION, "2027-04-041"),
    "ville": ("ville", date(2027, 4, 20), ActKind.RESOLUTION, "27-2027"),
    "departement": ("departement", date(2027, 4, 26), ActKind.RESOLUTION, "CP 2027-118"),
    "caf": ("caf", date(2027, 5, 4), ActKind.BOARD, "CA 2027-05-12"),
    "etat": ("prefet", date(2027, 5, 18), ActKind.AWARD_ORDER, "30-2027-05-18-00007"),
    "region": ("region", date(2027, 5, 28), ActKind.RESOLUTION, "CP/2027-MAI/09.14"),
}
"""Who decides for each funder, the day of its act, its kind and its number (all invented)."""
CHARGED_TO: Mapping[str, str] = {"etat": "BOP 147", "caf": "Fonds publics et territoires (fictif)"}
"""The line of its own budget that a funder names; the others leave it to be confirmed."""
SCENARIOS: Mapping[str, str] = {
    "Au plus près des avis": "propositions",
    "Tout ce qui est demandé": "demandes",
}
"""Each scenario, and what it starts from."""
STILL_TO_COME: Mapping[str, int] = {"region": 6, "etat": 4, "ville": 2}
"""How many decisions each funder still owes at the stage « decision »."""


def decide_all(cast: Cast, call: Call, filed: dict[str, Application], *, seed: int, all_done: bool) -> None:
    """Funder after funder, on the day of its act."""
    said = voices()
    for funder, (decider, day, *_) in SITTINGS.items():
        envelope = call.envelopes.get(funder=cast.organisation(funder))
        requests = _requests(filed, envelope.pk)
        paid = {key: one.requested_amount for key, one in requests.items() if _is_paid(key, funder, said)}
        amounts = shares(paid, envelope.amount or Decimal(), said, seed=seed)
        owed = 0 if all_done else STILL_TO_COME.get(funder, 0)
        left_out = set(list(amounts)[len(amounts) - owed :])
        now = moments.at(day + timedelta(days=2), 10)
        for rank, (key, request) in enumerate(requests.items()):
            if key in left_out:
                continue
            ruling = _ruling(funder, key, amounts.get(key, Decimal()), request, said, seed=seed)
            person = cast.person(decider)
            actions.decide(
                request, actor=person, ruling=ruling, version=0, now=tick(now + timedelta(minutes=3 * rank))
            )


def try_scenarios(cast: Cast, call: Call) -> None:
    """Two ways of sharing the money, shown to the funders before they decide: one holds, one does not."""
    direction = cast.person("direction")
    for hour, (name, source) in enumerate(SCENARIOS.items()):
        now = tick(moments.at(moments.ARBITRATED_ON, 14 + hour))
        scenario = actions.create_scenario(call, actor=direction, name=name, source=source, now=now)
        actions.edit_scenario(scenario, actor=direction, name=name, is_shared=True, now=now)


def plan_validation(cast: Cast) -> Any:
    """The steering committee that will validate is convened while funders decide."""
    return plan_steering(
        cast, "Comité de pilotage de programmation 2027", moments.STEERING_ON, now=date(2027, 5, 20)
    )


def validate_all(cast: Cast, call: Call, filed: Iterable[Application], meeting: Any, *, seed: int) -> None:
    now, direction = moments.at(moments.STEERING_ON, 9, 30), cast.person("direction")
    seat_steering(cast, meeting, seed=seed, now=now)
    decided = [one.pk for one in filed if _state(one) == "decided"]
    actions.validate(call, meeting, decided, actor=direction, now=tick(now + timedelta(hours=1)))
    close(meeting, actor=direction, now=tick(now + timedelta(hours=2)))


def write_to_applicants(cast: Cast, filed: Iterable[Application]) -> None:
    """A letter for each validated dossier; the first two thirds are read and sent, the others wait."""
    mission, direction = cast.person("mission"), cast.person("direction")
    validated = [one for one in filed if _state(one) == "validated"]
    _succeed(actions.prepare_notices(validated, actor=mission, now=tick(moments.at(moments.NOTICES_ON, 10))))
    notices = AwardNotice.objects.select_related("message").order_by("application__number")
    letters = [notice.message for notice in notices][: 2 * len(validated) // 3]
    _succeed(actions.release_notices(letters, actor=direction, now=tick(moments.at(moments.RELEASED_ON, 9))))


def _succeed(results: Iterable[Any]) -> None:
    problems = [f"{result.label} : {result.problem}" for result in results if result.problem]
    if problems:
        raise RuntimeError("\n".join(problems))


def _requests(filed: dict[str, Application], envelope_id: int) -> dict[str, FundingRequest]:
    """What is asked from an envelope by the dossiers a committee has spoken of."""
    found = {}
    for key, application in filed.items():
        if _state(application) in ("reviewed", "decided"):
            request = application.funding_requests.filter(envelope=envelope_id).first()
            if request is not None:
                found[key] = request
    return found


def _state(application: Application) -> str:
    application.refresh_from_db(fields=["state"])
    return application.state


def _is_paid(key: str, funder: str, said: Mapping[str, Any]) -> bool:
    case = said["cases"].get(key, {})
    return funder not in case.get("rejected", {}) and funder not in case.get("deferred", {})


def _ruling(
    funder: str, key: str, amount: Decimal, request: FundingRequest, said: dict[str, Any], *, seed: int
) -> Ruling:
    _, sitting, act_kind, act_number = SITTINGS[funder]
    day = moments.on(sitting)
    case = said["cases"].get(key, {})
    if funder in case.get("deferred", {}):
        return Ruling(FundingOutcome.DEFERRED, decided_on=day, reason=case["deferred"][funder])
    if not amount:
        reason = case.get("rejected", {}).get(funder) or dice(seed, "reason", key).choice(said["rejection"])
        return Ruling(FundingOutcome.REJECTED, decided_on=day, reason=reason)
    partial = amount < request.requested_amount
    return Ruling(
        FundingOutcome.GRANTED, awarded_amount=amount, act_kind=act_kind, act_number=act_number,
        decided_on=day, charged_to=CHARGED_TO.get(funder, ""),
        covers_from=request.application.starts_on, covers_until=request.application.ends_on,
        reason=dice(seed, "partial", key, funder).choice(said["partial"]) if partial else "",
        conditions=words(key, "conditions", said, seed=seed) if funder == "etat" else "",
    )  # fmt: skip
