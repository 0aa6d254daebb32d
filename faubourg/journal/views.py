"""The journal, for those who answer for it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.queries import office
from faubourg.accounts.requests import SignedInRequest
from faubourg.journal import queries
from faubourg.journal.forms import JournalForm
from faubourg.journal.permissions import can_read_journal
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.verdict import demand


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    held = office(request.user, localdate())
    demand(can_read_journal(held))
    form = JournalForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    mark = request.GET.get("avant", "")
    entries, following = queries.page_of(queries.narrow(queries.entries_for(held), **wanted), read_key(mark))
    address = request.GET.copy()
    address["avant"] = str(following)
    context = {"form": form, "entries": entries, "next_page": f"?{address.urlencode()}" if following else ""}
    return render(
        request, "journal/index.html", {**context, "is_filtered": any(wanted.values()), "mark": mark}
    )
