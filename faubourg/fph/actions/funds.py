"""Opening a fund, saying who pays into it, adopting its rules (FPH-2, FPH-5)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.directory.models import Organisation
from faubourg.fph.models import Fund, FundRules, FundShare
from faubourg.fph.permissions import can_keep_fund
from faubourg.fph.queries import lock_fund, money_of
from faubourg.fph.rules import share_errors
from faubourg.journal.actions import write
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

FIELDS = ("opens_on", "closes_on", "manager", "where_to_ask")


@transaction.atomic
def open_fund(
    contract: Contract, *, neighbourhood: Neighbourhood | None, year: int, actor: User, now: datetime,
    is_fictitious: bool = False, **said: Any,
) -> Fund:  # fmt: skip
    """The fund of a year, for one place or for the whole contract; `said` gives FIELDS."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_keep_fund(standing(actor, localdate(now)), contract.pk))
    known = Fund.objects.filter(contract=contract, neighbourhood=neighbourhood, year=year).exists()
    taken = f"Le fonds {year} de ce quartier est déjà ouvert : modifiez-le."
    refuse_if({"year": [taken] if known else [], **_day_errors(said)})
    fund = Fund.objects.create(
        contract=contract, neighbourhood=neighbourhood, year=year, is_fictitious=is_fictitious, **said
    )
    write(actor, "fph.open_fund", fund, contract_id=contract.pk, changes={"opens_on": [None, fund.opens_on]})
    return fund


@transaction.atomic
def amend_fund(fund: Fund, *, actor: User, now: datetime, **said: Any) -> None:
    """Change its days, who keeps the money, where help is found."""
    known = lock_fund(fund)
    demand(can_keep_fund(standing(actor, localdate(now)), known.contract_id))
    refuse_if(_day_errors(said))
    before = snapshot(known, FIELDS)
    for name in FIELDS:
        setattr(known, name, said[name])
    known.save(update_fields=FIELDS)
    changes = differences(before, snapshot(known, FIELDS))
    write(actor, "fph.amend_fund", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def set_share(fund: Fund, *, funder: Organisation, amount: Decimal, actor: User, now: datetime) -> None:
    """What a funder puts into the year; 0 takes it away. Never under what is already granted."""
    known = lock_fund(fund)
    demand(can_keep_fund(standing(actor, localdate(now)), known.contract_id))
    money = money_of(known)
    old = {share.funder_id: share.amount for share in money.shares}
    refuse_if({"amount": share_errors([*(old | {funder.pk: amount}).values()], money.engaged)})
    FundShare.objects.update_or_create(fund=known, funder=funder, defaults={"amount": amount})
    changes = {"financeur": str(funder), "amount": [old.get(funder.pk), amount]}
    write(actor, "fph.set_share", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def adopt_rules(
    contract: Contract, *, adopted_on: date, adopted_by: str, text: str, excluded: Sequence[str],
    quorum: int | None, decides_in_days: int | None, actor: User, now: datetime,
) -> FundRules:  # fmt: skip
    """A new version; the older ones stay, with their dates. The same text again is a second click."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_keep_fund(standing(actor, localdate(now)), contract.pk))
    last = FundRules.objects.filter(contract=contract).order_by("-version").first()
    said = {
        "adopted_on": adopted_on, "adopted_by": adopted_by, "text": text, "excluded": list(excluded),
        "quorum": quorum, "decides_in_days": decides_in_days,
    }  # fmt: skip
    if last and all(getattr(last, name) == value for name, value in said.items()):
        return last
    is_older = last is not None and adopted_on < last.adopted_on
    refuse_if(
        {"adopted_on": ["Une version plus récente est déjà adoptée : vérifiez la date."] if is_older else []}
    )
    rules = FundRules.objects.create(contract=contract, version=(last.version if last else 0) + 1, **said)
    write(
        actor, "fph.adopt_rules", rules, contract_id=contract.pk, changes={"adopted_on": [None, adopted_on]}
    )
    return rules


def _day_errors(said: dict[str, Any]) -> dict[str, list[str]]:
    closes_on = said.get("closes_on")
    is_before = closes_on is not None and closes_on < said["opens_on"]
    return {
        "closes_on": ["Le fonds ne peut pas fermer avant d'ouvrir : vérifiez les deux dates."]
        if is_before
        else []
    }
