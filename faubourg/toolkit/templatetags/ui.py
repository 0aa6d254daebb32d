"""The bricks of every page, registered as builtins: no `{% load %}`. See /composants/ for each of them.

Every filter and tag escapes what it is given; a tone is always accompanied by words, never by colour alone.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate, localtime

from faubourg.toolkit.days import format_day, format_moment
from faubourg.toolkit.money import format_euros, format_rate
from faubourg.toolkit.problems import AnyForm, Problem, problems_of
from faubourg.toolkit.verdict import Verdict

register = template.Library()

NBSP = "\u00a0"
UNKNOWN = "à confirmer"
TONES = ("neutral", "info", "success", "warning", "danger")
KINDS = ("primary", "secondary", "quiet", "danger")
COUNTED_DAYS = 60
"""Further away than that, a date says more than a number of days."""
STEP_WORDS = {
    "done": "fait",
    "current": "en cours",
    "todo": "à faire",
    "error": "à corriger",
    "stopped": "arrêté ici",
}
ICONS = {
    "info": "M12 11v6M12 7v.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
    "success": "M4 12.5l5 5L20 6.5",
    "warning": "M12 9v5M12 17v.5M12 3L2 21h20z",
    "danger": "M12 7v6M12 16.5v.5M8 3h8l5 5v8l-5 5H8l-5-5V8z",
    "next": "M9 5l7 7-7 7",
    "previous": "M15 5l-7 7 7 7",
    "download": "M12 4v11M7 10l5 5 5-5M4 20h16",
    "print": "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4",
    "clock": "M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
}


# Filters ------------------------------------------------------------------------------------------


@register.filter
def euros(amount: Decimal | int | None) -> str:
    """ "12 345,60 €"; None is "à confirmer"."""
    return format_euros(None if amount == "" else amount)


@register.filter
def day(value: date | datetime | None) -> str:
    """ "12 février 2027"; None is "à confirmer"."""
    return format_day(_as_day(value) if value else None)


@register.filter
def moment(value: datetime | None) -> str:
    """ "12 février 2027 à 21 h 05", Paris time; None is "à confirmer"."""
    return format_moment(value or None)


@register.filter
def rate(part: Decimal | int | None, whole: Decimal | int | None) -> str:
    """ "37,6 %"; a share of nothing is "–", an unknown share "à confirmer"."""
    if part is None or whole is None:
        return UNKNOWN
    return format_rate(part, whole)


@register.filter
def siret(number: str | None) -> str:
    """ "123 456 789 00012"; anything else than 14 digits is left as it is."""
    text = str(number or "")
    if len(text) != 14:
        return text
    return NBSP.join((text[:3], text[3:6], text[6:9], text[9:]))


@register.filter
def lines(text: str | None) -> SafeString:
    """What somebody typed, as paragraphs: escaped, line breaks kept."""
    return mark_safe(linebreaks(text or "", autoescape=True))  # noqa: S308  (linebreaks has escaped it)


# Small pieces -------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside words that say the same: hidden from screen readers."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def badge(tone: str, label: str) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', _one_of(tone, TONES), label)


@register.simple_tag
def link_button(label: str, href: str, kind: str = "primary") -> SafeString:
    return format_html('<a class="btn btn-{}" href="{}">{}</a>', _one_of(kind, KINDS), href, label)


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """One stop of the breadcrumb; the last one, without address, is the page itself."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html('<li><span aria-current="page">{}</span></li>', label)


@register.simple_tag
def deadline(day: date | datetime | None, today: date | None = None) -> SafeString:
    """ "jusqu'au 12 février 2027 · dans 3 jours" (that day included), or "en retard de 2 jours"."""
    if not day:
        return format_html('<span class="deadline">{}</span>', "date " + UNKNOWN)
    last = _as_day(day)
    left = (last - (today or localdate())).days
    tone = "late" if left < 0 else "near" if left <= 3 else "far"
    return format_html(
        '<span class="deadline">jusqu\'au <time datetime="{}">{}</time>{}'
        '<span class="deadline-{}">{}</span></span>',
        last.isoformat(),
        format_day(last).replace(" ", NBSP),
        " · " if left <= COUNTED_DAYS else "",
        tone,
        _days_left(left) if left <= COUNTED_DAYS else "",
    )


