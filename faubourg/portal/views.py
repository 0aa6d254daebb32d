from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    return render(request, "portal/home.html")


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")
