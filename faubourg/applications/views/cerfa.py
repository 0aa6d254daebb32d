from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.queries import office
from faubourg.accounts.requests import SignedInRequest
from faubourg.applications import exports, queries
from faubourg.contracts.requests import who
from faubourg.directory.permissions import can_see_bank_details
from faubourg.directory.queries import bank_details


@require_GET
def cerfa(request: SignedInRequest, pk: int) -> HttpResponse:
    """The dossier as a PDF, for whoever may read it; the bank account only for those who may read that."""
    detail = queries.application_detail(who(request), pk)
    applicant = detail.application.applicant
    may_see = can_see_bank_details(office(request.user, localdate()), applicant)
    content = exports.cerfa_pdf(detail, bank_details(applicant) if may_see else None, now=timezone.now())
    name = f"dossier-{detail.application.number or detail.application.pk}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
