"""The life of a dossier: started, filed, let in late, withdrawn, moved on by the apps further along."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications import rules
from faubourg.applications.actions.papers import take_kept_papers
from faubourg.applications.models import Application
from faubourg.applications.permissions import can_extend, can_start, can_submit, can_withdraw, has_withdrawn
from faubourg.applications.queries import blocking_problems, budget, lock
from faubourg.applications.states import State
from faubourg.calls.models import Call
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.directory.models import Organisation
from faubourg.directory.queries import lock as lock_organisation
from faubourg.directory.states import MembershipRole
from faubourg.journal.actions import write
from faubourg.messaging.actions import send
from faubourg.toolkit.days import format_moment
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.twice import TWICE
from faubourg.toolkit.verdict import demand

REASON_LENGTH = 10
"""Letters a reason must have at least to say something."""


@transaction.atomic
def start(call: Call, applicant: Organisation, *, actor: User, title: str, now: datetime) -> Application:
    """Begin a draft, in the name of an organisation, for an open call (PRG-2)."""
    demand(can_start(standing(actor, localdate(now)), call, applicant, localdate(now)))
    if (twin := begun_just_now(call, applicant, actor, title, now)) is not None:
        return twin
    application = draft(call, applicant, actor=actor, title=title, now=now)
    write(actor, "applications.start", application, contract_id=call.contract_id, changes={"call": str(call)})
    return application


def begun_just_now(
    call: Call, applicant: Organisation, actor: User, title: str, now: datetime
) -> Application | None:
    """The draft of the first click, in which nobody has written yet; its organisation is locked."""
    lock_organisation(applicant)
    same = Application.objects.filter(call=call, applicant=applicant, title=title.strip(), created_by=actor)
    return same.filter(state=State.DRAFT, created_at__gt=now - TWICE, saved_at=F("created_at")).first()


def draft(
    call: Call, applicant: Organisation, *, actor: User, title: str, now: datetime, **fields: Any
) -> Application:
    """A new draft under a title that fits; whoever calls has demanded the right to begin it."""
    title = title.strip()
    refuse_if({"title": _title_problems(title)})
    return Application.objects.create(
        call=call,
        applicant=applicant,
        title=title,
        search_text=rules.search_text("", title),
        created_by=actor,
        created_at=now,
        saved_at=now,
        saved_by=actor,
        is_fictitious=applicant.is_fictitious,
        **fields,
    )


@transaction.atomic
def submit(application: Application, *, actor: User, now: datetime) -> None:
    """File the dossier: numbered once, acknowledged by letter. A second click changes nothing."""
    lock(application)
    held = standing(actor, localdate(now))
    if application.submitted_at is not None and held.acts_for(
        application.applicant_id, MembershipRole.SIGNATORY
    ):
        return
    demand(can_submit(held, application, now))
    problems = blocking_problems(application, localdate(now))
    if problems:
        raise Refusal({problem.field: [problem.sentence] for problem in problems})
    changes = file(application, actor=actor, now=now)
    write(
        actor, "applications.submit", application, contract_id=application.call.contract_id, changes=changes
    )
    acknowledge(application, actor.email, actor.full_name, now)


def file(application: Application, *, actor: User, now: datetime) -> dict[str, Any]:
    """Number and date what is complete; whoever calls has demanded the right and refused what is missing."""
    take_kept_papers(application, actor=actor, now=now)
    before = application.state
    application.step("submit")
    application.number = _next_number(application.call)
    application.submitted_at, application.submitted_by = now, actor
    application.search_text = rules.search_text(application.number, application.title)
    application.save()
    return {"state": [before, application.state], "number": ["", application.number]}


@transaction.atomic
def withdraw(application: Application, *, actor: User, reason: str, now: datetime) -> None:
    """Give up the dossier, and say why; its number stays its own. A second click changes nothing."""
    lock(application)
    held = standing(actor, localdate(now))
    if has_withdrawn(held, application):
        return
    demand(can_withdraw(held, application))
    reason = reason.strip()
    refuse_if({"reason": [] if reason else ["Dites en quelques mots pourquoi vous retirez ce dossier."]})
    before = application.state
    application.step("withdraw")
    application.closing_reason = reason
    application.save(update_fields=["state", "closing_reason"])
    write(
        actor,
        "applications.withdraw",
        application,
        contract_id=application.call.contract_id,
        changes={"state": [before, application.state], "reason": reason},
    )


@transaction.atomic
def extend(application: Application, *, actor: User, until: datetime, reason: str, now: datetime) -> None:
    """Let one draft in until a moment, for a reason that is kept (PRG-3); its author is told."""
    lock(application)
    demand(can_extend(standing(actor, localdate(now)), application))
    reason = reason.strip()
    refuse_if(
        {
            "until": [] if until > now else ["Ce moment est déjà passé : choisissez-en un à venir."],
            "reason": []
            if len(reason) >= REASON_LENGTH
            else ["Donnez le motif de la réouverture : il reste au dossier."],
        }
    )
    before = [application.late_until, application.late_reason]
    application.late_until, application.late_reason = until, reason
    application.save(update_fields=["late_until", "late_reason"])
    write(
        actor,
        "applications.extend",
        application,
        contract_id=application.call.contract_id,
        changes={"late_until": [before[0], until], "late_reason": [before[1], reason]},
    )
    _tell_of_extension(application, now)


@transaction.atomic
def advance(
    application: Application,
    step: str,
    *,
    verb: str,
    actor: User | None,
    changes: dict[str, Any] | None = None,
) -> None:
    """Move a dossier one step for an app further along the spine, which has demanded its own right first."""
    lock(application)
    before = application.state
    application.step(step)
    application.save(update_fields=["state"])
    write(
        actor,
        verb,
        application,
        contract_id=application.call.contract_id,
        changes={"state": [before, application.state], **(changes or {})},
    )


def unlock(application: Application, reasons: dict[str, dict[str, str]]) -> None:
    """Open these answers only to their applicant, for an app further along; none named opens them all."""
    application.unlocked = reasons
    application.save(update_fields=["unlocked"])


def _next_number(call: Call) -> str:
    """The next number of the contract's year, under a lock on the contract: no gap, no duplicate."""
    Contract.objects.select_for_update(no_key=True).get(pk=call.contract_id)
    rank = Cast(Substr("number", len("2027-") + 1), IntegerField())
    filed = Application.objects.filter(call__contract=call.contract_id, call__year=call.year).exclude(
        number=""
    )
    last = filed.annotate(rank=rank).aggregate(last=Max("rank"))["last"]
    return rules.numbered(call.year, (last or 0) + 1)


