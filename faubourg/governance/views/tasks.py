from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.governance import exports, permissions, queries
from faubourg.governance.actions import tasks as actions
from faubourg.governance.forms import ChargeForm, FollowUpForm
from faubourg.governance.states import TaskState
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.tables import XLSX
from faubourg.toolkit.verdict import demand


@require_GET
def tasks(request: SignedInRequest) -> HttpResponse:
    """What bodies decided and what became of it; filters live in the address."""
    filters, today = queries.TaskFilters.asked(request.GET), localdate()
    page = queries.page_of_tasks(who(request), filters, today, request.GET.get("page"))
    for task in page:
        task.late = task.days_late(today)  # type: ignore[attr-defined]
    bodies, contracts = queries.task_choices(who(request))
    context = {
        "page": page, "filters": filters, "today": today, "bodies": bodies, "contracts": contracts,
        "states": TaskState.choices, "query": _without_page(request),
    }  # fmt: skip
    return render(request, "governance/tasks.html", context)


@require_GET
def tasks_xlsx(request: SignedInRequest) -> HttpResponse:
    book = exports.tasks_xlsx(_listed(request), today=localdate(), now=timezone.now())
    return _download(book, XLSX, "xlsx")


@require_GET
def tasks_csv(request: SignedInRequest) -> HttpResponse:
    text = exports.tasks_csv(_listed(request), today=localdate())
    return _download(text.encode(), "text/csv; charset=utf-8", "csv")


@require_http_methods(["GET", "POST"])
def follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where it stands, said by whoever is in charge; others read it."""
    task = queries.task_for(who(request), pk)
    verdict = permissions.can_follow_up(who(request), task)
    form = FollowUpForm.about(task, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound:
        demand(verdict)
        try:
            if form.is_valid():
                actions.follow_up(task, actor=request.user, now=timezone.now(), **form.cleaned_data)
                messages.success(request, "Le suivi est enregistré.")
                return redirect("governance:tasks")
        except Refusal as refusal:
            show_on(form, refusal)
    return render(request, "governance/follow_up.html", _shown(request, task, form, verdict))


@require_GET
def task_document(request: SignedInRequest, pk: int) -> Any:
    task = queries.task_for(who(request), pk)
    if task.document is None:
        raise Http404
    return as_download(task.document)


@require_http_methods(["GET", "POST"])
def entrust(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is in charge of a decision, at any time: the record of the meeting stays as it was."""
    decision = queries.decision_for(who(request), pk)
    demand(permissions.can_run(who(request), decision.meeting))
    sent = request.POST if request.method == "POST" else None
    task = getattr(decision, "task", None)
    form = ChargeForm(sent, meeting=decision.meeting, today=localdate(), task=task)
    if form.is_bound and form.is_valid():
        try:
            actions.entrust(decision, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, "C'est confié : la suite apparaît à l'accueil de qui s'en charge.")
            return redirect("governance:meeting", decision.meeting_id)
    context = {"form": form, "decision": decision, "meeting": decision.meeting}
    return render(request, "governance/entrust.html", context)


# --------------------------------------------------------------------------------------------------


def _shown(request: SignedInRequest, task: Any, form: FollowUpForm, verdict: Any) -> dict[str, Any]:
    meeting = task.decision.meeting
    reads = bool(permissions.covered(meeting.body) & who(request).contracts())
    return {
        "task": task, "decision": task.decision, "meeting": meeting, "form": form, "verdict": verdict,
        "reads_meeting": reads, "may_run": permissions.can_run(who(request), meeting), "today": localdate(),
    }  # fmt: skip


def _listed(request: SignedInRequest) -> Any:
    return queries.followed(who(request), queries.TaskFilters.asked(request.GET), localdate())


def _without_page(request: SignedInRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return str(kept.urlencode())


def _download(content: bytes, content_type: str, extension: str) -> HttpResponse:
    name = f"suivi-des-decisions-{localdate().isoformat()}.{extension}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"
    }  # fmt: skip
    return HttpResponse(content, content_type=content_type, headers=headers)
