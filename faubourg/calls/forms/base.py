"""What every section of a call shares: its fields, its lines, how it saves and how it takes a refusal."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from faubourg.accounts.models import User
from faubourg.calls.forms.rows import BaseRows, RowForm, with_one_more
from faubourg.calls.models import Call
from faubourg.calls.states import Section
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.refusal import Refusal, show_on

Files = MultiValueDict[str, Any]


class SectionForm:
    """One section, shown or submitted. A refusal goes back to its field and nothing typed is lost."""

    section: ClassVar[Section]
    advice: ClassVar[str] = ""
    add_label: ClassVar[str] = ""
    row: ClassVar[type[RowForm] | None] = None
    offers_all: ClassVar[bool] = False
    is_stale = False

    def __init__(self, call: Call, data: QueryDict | None = None, files: Files | None = None) -> None:
        self.call = call
        self.asks_for_more = data is not None and "add" in data
        if data is not None and self.asks_for_more and self.row:
            data = with_one_more(data, self.row)
        self.data, self.files = data, files if data is not None else None
        self.version: int = call.version if data is None else _number(data.get("version"))
        self.fields: forms.Form | None = self.make_fields()
        self.rows: BaseRows | None = self.make_rows()

    def make_fields(self) -> forms.Form | None:
        return None

    def make_rows(self) -> BaseRows | None:
        return None

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        raise NotImplementedError

    @property
    def parts(self) -> list[Any]:
        return [part for part in (self.fields, self.rows) if part is not None]

    @property
    def groups(self) -> list[tuple[str, list[RowForm]]]:
        """The lines, by heading; those under a heading are folded away until one needs them."""
        return [("", self.rows.forms)] if self.rows is not None else []

    @property
    def next_section(self) -> Section | None:
        order = list(Section)
        following = order[order.index(self.section) + 1 :]
        return following[0] if following else None

    def save(self, *, actor: User, now: datetime) -> bool:
        """Check and save; False when something is refused, which the page then says."""
        if self.data is None or self.asks_for_more or False in self._verdicts():
            return False
        chosen = self.fields.cleaned_data if self.fields else {}
        lines = self.rows.values() if self.rows is not None else []
        try:
            self.save_with(chosen, lines, actor=actor, now=now, version=self.version)
        except Refusal as refusal:
            self.call.refresh_from_db()
            self.is_stale = self.version != self.call.version
            self.version = self.call.version
            self.show(refusal)
            return False
        return True

    def _verdicts(self) -> list[bool]:
        """Every part is checked, so that every refusal shows at once."""
        return [part.is_valid() for part in self.parts]

    def show(self, refusal: Refusal) -> None:
        if self.fields is not None:
            show_on(self.fields, refusal)
        elif self.rows is not None:
            for sentences in refusal.errors.values():
                self.rows.non_form_errors().extend(sentences)


def _number(text: str | None) -> int:
    return read_key(text) or 0
