"""The cells of the programming table, set row by row: one template lookup a row instead of fifty."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from faubourg.awards.queries.programme import Cell

register = template.Library()


@register.simple_tag
def cells(row: Iterable[Cell], number: str) -> SafeString:
    """One `<td>` per funder. The words of a cell are amounts and labels of ours; only the number is typed."""
    name = f'<span class="visually-hidden"> : dossier {conditional_escape(number)}</span>'
    return mark_safe("".join([_cell(*cell, name) for cell in row]))  # noqa: S308  (escaped above)


def _cell(answer: str, facts: str, tone: str, url: str, key: str, name: str) -> str:
    if not facts:
        return '<td class="num"></td>'
    if key:
        return f'<td class="num cell-{tone}" data-cell="{key}"><b>{answer}</b><small>{facts}</small></td>'
    words = f'<a href="{url}">{answer}{name}</a>' if url else answer
    return f'<td class="num cell-{tone}">{words}<small>{facts}</small></td>'
