"""Pages without an account: only what is published, in plain words."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.thread import exports, queries


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "thread/public_index.html", {"places": queries.open_places(localdate())})


@login_not_required
@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    page = queries.public_page(queries.public_place(code), localdate())
    return render(request, "thread/public_place.html", {"page": page, "place": page.place})


@login_not_required
@require_GET
def poster(request: HttpRequest, code: str) -> HttpResponse:
    page = queries.public_page(queries.public_place(code), localdate())
    address = request.build_absolute_uri(reverse("public_thread:place", args=[code]))
    pdf = exports.poster_pdf(page, address=address, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="affiche-{page.place.code}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@login_not_required
@require_GET
def words_file(request: HttpRequest, code: str) -> HttpResponse:
    page = queries.public_page(queries.public_place(code), localdate())
    headers = {"Content-Disposition": f'attachment; filename="paroles-{page.place.code}.csv"'}
    lines = "".join(exports.csv_lines(page))
    return HttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@login_not_required
@require_GET
def words(request: HttpRequest, contribution_pk: int) -> HttpResponse:
    shown, strands = queries.public_words(contribution_pk)
    return render(request, "thread/public_words.html", {"contribution": shown, "strands": strands})


@login_not_required
@require_GET
def action(request: HttpRequest, pk: int) -> HttpResponse:
    shown, strands = queries.public_action(pk)
    return render(request, "thread/public_action.html", {"application": shown, "strands": strands})
