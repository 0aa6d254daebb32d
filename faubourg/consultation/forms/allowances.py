"""What people type about the spending of a council."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from faubourg.consultation.states import ExpensePurpose
from faubourg.documents.queries import upload_help
from faubourg.toolkit.fields import EurosFormField, in_our_times

DAY = ["%Y-%m-%d", "%d/%m/%Y"]


class ReceiptForm(forms.Form):
    receipt = forms.FileField(label="Justificatif")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["receipt"].help_text = upload_help()


class ExpenseForm(ReceiptForm):
    spent_on = forms.DateField(label="Payée le", input_formats=DAY, validators=[in_our_times])
    purpose = forms.ChoiceField(label="Nature", choices=ExpensePurpose.choices, widget=forms.RadioSelect)
    label = forms.CharField(
        label="Ce qui est payé", max_length=150, help_text="Par exemple « Affiches de la réunion d'octobre »."
    )
    amount = EurosFormField(label="Montant payé")
    receipt = forms.FileField(label="Justificatif", required=False)
    field_order = ("spent_on", "purpose", "label", "amount", "receipt")

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if not amount:
            raise ValidationError("Écrivez un montant plus grand que zéro.")
        return amount
