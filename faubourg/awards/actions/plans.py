"""When funders give less: the GIP asks, the applicant reduces or completes its plan, a signatory confirms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application, BudgetLine
from faubourg.applications.queries import lock
from faubourg.applications.states import Side
from faubourg.awards.models import ReducedLine, ReducedPlan
from faubourg.awards.permissions import can_ask_reduced_plan, can_confirm_reduced_plan, can_save_reduced_plan
from faubourg.awards.queries import decisions_of
from faubourg.awards.queries.notices import recipient_of
from faubourg.awards.queries.plans import SETTLED, gap_of, lines_of
from faubourg.awards.rules import plan_problems
from faubourg.awards.states import Way
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.messaging.actions import send
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@dataclass(frozen=True)
class NewIncome:
    """Money found elsewhere: an account of the 70s, who pays, how much."""

    account: str
    label: str
    amount: Decimal


@transaction.atomic
def ask_reduced_plan(application: Application, *, actor: User, now: datetime) -> ReducedPlan:
    """Tell the applicant what is granted, and ask how the action goes on with it. The filed budget stays."""
    lock(application)
    demand(can_ask_reduced_plan(standing(actor, localdate(now)), application))
    gap = gap_of(application, decisions_of([application])[application.pk])
    if gap.is_asked:
        return ReducedPlan.objects.get(application=application, confirmed_at=None)  # a second click
    if application.state not in SETTLED or not gap.is_open:
        raise Refusal("Rien à demander : tous les financeurs n'ont pas décidé, ou le budget tient.")
    address, name = recipient_of(application.applicant)
    if not address:
        raise Refusal("La structure n'a ni courriel ni signataire : complétez sa fiche dans l'annuaire.")
    plan = ReducedPlan.objects.create(
        application=application, granted_amount=gap.granted, asked_by=actor, asked_at=now
    )
    ReducedLine.objects.bulk_create(
        ReducedLine(
            plan=plan, side=one.side, account=one.account, label=one.label, filed_amount=one.amount,
            amount=one.amount, position=one.position,
        )
        for one in BudgetLine.objects.filter(application=application)
    )  # fmt: skip
    send(
        key=f"awards.ask_reduced_plan:{plan.pk}",
        recipient=address,
        recipient_name=name,
        subject=f"Dossier {application.number} : votre budget à confirmer",
        body=(
            f"Bonjour,\n\nLes financeurs de « {application.title} » ont accordé "
            f"{format_euros(gap.granted)} : il manque {format_euros(gap.missing)} à votre budget. "
            "Dites-nous, sur la page du dossier, si vous réduisez l'action, si vous trouvez un autre "
            "financement, ou si vous retirez le dossier. Une "
            f"personne signataire confirme.\n\nContact : {application.call.contact or 'à confirmer'}\n"
        ),
        now=now,
        contract_id=application.call.contract_id,
    )
    _write(actor, "awards.ask_reduced_plan", application, {"accordé": format_euros(gap.granted)})
    return plan


@transaction.atomic
def save_reduced_plan(
    plan: ReducedPlan,
    *,
    actor: User,
    amounts: Mapping[int, Decimal | None],
    incomes: Sequence[NewIncome] = (),
    way: str,
    note: str,
    version: int,
    confirm: bool = False,
    now: datetime,
) -> None:
    """Keep what is typed, balanced or not; with `confirm`, a signatory says that it will be so."""
    application = plan.application
    lock(application)
    held = standing(actor, localdate(now))
    demand(can_save_reduced_plan(held, application))
    if confirm:
        demand(can_confirm_reduced_plan(held, application))
    kept = ReducedPlan.objects.select_for_update().get(pk=plan.pk)
    if kept.confirmed_at is not None:
        raise Refusal("Ce budget est déjà confirmé : il ne change plus.")
    if kept.version != version:
        raise Refusal("Quelqu'un a enregistré ce budget entre-temps : ouvrez-le ailleurs et comparez.")
    for line in kept.lines.filter(pk__in=amounts):
        line.amount = amounts[line.pk]
        line.save(update_fields=["amount"])
    ReducedLine.objects.bulk_create(
        ReducedLine(plan=kept, side=Side.INCOME, account=one.account, label=one.label, amount=one.amount)
        for one in incomes
    )
    kept.way, kept.note, kept.version = way, note.strip(), kept.version + 1
    if confirm:
        _confirm(kept, application, actor, now)
    kept.save()
    verb = "awards.confirm_reduced_plan" if confirm else "awards.save_reduced_plan"
    _write(actor, verb, application, {"accordé": format_euros(kept.granted_amount), "choix": kept.way})


def _confirm(plan: ReducedPlan, application: Application, actor: User, now: datetime) -> None:
    granted = gap_of(application, decisions_of([application])[application.pk]).granted
    if granted != plan.granted_amount:
        raise Refusal("Un financeur a changé sa décision depuis : le GIP vous redemandera un budget.")
    refuse_if(
        {
            "way": [] if plan.way in Way.values else ["Dites ce que vous choisissez."],
            "": plan_problems(lines_of(plan), granted),
        }
    )
    plan.confirmed_by, plan.confirmed_at = actor, now


def _write(actor: User, verb: str, application: Application, changes: dict[str, object]) -> None:
    write(actor, verb, application, contract_id=application.call.contract_id, changes=changes)
