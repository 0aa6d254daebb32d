"""The programming report, on the page, as a PDF and as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest
from faubourg.awards import exports
from faubourg.awards.queries.programme import programme_call_for
from faubourg.awards.queries.report import report as read_report
from faubourg.awards.requests import doors
from faubourg.contracts.requests import who
from faubourg.toolkit.tables import XLSX


@require_GET
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    standing = who(request)
    call = programme_call_for(standing, pk, localdate())
    found = read_report(call)
    breakdowns = [(word, getattr(found, name)) for word, name in exports.BREAKDOWNS]
    context = {
        "call": call,
        "report": found,
        "figures": exports.figures(found),
        "breakdowns": breakdowns,
        "shared": exports.SHARED,
        **doors(request, call),
    }
    return render(request, "awards/report.html", context)


@require_GET
def report_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    call = programme_call_for(who(request), pk, localdate())
    content = exports.report_pdf(read_report(call), now=timezone.now())
    return _download(content, "application/pdf", f"bilan-programmation-{call.year}.pdf")


@require_GET
def report_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    call = programme_call_for(who(request), pk, localdate())
    content = exports.report_xlsx(read_report(call), now=timezone.now())
    return _download(content, XLSX, f"bilan-programmation-{call.year}.xlsx")


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
