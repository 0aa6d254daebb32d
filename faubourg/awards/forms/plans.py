"""What an applicant types when its funders give less."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms

from faubourg.applications.rules import ACCOUNTS
from faubourg.applications.states import Side
from faubourg.awards.actions import NewIncome
from faubourg.awards.models import ReducedLine, ReducedPlan
from faubourg.awards.states import Way
from faubourg.toolkit.fields import EurosFormField, LongTextField

NEW_INCOMES = 2
INCOME_ACCOUNTS = [
    ("", "Choisissez"),
    *((one.code, f"{one.code} {one.label}") for one in ACCOUNTS if one.side == Side.INCOME),
]


class ReducedPlanForm(forms.Form):
    """The lines of the filed budget, to lower; money found elsewhere, to add."""

    way = forms.ChoiceField(
        label="Que faites-vous ?", choices=Way.choices, widget=forms.RadioSelect, required=False
    )
    note = LongTextField(
        label="Ce qui change dans l'action",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple : six ateliers au lieu de dix.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: ReducedPlan, **kwargs: Any) -> None:
        kwargs["initial"] = {"way": plan.way, "note": plan.note, "version": plan.version}
        super().__init__(*args, **kwargs)
        self.plan_lines = list(plan.lines.all())
        for line in self.plan_lines:
            self.fields[f"amount-{line.pk}"] = EurosFormField(
                label=f"{line.account} {line.label}", required=False, initial=line.amount
            )
        for rank in range(1, NEW_INCOMES + 1):
            self.fields[f"account-{rank}"] = forms.ChoiceField(
                label=f"Compte, nouveau produit {rank}", choices=INCOME_ACCOUNTS, required=False
            )
            self.fields[f"label-{rank}"] = forms.CharField(
                label=f"Qui paie, nouveau produit {rank}", max_length=150, required=False
            )
            self.fields[f"income-{rank}"] = EurosFormField(
                label=f"Montant, nouveau produit {rank}", required=False
            )

    def side(self, *sides: str) -> list[tuple[ReducedLine, forms.BoundField]]:
        return [(line, self[f"amount-{line.pk}"]) for line in self.plan_lines if line.side in sides]

    @property
    def expenses(self) -> list[tuple[ReducedLine, forms.BoundField]]:
        return self.side(Side.EXPENSE)

    @property
    def incomes(self) -> list[tuple[ReducedLine, forms.BoundField]]:
        return self.side(Side.INCOME)

    @property
    def in_kind(self) -> list[tuple[ReducedLine, forms.BoundField]]:
        return self.side(Side.IN_KIND_USE, Side.IN_KIND_RESOURCE)

    @property
    def new_rows(self) -> Iterator[tuple[forms.BoundField, ...]]:
        for rank in range(1, NEW_INCOMES + 1):
            yield self[f"account-{rank}"], self[f"label-{rank}"], self[f"income-{rank}"]

    @property
    def amounts(self) -> dict[int, Decimal | None]:
        return {line.pk: self.cleaned_data[f"amount-{line.pk}"] for line in self.plan_lines}

    @property
    def new_incomes(self) -> list[NewIncome]:
        data = self.cleaned_data
        return [
            NewIncome(data[f"account-{rank}"], data[f"label-{rank}"], data[f"income-{rank}"])
            for rank in range(1, NEW_INCOMES + 1)
            if data[f"account-{rank}"] and data[f"income-{rank}"]
        ]
