"""One act on several dossiers: each in its own transaction, its result said (pairs-subventions 4.4)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.appraisal.actions.admissibility import declare_admissible
from faubourg.appraisal.actions.appraisals import take_charge
from faubourg.appraisal.actions.information import ask_information
from faubourg.appraisal.actions.meetings import table
from faubourg.appraisal.states import BulkAct
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal

ACTS: dict[BulkAct, Callable[..., Any]] = {
    BulkAct.TAKE_CHARGE: take_charge,
    BulkAct.DECLARE_ADMISSIBLE: declare_admissible,
    BulkAct.TABLE: table,
    BulkAct.ASK_INFORMATION: ask_information,
}


@dataclass(frozen=True)
class Result:
    """What happened to one dossier; `refusal` is empty when it is done."""

    application: Application
    refusal: str = ""


def act_in_bulk(
    applications: Iterable[Application], act: BulkAct, *, actor: User, now: datetime, **details: Any
) -> list[Result]:
    """Go on after a refusal; done again, each rule refuses what is done already and nothing changes."""
    return [_one(application, act, actor=actor, now=now, **details) for application in applications]


def _one(application: Application, act: BulkAct, **details: Any) -> Result:
    try:
        ACTS[act](application, **details)
    except (Refusal, PermissionDenied, IllegalStep) as refused:
        return Result(application, str(refused))
    return Result(application)
