"""Receipts and photographs, given by whoever holds the secret number or received by the GIP (FPH-4)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.queries import standing
from faubourg.documents.actions import erase, store, store_picture
from faubourg.documents.models import Document
from faubourg.fph.models import Proof, Request
from faubourg.fph.permissions import can_pay, can_prove
from faubourg.fph.queries import lock_request
from faubourg.fph.states import ProofKind
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def add_receipt(
    request: Request, *, upload: "UploadedFile[Any]", amount: Decimal, actor: User | None, now: datetime
) -> Proof:
    """A ticket or an invoice, and what it says was paid. The same file again is a second click."""
    known = _locked(request, actor, now)
    refuse_if({"amount": ["Écrivez la somme que dit le ticket."] if amount <= 0 else []})
    document = store(upload, actor=actor, now=now, field="upload")
    return _keep(known, ProofKind.RECEIPT, document, actor, now, amount=amount)


@transaction.atomic
def add_photo(
    request: Request, *, photo: "UploadedFile[Any]", has_rights: bool, actor: User | None, now: datetime
) -> Proof:
    """Drawn again, so that the file says neither where, nor when, nor whose; never without the agreement."""
    known = _locked(request, actor, now)
    missing = "Sans l'accord des personnes que l'on reconnaît, nous ne pouvons pas garder cette photo."
    refuse_if({"has_rights": [] if has_rights else [missing]})
    document = store_picture(photo, actor=actor, now=now)
    return _keep(known, ProofKind.PHOTO, document, actor, now, rights_declared_on=localdate(now))


@transaction.atomic
def remove_photo(proof: Proof, *, actor: User, now: datetime) -> None:
    """Somebody no longer agrees to be seen: the file is erased, at any time."""
    known = lock_request(proof.request)
    demand(can_pay(standing(actor, localdate(now)), known.fund.contract_id))
    photo = known.proofs.filter(pk=proof.pk, kind=ProofKind.PHOTO).select_related("document").first()
    if photo is None:
        return
    photo.delete()
    erase(photo.document)
    write(actor, "fph.remove_photo", known, contract_id=known.fund.contract_id)


# --------------------------------------------------------------------------------------------------


def _locked(request: Request, actor: User | None, now: datetime) -> Request:
    known = lock_request(request)
    if actor is not None:
        demand(can_pay(standing(actor, localdate(now)), known.fund.contract_id))
    demand(can_prove(known))
    return known


def _keep(
    known: Request, kind: ProofKind, document: Document, actor: User | None, now: datetime, **said: Any
) -> Proof:
    twin = known.proofs.filter(kind=kind, document__sha256=document.sha256).first()
    if twin is not None:
        erase(document)
        return twin
    proof = Proof.objects.create(
        request=known, kind=kind, document=document, sent_by=actor, sent_at=now, **said
    )
    write(actor, f"fph.add_{kind}", known, contract_id=known.fund.contract_id)
    return proof
