"""The requests, read by the committee without names, by the GIP with them, by whoever holds the secret."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from faubourg.contracts.rules import Standing
from faubourg.fph.models import Fund, Request, RequestContact, RequestLine
from faubourg.fph.queries.funds import ceiling_of
from faubourg.fph.queries.payments import overdue_requests
from faubourg.fph.rules import Told, digest, read_secret, split_with
from faubourg.fph.states import RequestState

ALONE = (RequestState.REFUSED, RequestState.WITHDRAWN)
"""The states that count no more when one looks for an action cut in several."""
WITH = ("fund__contract", "fund__neighbourhood", "neighbourhood")


def requests_of(standing: Standing, fund: Fund, *, late_on: date | None = None) -> QuerySet[Request]:
    """All of them, or those whose receipts are late that day."""
    mine = Request.objects.visible_to(standing).filter(fund=fund).select_related("neighbourhood")
    return mine if late_on is None else mine.filter(pk__in=overdue_requests([fund.contract_id], late_on))


def request_for(standing: Standing, pk: int) -> Request:
    return get_object_or_404(
        Request.objects.visible_to(standing).select_related(*WITH, "typed_by", "settlement"), pk=pk
    )


def request_behind(typed: str) -> Request:
    """The request a secret number opens, or 404: nothing says whether a number is nearly right."""
    secret = read_secret(typed)
    if secret is None:
        raise Http404
    return get_object_or_404(Request.objects.select_related(*WITH), secret_hash=digest(secret))


def lock_request(request: Request) -> Request:
    return Request.objects.select_for_update(of=("self",)).select_related(*WITH).get(pk=request.pk)


def is_secret_known(secret: str) -> bool:
    return Request.objects.filter(secret_hash=digest(secret)).exists()


def lines_of(request: Request) -> list[RequestLine]:
    return list(request.lines.all())


def contact_of(request: Request) -> RequestContact | None:
    """None once it has been erased."""
    return RequestContact.objects.filter(request=request).first()


def split_requests(request: Request) -> list[Told]:
    """The other requests of the year that look like parts of the same action (FPH-3)."""
    told = _told(
        Request.objects.filter(fund__contract=request.fund.contract_id, fund__year=request.fund.year)
    )
    mine = [one for one in told if one.pk == request.pk]
    ceiling = ceiling_of(request.fund, localdate(request.filed_at))
    return split_with(mine[0], told, ceiling) if mine else []


def _told(requests: QuerySet[Request]) -> list[Told]:
    rows: Iterable[tuple[int, str, str | None, str | None, str, object]] = requests.exclude(
        state__in=ALONE
    ).values_list("pk", "holder_name", "contact__referent_name", "contact__phone", "title", "asked_amount")
    return [
        Told(pk, holder or name or "", "".join(filter(str.isdigit, phone or "")), title, amount)  # type: ignore[arg-type]
        for pk, holder, name, phone, title, amount in rows
    ]
