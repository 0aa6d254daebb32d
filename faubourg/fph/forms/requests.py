"""The one page on which residents ask, and the same typed from paper (FPH-1)."""

from decimal import Decimal
from typing import Any

from django import forms

from faubourg.fph.models import Fund
from faubourg.fph.rules import MOST_LINES, new_secret, read_secret
from faubourg.fph.states import HolderKind, Purpose
from faubourg.toolkit.fields import EurosFormField, LongTextField, in_our_times

DAY = ["%Y-%m-%d", "%d/%m/%Y"]
ELSEWHERE = "elsewhere"
HALVES = ("label_", "amount_")
FEW = 3
"""Lines of the budget shown at first; the others unfold."""


class RequestForm(forms.Form):
    secret = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    holder_kind = forms.ChoiceField(
        label="Qui demande ?", choices=HolderKind.choices, widget=forms.RadioSelect
    )
    holder_name = forms.CharField(
        label="Nom du groupe ou de l'association", max_length=150, required=False,
        help_text="Laissez vide si vous demandez seul.",
    )  # fmt: skip
    referent_name = forms.CharField(
        label="Prénom et nom de la personne à contacter", max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    is_adult = forms.BooleanField(label="Cette personne a 18 ans ou plus", required=False)
    phone = forms.CharField(
        label="Téléphone", max_length=30, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text="Un téléphone ou un courriel suffit.",
    )  # fmt: skip
    email = forms.EmailField(
        label="Courriel", max_length=150, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    title = forms.CharField(
        label="Votre action, en une ligne", max_length=150,
        help_text="Par exemple « Un après-midi de jeux pour petits et grands ».",
    )  # fmt: skip
    purpose = forms.ChoiceField(
        label="De quoi s'agit-il ?", choices=Purpose.choices, widget=forms.RadioSelect
    )
    neighbourhood = forms.ChoiceField(label="Où cela se passe-t-il ?", widget=forms.RadioSelect)
    planned_on = forms.DateField(
        label="Quel jour ?", input_formats=DAY, validators=[in_our_times],
        help_text="Le premier jour, s'il y en a plusieurs.",
    )  # fmt: skip
    description = LongTextField(
        label="Que voulez-vous faire ?", max_length=3_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    social_link = LongTextField(
        label="Qu'est-ce que cela change entre les habitants ?", max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Qui se rencontre, qui aide, qui apprend.",
    )  # fmt: skip
    asked_amount = EurosFormField(
        label="Combien demandez-vous au fonds ?", help_text="En euros, par exemple 350."
    )
    wants_news = forms.BooleanField(
        label="J'accepte que le GIP me recontacte pour d'autres rencontres du quartier", required=False
    )
    budget_name = "lines"

    def __init__(self, data: Any = None, *, fund: Fund) -> None:
        super().__init__(data, initial={"secret": new_secret()})
        places = [fund.neighbourhood] if fund.neighbourhood else list(fund.contract.neighbourhoods.qpvs())
        self.places = {str(place.pk): place for place in places}
        where = self.fields["neighbourhood"]
        assert isinstance(where, forms.ChoiceField)  # noqa: S101
        where.choices = [*((key, str(place)) for key, place in self.places.items()), (ELSEWHERE, "Ailleurs")]
        for rank in range(1, MOST_LINES + 1):
            self.fields[f"label_{rank}"] = forms.CharField(
                label=f"Dépense {rank}", max_length=120, required=False
            )
            self.fields[f"amount_{rank}"] = EurosFormField(label=f"Montant {rank}", required=False)

    def clean_secret(self) -> str:
        return read_secret(self.cleaned_data["secret"]) or new_secret()

    def clean_neighbourhood(self) -> Any:
        return self.places.get(self.cleaned_data["neighbourhood"])

    def clean(self) -> dict[str, Any]:
        """The lines as (label, amount); half a line is told at the half that is missing."""
        super().clean()
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if not name.startswith(("label_", "amount_"))
        }
        lines: list[tuple[str, Decimal]] = []
        for rank in range(1, MOST_LINES + 1):
            label, amount = self.cleaned_data.get(f"label_{rank}"), self.cleaned_data.get(f"amount_{rank}")
            if label and amount is not None:
                lines.append((label, amount))
            elif label and f"amount_{rank}" not in self.errors:
                self.add_error(f"amount_{rank}", "Écrivez combien coûte cette dépense.")
            elif amount is not None:
                self.add_error(f"label_{rank}", "Dites ce que paie ce montant.")
        if not lines and not any(name.startswith(HALVES) for name in self.errors):
            self.add_error("label_1", "Écrivez au moins une dépense et son montant.")
        return said | {"lines": lines}

    @property
    def budget(self) -> list[tuple[Any, Any]]:
        return [(self[f"label_{rank}"], self[f"amount_{rank}"]) for rank in range(1, MOST_LINES + 1)]

    @property
    def first_lines(self) -> list[tuple[Any, Any]]:
        return self.budget[:FEW]

    @property
    def other_lines(self) -> list[tuple[Any, Any]]:
        return self.budget[FEW:]

    @property
    def has_other_lines(self) -> bool:
        return any(field.value() or field.errors for line in self.other_lines for field in line)


class PaperRequestForm(RequestForm):
    received_on = forms.DateField(
        label="Papier reçu le", input_formats=DAY, validators=[in_our_times],
        help_text="Le délai de décision court de ce jour.",
    )  # fmt: skip


class SecretForm(forms.Form):
    secret = forms.CharField(
        label="Votre numéro secret", max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text="Douze signes, par exemple K7PM-4TQX-9RWD. Il est sur votre récépissé.",
    )  # fmt: skip

    def clean_secret(self) -> str:
        secret = read_secret(self.cleaned_data["secret"])
        if secret is None:
            raise forms.ValidationError(
                "Ce numéro n'est pas complet : il a douze lettres et chiffres. Relisez-le."
            )
        return secret
