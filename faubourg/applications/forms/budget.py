"""The budget on one page: charges, incomes, what each funder is asked, contributions in kind apart (C2)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from faubourg.applications import rules
from faubourg.applications.forms.account_words import ASKED, WORDS
from faubourg.applications.forms.draft import DraftForm, rows_typed
from faubourg.applications.states import Part, Side
from faubourg.calls.models import Envelope
from faubourg.toolkit.fields import EurosFormField

_LINE = re.compile(r"line-(\w{2,4})-(\d{1,2})-(?:label|amount)")


@dataclass(frozen=True)
class AccountRows:
    """An account on screen: its lines, and whether one more may be added."""

    account: rules.Account
    rows: list[tuple[Any, Any]]
    may_grow: bool
    total: Decimal

    @property
    def words(self) -> tuple[str, str]:
        """(what goes there, an example)."""
        return WORDS[self.account.code]

    @property
    def is_touched(self) -> bool:
        return len(self.rows) > 1 or self.is_used

    @property
    def is_used(self) -> bool:
        """The last line holds something: time to offer one more."""
        return any(field.value() for field in self.rows[-1])


class BudgetForm(DraftForm):
    part = Part.BUDGET

    def stored(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        taken: dict[str, int] = defaultdict(int)
        for line in self.application.budget_lines.all():
            number, taken[line.account] = taken[line.account], taken[line.account] + 1
            found[f"line-{line.account}-{number}-label"] = line.label
            found[f"line-{line.account}-{number}-amount"] = line.amount
        for request in self.application.funding_requests.all():
            found[f"asked-{request.envelope_id}"] = request.requested_amount
        return found

    def add_rows(self) -> None:
        self.envelopes: list[Envelope] = list(
            self.application.call.envelopes.select_related("funder").order_by("position", "id")
        )
        self.counts: dict[str, int] = defaultdict(int)
        for code, number in rows_typed(self.data, _LINE):
            if rules.account_named(code) and int(number) < rules.LINES_MAXIMUM:
                self.counts[code] = max(self.counts[code], int(number) + 1)
        for account in self._accounts():
            self.counts[account.code] = max(self.counts[account.code], 1)
            for number in range(self.counts[account.code]):
                self._add_line(account, number)
        for envelope in self.envelopes:
            field = EurosFormField(label=f"Demandé à : {envelope}", required=False)
            field.widget.attrs["data-sum-group"] = f"income public account-74 asked-{envelope.pk}"
            self.fields[f"asked-{envelope.pk}"] = field

    def add_row(self, code: str) -> None:
        """Offer one more line on this account."""
        account, number = rules.account_named(code), self.counts.get(code, 0)
        if account is not None and number < rules.LINES_MAXIMUM:
            self._add_line(account, number)
            self.counts[code] = number + 1

    def _accounts(self) -> Iterator[rules.Account]:
        """Those one is offered, and those already written on."""
        for account in rules.ACCOUNTS:
            if self.counts.get(account.code) or account in set(rules.accounts_of(account.side)):
                yield account

    def _add_line(self, account: rules.Account, number: int) -> None:
        where = f"{account.code} {account.label}, ligne {number + 1}"
        label = forms.CharField(label=f"{where}, libellé", max_length=150, required=False)
        label.widget.attrs.update({"aria-label": str(label.label), "list": f"exemples-{account.code}"})
        if not account.examples:
            del label.widget.attrs["list"]
        amount = EurosFormField(label=f"{where}, montant", required=False)
        amount.widget.attrs.update(
            {
                "aria-label": str(amount.label),
                "data-sum-group": f"{account.side} account-{account.code}{' public' * account.is_public}",
            }
        )
        self.fields[f"line-{account.code}-{number}-label"] = label
        self.fields[f"line-{account.code}-{number}-amount"] = amount

    def described_by(self, name: str) -> str:
        """The help of an account is written once, above its lines."""
        line = _LINE.fullmatch(name)
        return f"aide-compte-{line.group(1)}" if line else "aide-demandes"

    def example_of(self, name: str) -> str:
        line = _LINE.fullmatch(name)
        return WORDS[line.group(1)][1] if line else ASKED[1]

    def clean(self) -> None:
        for name, value in list(self.cleaned_data.items()):
            if not name.endswith("-label") or not value:
                continue
            amount = name.removesuffix("label") + "amount"
            if amount not in self.errors and self.cleaned_data.get(amount) is None:
                self.add_error(amount, "Écrivez un montant pour cette ligne, ou effacez son libellé.")

    def companions(self, name: str) -> tuple[str, ...]:
        match = _LINE.fullmatch(name)
        if not match:
            return ()
        stem = f"line-{match.group(1)}-{match.group(2)}"
        return (f"{stem}-label", f"{stem}-amount")

    def values(self) -> dict[str, Any]:
        asked = {
            envelope.pk: self.cleaned_data[f"asked-{envelope.pk}"]
            for envelope in self.envelopes
            if f"asked-{envelope.pk}" in self.cleaned_data
        }
        wrong = {envelope.pk: None for envelope in self.envelopes if envelope.pk not in asked}
        return {"lines": list(self._lines()), "asked": {**asked, **wrong}}

    def _lines(self) -> Iterator[tuple[str, str, Decimal]]:
        for account in self._accounts():
            for number in range(self.counts[account.code]):
                stem = f"line-{account.code}-{number}"
                label, amount = (
                    self.cleaned_data.get(f"{stem}-label"),
                    self.cleaned_data.get(f"{stem}-amount"),
                )
                if label is not None and amount is not None and (label or amount):
                    yield account.code, label, amount

    def _side(self, side: str) -> tuple[list[AccountRows], list[AccountRows]]:
        """(the accounts in plain sight, the unusual ones nobody wrote on)."""
        rows = self._rows(side)
        hidden = [one for one in rows if one.account.is_unusual and not one.is_touched]
        return [one for one in rows if one not in hidden], hidden

    # For the page ---------------------------------------------------------------------------------

    def _rows(self, side: str) -> list[AccountRows]:
        return [
            AccountRows(
                account,
                [
                    (
                        self[f"line-{account.code}-{number}-label"],
                        self[f"line-{account.code}-{number}-amount"],
                    )
                    for number in range(self.counts[account.code])
                ],
                self.counts[account.code] < rules.LINES_MAXIMUM,
                self._total(account.code),
            )
            for account in self._accounts()
            if account.side == side
        ]

    def _total(self, code: str) -> Decimal:
        """What stands on this account; the browser keeps it up to date while one types."""
        self.errors  # noqa: B018 -- reads what was typed, once
        amounts = (
            self.cleaned_data.get(f"line-{code}-{number}-amount") for number in range(self.counts[code])
        )
        return rules.total(amount for amount in amounts if amount)

    @property
    def expense_rows(self) -> tuple[list[AccountRows], list[AccountRows]]:
        return self._side(Side.EXPENSE)

    @property
    def income_rows(self) -> tuple[list[AccountRows], list[AccountRows]]:
        return self._side(Side.INCOME)

    @property
    def in_kind_use_rows(self) -> tuple[list[AccountRows], list[AccountRows]]:
        return self._side(Side.IN_KIND_USE)

    @property
    def in_kind_resource_rows(self) -> tuple[list[AccountRows], list[AccountRows]]:
        return self._side(Side.IN_KIND_RESOURCE)

    @property
    def examples(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(account.code, account.examples) for account in self._accounts() if account.examples]

    @property
    def asked_words(self) -> tuple[str, str]:
        return ASKED

    @property
    def asked_rows(self) -> list[tuple[Envelope, Any]]:
        return [(envelope, self[f"asked-{envelope.pk}"]) for envelope in self.envelopes]
