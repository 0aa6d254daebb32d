"""What a committee looks at, and how many must be there: set by the team, dated (GOV-1, PRG-6)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.models import Objective
from faubourg.contracts.queries import standing
from faubourg.governance.models import Body, Quorum
from faubourg.governance.permissions import can_plan
from faubourg.journal.actions import write
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def set_scope(
    body: Body,
    *,
    actor: User,
    objectives: Collection[Objective],
    neighbourhoods: Collection[Neighbourhood],
    now: datetime,
) -> None:
    """The themes and the places whose dossiers are proposed to this committee first (PRG-6)."""
    Body.objects.select_for_update().get(pk=body.pk)
    demand(can_plan(standing(actor, localdate(now)), body))
    before = [str(one) for one in (*body.objectives.all(), *body.neighbourhoods.all())]
    body.objectives.set(objectives)
    body.neighbourhoods.set(neighbourhoods)
    after = [str(one) for one in (*body.objectives.all(), *body.neighbourhoods.all())]
    if before != after:
        write(
            actor, "governance.set_scope", body, contract_id=_only_contract(body),
            changes={"périmètre": [", ".join(before), ", ".join(after)]},
        )  # fmt: skip


@transaction.atomic
def set_quorum(
    body: Body,
    *,
    actor: User,
    funders: int | None,
    councils: int | None,
    from_on: date,
    source: str,
    counts_mandates: bool = False,
    now: datetime,
) -> Quorum:
    """How many funders and councils it takes from that day; said again for the same day, it is corrected."""
    Body.objects.select_for_update().get(pk=body.pk)
    demand(can_plan(standing(actor, localdate(now)), body))
    refuse_if(
        {
            "source": []
            if source.strip()
            else ["Dites quel texte fixe ce quorum, par exemple « règlement intérieur du 3 mars 2025 »."],
            "funders": ["Écrivez au moins un des deux nombres."]
            if funders is None and councils is None
            else [],
        }
    )
    former = body.quorums.filter(from_on=from_on).first()
    said = {"funders": funders, "councils": councils, "source": source.strip()[:250]}
    said |= {"counts_mandates": counts_mandates}
    if former and said == {name: getattr(former, name) for name in said}:
        return former
    quorum, _ = Quorum.objects.update_or_create(
        body=body, from_on=from_on, defaults={**said, "set_by": actor, "set_at": now}
    )
    write(
        actor, "governance.set_quorum", body, contract_id=_only_contract(body),
        changes={
            "financeurs": [former and former.funders, funders],
            "conseils citoyens": [former and former.councils, councils],
            "source": [former and former.source, quorum.source],
        },
    )  # fmt: skip
    return quorum


def _only_contract(body: Body) -> int | None:
    contracts = [contract.pk for contract in body.contracts.all()]
    return contracts[0] if len(contracts) == 1 else None
