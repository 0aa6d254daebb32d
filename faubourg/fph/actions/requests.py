"""A request: filed online without an account, typed from paper by the GIP, withdrawn (FPH-1, FPH-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate, make_aware

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.fph.models import Fund, Request, RequestContact, RequestLine
from faubourg.fph.permissions import can_file_request, can_keep_fund
from faubourg.fph.queries import ceiling_of, excluded_by, lock_fund, lock_request, rules_of
from faubourg.fph.rules import Asked, asking_errors, digest, new_secret
from faubourg.fph.states import REQUEST_FLOW, HolderKind, Purpose
from faubourg.journal.actions import write
from faubourg.messaging.actions import send
from faubourg.toolkit.days import format_moment
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

ASKED = ("holder_kind", "holder_name", "title", "purpose", "neighbourhood", "description", "social_link",
         "planned_on", "asked_amount")  # fmt: skip
Lines = Sequence[tuple[str, Decimal]]


@dataclass(frozen=True)
class Filed:
    """A receipt: the request, and the secret number that opens it again. It is shown, never kept."""

    request: Request
    secret: str


@transaction.atomic
def file_request(fund: Fund, *, secret: str, now: datetime, **said: Any) -> Filed:
    """Anyone, while the fund is open. The page was given `secret`: sent twice, it is one request."""
    known = lock_fund(fund)
    demand(can_file_request(known, localdate(now)))
    twin = Request.objects.filter(secret_hash=digest(secret)).first()
    if twin and twin.title == said["title"] and twin.asked_amount == said["asked_amount"]:
        return Filed(twin, secret)
    filed = _keep(known, new_secret() if twin else secret, said, filed_at=now, typed_by=None)
    write(None, "fph.file_request", filed.request, contract_id=known.contract_id)
    _acknowledge(filed, said["email"], now)
    return filed


@transaction.atomic
def type_paper(fund: Fund, *, received_on: date, actor: User, now: datetime, **said: Any) -> Filed:
    """The GIP types a paper form: it counts from the day it was received, even typed after the closing."""
    known = lock_fund(fund)
    demand(can_keep_fund(standing(actor, localdate(now)), known.contract_id))
    verdict = can_file_request(known, received_on)
    ahead = received_on > localdate(now)
    future = "Ce jour n'est pas encore venu : écrivez le jour où le papier est arrivé."
    refuse_if({"received_on": [future] if ahead else [] if verdict else [verdict.reason]})
    moment = now if received_on == localdate(now) else make_aware(datetime.combine(received_on, time(12)))
    filed = _keep(known, new_secret(), said, filed_at=moment, typed_by=actor)
    write(actor, "fph.type_paper", filed.request, contract_id=known.contract_id)
    _acknowledge(filed, said["email"], now)
    return filed


@transaction.atomic
def withdraw(request: Request, *, actor: User | None, now: datetime) -> None:
    """By whoever holds its secret number (no actor), or by the GIP when the resident asks it."""
    known = lock_request(request)
    if actor is not None:
        demand(can_keep_fund(standing(actor, localdate(now)), known.fund.contract_id))
    before = known.state
    known.state = REQUEST_FLOW.after("withdraw", known.state)
    known.save(update_fields=["state"])
    changes = {"state": [before, known.state]}
    write(actor, "fph.withdraw", known, contract_id=known.fund.contract_id, changes=changes)


# --------------------------------------------------------------------------------------------------


def _keep(
    fund: Fund, secret: str, said: dict[str, Any], *, filed_at: datetime, typed_by: User | None
) -> Filed:
    Contract.objects.select_for_update().get(pk=fund.contract_id)  # the numbers of a year follow each other
    lines: Lines = said["lines"]
    _check(fund, said, lines, localdate(filed_at))
    same_year = Request.objects.filter(fund__contract=fund.contract_id, fund__year=fund.year)
    request = Request.objects.create(
        fund=fund,
        number=f"FPH-{fund.year}-{same_year.count() + 1:03d}",
        secret_hash=digest(secret),
        is_first=not _has_asked(fund, said),
        is_paper=typed_by is not None,
        typed_by=typed_by,
        filed_at=filed_at,
        **{name: said[name] for name in ASKED},
    )
    RequestContact.objects.create(
        request=request,
        referent_name=said["referent_name"],
        phone=said["phone"],
        email=said["email"],
        agreed_to_news_on=localdate(filed_at) if said["wants_news"] else None,
    )
    RequestLine.objects.bulk_create(
        RequestLine(request=request, position=rank, label=label, amount=amount)
        for rank, (label, amount) in enumerate(lines, start=1)
    )
    return Filed(request, secret)


def _check(fund: Fund, said: dict[str, Any], lines: Lines, today: date) -> None:
    rules = rules_of(fund.contract_id, today)
    asked = Asked(
        amount=said["asked_amount"],
        lines=lines,
        purpose=said["purpose"],
        purpose_label=Purpose(said["purpose"]).label,
        is_inside=said["neighbourhood"] is not None,
        is_adult=said["is_adult"],
    )
    excluded = excluded_by(rules)
    errors = asking_errors(asked, ceiling=ceiling_of(fund, today), excluded=excluded)
    is_unnamed = said["holder_kind"] != HolderKind.RESIDENT and not said["holder_name"]
    errors["holder_name"] = ["Écrivez le nom du groupe ou de l'association."] if is_unnamed else []
    is_mute = not said["phone"] and not said["email"]
    errors["phone"] = (
        ["Donnez un téléphone ou un courriel : nous devons pouvoir vous répondre."] if is_mute else []
    )
    refuse_if(errors)


def _has_asked(fund: Fund, said: dict[str, Any]) -> bool:
    """Has the same group, person or telephone asked the funds of this contract before?"""
    same = Q(contact__referent_name__iexact=said["referent_name"])
    if said["holder_name"]:
        same |= Q(holder_name__iexact=said["holder_name"])
    if said["phone"]:
        same |= Q(contact__phone=said["phone"])
    return Request.objects.filter(same, fund__contract=fund.contract_id).exists()


def _acknowledge(filed: Filed, email: str, now: datetime) -> None:
    """A receipt by e-mail, when an address was given."""
    if not email:
        return
    request = filed.request
    page = settings.PUBLIC_URL + reverse("fph:follow", args=[filed.secret])
    send(
        key=f"fph.receipt:{request.pk}",
        recipient=email,
        subject=f"Votre demande {request.number} est bien reçue",
        body=f"Bonjour,\n\nVotre demande « {request.title} » est arrivée le "
        f"{format_moment(request.filed_at)}.\n"
        f"Son numéro : {request.number}.\nVotre numéro secret, à garder : {filed.secret}.\n\n"
        f"Suivre votre demande : {page}\n",
        now=now,
        contract_id=request.fund.contract_id,
    )