def _title_problems(title: str) -> list[str]:
    if not title:
        return ["Donnez un intitulé à l'action : vous pourrez le changer."]
    if len(title) > 200:
        return ["Cet intitulé est trop long : 200 signes au plus."]
    return []


def acknowledge(application: Application, email: str, name: str, now: datetime) -> None:
    asked = "\n".join(
        f"  - {one.funder} : {format_euros(one.amount, cents=True)}" for one in budget(application).asked
    )
    send(
        key=f"applications.submit:{application.pk}",
        recipient=email,
        recipient_name=name,
        subject=f"Dossier {application.number} déposé : {application.title}"[:200],
        body=(
            f"Bonjour {name},\n\n"
            f"Votre dossier « {application.title} » pour {application.applicant.name} a été déposé le "
            f"{format_moment(now)}.\n"
            f"Son numéro est {application.number}. Gardez-le : il vous sera demandé.\n\n"
            f"Appel à projets : {application.call}.\n"
            f"Montants demandés :\n{asked}\n\n"
            "Le GIP vérifie maintenant que le dossier est recevable ; il vous écrira s'il manque "
            "quelque chose.\n"
            "Chaque financeur décidera pour lui-même : ce courriel ne promet aucune subvention.\n"
        ),
        now=now,
        contract_id=application.call.contract_id,
    )


def _tell_of_extension(application: Application, now: datetime) -> None:
    author = application.saved_by or application.created_by
    until = application.late_until
    send(
        key=f"applications.extend:{application.pk}:{now.isoformat()}",
        recipient=author.email,
        recipient_name=author.full_name,
        subject=f"Dépôt rouvert : {application.title}"[:200],
        body=(
            f"Bonjour {author.full_name},\n\n"
            f"Le GIP vous permet de déposer le dossier « {application.title} » jusqu'au "
            f"{format_moment(until)}.\n"
            f"Motif : {application.late_reason}\n"
        ),
        now=now,
        contract_id=application.call.contract_id,
    )
