"""The demonstration year, told as far as one wants, through the apps' own actions."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.test.utils import override_settings

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.calls.models import Call
from faubourg.contracts.models import Contract
from faubourg.demo import (
    appraising,
    campaign,
    committees,
    filing,
    funding,
    moments,
    people,
    residents,
    surveys,
    writing,
)
from faubourg.demo.cast import LOGINS, PASSWORD, Cast
from faubourg.demo.clock import story_time, tick
from faubourg.demo.moments import Stage
from faubourg.demo.story import Project, projects
from faubourg.directory.models import Organisation
from faubourg.directory.states import OrganisationKind
from faubourg.messaging.actions import deliver, gather
from faubourg.messaging.models import Message
from faubourg.messaging.states import MessageState
from faubourg.toolkit.refusal import Refusal

CONTRACT = "de-ceze-cevennes"
FIGURES = "ceze-cevennes"
SEED = 2027
NOTHING_LEAVES: dict[str, Any] = {
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "TASKS": {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}},
}
"""While the story is told no letter reaches a mail server: its addresses do not exist."""


def is_empty() -> bool:
    return not (User.objects.exists() or Contract.objects.exists() or Organisation.objects.exists())


def is_demonstration() -> bool:
    return Contract.objects.filter(is_demonstration=True).exists()


def refuse_other_data() -> None:
    """The story is told on an empty database, or on one where only the contract was loaded."""
    if is_demonstration():
        raise Refusal(
            "Une démonstration est déjà dans cette base : pour une autre étape, partez d'une base vide "
            "(variable FAUBOURG_DATA, ou supprimez le dossier data)."
        )
    strangers = Organisation.objects.filter(kind=OrganisationKind.ASSOCIATION).exclude(
        pk__in=Contract.objects.values("signatories__organisation")
    )
    others = {
        "des comptes": User.objects.all(),
        "un autre contrat": Contract.objects.exclude(slug=CONTRACT),
        "des appels à projets": Call.objects.all(),
        "des dossiers": Application.objects.all(),
        "des structures saisies": strangers,
    }
    found = [name for name, rows in others.items() if rows.exists()]
    if found:
        raise Refusal(
            f"Cette base contient déjà {', '.join(found)} : la démonstration ne s'y mêle pas. "
            "Utilisez une base vide (variable FAUBOURG_DATA ou DATABASE_URL)."
        )


def build(stage: Stage, *, seed: int = SEED, today: date = date.max) -> None:
    """Load the contract when it is missing, then tell the story up to that stage. All or nothing.

    Nothing in it happens after `today`: the campaign is told earlier when it must.
    """
    moments.tell_by(stage, today)
    with override_settings(**NOTHING_LEAVES), story_time(), transaction.atomic():
        refuse_other_data()
        tick(moments.at(moments.SETTLED_IN, 8))
        contract = _contract()
        cast = people.settle(contract)
        _tell(cast, stage, seed)
        _post()


def _contract() -> Contract:
    if not Contract.objects.exists():
        call_command("load_contract", CONTRACT, "--yes", stdout=StringIO())
        call_command("load_figures", FIGURES, stdout=StringIO())
    contract = Contract.objects.get(slug=CONTRACT)
    contract.is_demonstration = True  # no page may set it: it says once and for all that nothing here is true
    contract.save(update_fields=["is_demonstration"])
    return contract


def _tell(cast: Cast, stage: Stage, seed: int) -> None:
    permanent = campaign.open_permanent(cast)
    residents.remember(cast)
    surveys.bring_back(cast, seed)
    residents.hold_workshop(cast)
    surveys.ask_about_squares(cast)
    yearly = campaign.frame(cast)
    residents.walk(cast)
    if not stage.reaches(Stage.CALL):
        return
    campaign.launch(cast, yearly)
    committees.hold_steering(cast)
    told = projects()
    filing.begin(cast, permanent, told["compost"], seed=seed, now=moments.at(moments.OPENED_ON, 20))
    filed = _file(cast, yearly, told, stage, seed)
    if not stage.reaches(Stage.APPRAISAL):
        return
    campaign.close(cast, yearly)
    writing.write_to_each_other(cast, filed["jardins-partages"], now=moments.at(moments.CLOSED_ON, 10))
    residents.tell_before(cast)
    campaign.confirm_late_envelope(cast, yearly)
    only_begun = stage == Stage.APPRAISAL
    seen = moments.at(moments.SEEN_IN_APPRAISAL_ON, 18) if only_begun else None
    appraising.appraise_all(cast, filed, seed=seed, until=seen)
    if only_begun:
        return
    sitting = committees.SITTING_ON if stage == Stage.COMMITTEE else None
    committees.hold_all(cast, filed, seed=seed, until=sitting)
    if stage.reaches(Stage.DECISION):
        _conclude(cast, yearly, filed, stage, seed)


def _file(
    cast: Cast, yearly: Call, told: dict[str, Project], stage: Stage, seed: int
) -> dict[str, Application]:
    of_the_year = [project for project in told.values() if project.call == "yearly"]
    until = moments.at(moments.SEEN_IN_CALL_ON, 18) if stage == Stage.CALL else None
    return filing.file_all(cast, {"yearly": yearly}, of_the_year, seed=seed, until=until)


def _conclude(cast: Cast, yearly: Call, filed: dict[str, Application], stage: Stage, seed: int) -> None:
    is_last = stage.reaches(Stage.NOTICE)
    funding.try_scenarios(cast, yearly)
    meeting = funding.plan_validation(cast)
    funding.decide_all(cast, yearly, filed, seed=seed, all_done=is_last)
    if is_last:
        funding.validate_all(cast, yearly, filed.values(), meeting, seed=seed)
        funding.write_to_applicants(cast, filed.values())
        residents.tell_after(cast, filed["jardins-partages"])


def _post() -> None:
    """Every letter that was let go is marked as sent at its hour, to nobody; digests the morning after."""
    for held in Message.objects.filter(state=MessageState.HELD).order_by("id"):
        morning = tick(held.created_at + timedelta(days=1))
        gather(held.recipient, held.contract_id, before=morning, now=morning)
    for message in Message.objects.filter(state=MessageState.QUEUED).order_by("id"):
        tick(message.released_at or message.created_at)
        deliver.call(message.pk)


def logins() -> list[str]:
    """One line per person one may log in as."""
    width = max(len(login.email) for login in LOGINS)
    return [
        f"Connexions de démonstration (mot de passe de toutes : {PASSWORD})",
        *(f"  {login.email:<{width}}  {login.full_name}, {login.what}" for login in LOGINS),
    ]