# Blocks -------------------------------------------------------------------------------------------


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2, id: str = "") -> SafeString:
    heading = format_html('<h{0} class="card-title">{1}</h{0}>', level, title) if title else ""
    anchor = format_html(' id="{}"', id) if id else ""
    return format_html('<section class="card"{}>{}{}</section>', anchor, heading, content)


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "") -> SafeString:
    heading = format_html('<p class="alert-title">{}</p>', title) if title else ""
    drawing = icon(_one_of(tone, TONES[1:]))
    return format_html('<div class="alert alert-{}">{}<div>{}{}</div></div>', tone, drawing, heading, content)


@register.simple_block_tag
def table_region(content: str, label: str) -> SafeString:
    """Around a `<table class="table">`: scrolls sideways on narrow screens, by keyboard too."""
    return format_html(
        '<div class="table-region" role="region" aria-label="{}" tabindex="0">{}</div>', label, content
    )


# Pieces with a template of their own --------------------------------------------------------------


@register.inclusion_tag("ui/empty.html")
def empty(title: str, advice: str = "", href: str = "", label: str = "") -> dict[str, Any]:
    return {"title": title, "advice": advice, "href": href, "label": label}


@register.inclusion_tag("ui/post_button.html", takes_context=True)
def post_button(
    context: Context,
    label: str,
    url: str,
    verdict: Verdict | None = None,
    kind: str = "primary",
    confirm: str = "",
    name: str = "",
    value: str = "",
) -> dict[str, Any]:
    """A button that writes. Refused, it stays in sight with its reason; `confirm` asks first."""
    return {
        "label": label,
        "url": url,
        "refused": verdict is not None and not verdict,
        "reason": getattr(verdict, "reason", ""),
        "reason_id": _fresh_id(context, "motif"),
        "kind": _one_of(kind, KINDS),
        "confirm": confirm,
        "name": name,
        "value": value,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/steps.html")
def steps(items: Iterable[Any], label: str = "Étapes") -> dict[str, Any]:
    """Objects or dicts with .label .url .state (done, current, todo, error)."""
    return {"items": [(item, STEP_WORDS[_read(item, "state")]) for item in items], "label": label}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(
    context: Context, page: Page[Any], param: str = "page", label: str = "Pages"
) -> dict[str, Any]:
    """Links to the other pages of a list; filters and sort stay in the address."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int | str) -> str:
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "label": label,
        "numbers": [(number, address(number) if isinstance(number, int) else "") for number in elided],
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("ui/gauge.html")
def gauge(part: Decimal | int | None, whole: Decimal | int | None, label: str) -> dict[str, Any]:
    """A sum out of another, in words and as a bar; going over is said, not only coloured."""
    known = part is not None and whole is not None
    excess = part - whole if part is not None and whole is not None and part > whole else None
    share = float(part) / float(whole) * 100 if part is not None and whole else 0.0
    return {
        "part": format_euros(part),
        "whole": format_euros(whole),
        "label": label,
        "rate": rate(part, whole) if known and whole else "",
        "excess": format_euros(excess) if excess else "",
        "width": f"{min(max(share, 100.0 if excess else 0.0), 100.0):.1f}",
        "known": known,
    }


@register.inclusion_tag("ui/error_summary.html")
def error_summary(
    form: "AnyForm | Problem | list[AnyForm] | tuple[AnyForm, ...] | None",
) -> dict[str, Any]:
    """At the top of a refused form: every refusal, with a link to its field. Nothing when all is well."""
    many = form if isinstance(form, list | tuple) else [form] if form is not None else []
    return {"problems": [problem for one in many for problem in problems_of(one)]}


# --------------------------------------------------------------------------------------------------


def _as_day(value: date | datetime) -> date:
    return localtime(value).date() if isinstance(value, datetime) else value


def _days_left(left: int) -> str:
    if left == 0:
        return "aujourd'hui"
    if left == 1:
        return "demain"
    if left > 1:
        return f"dans {left}{NBSP}jours"
    return f"en retard de {-left}{NBSP}jour{'s' if left < -1 else ''}"


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise template.TemplateSyntaxError(f"« {value} » : choose among {', '.join(allowed)}.")
    return value


def _read(item: Any, name: str) -> Any:
    return item[name] if isinstance(item, dict) else getattr(item, name)


def _fresh_id(context: Context, prefix: str) -> str:
    """An id never given twice on the same page."""
    owner: Any = context.get("request") or context
    owner.ui_ids = getattr(owner, "ui_ids", 0) + 1
    return f"{prefix}-{owner.ui_ids}"
