"""What is typed and sent once a request is granted."""

from typing import Any

from django import forms

from faubourg.documents.queries import upload_help
from faubourg.fph.forms.funds import DAY
from faubourg.fph.queries import Account
from faubourg.fph.states import PaymentMeans
from faubourg.toolkit.fields import EurosFormField, in_our_times
from faubourg.toolkit.money import format_euros


class PaymentForm(forms.Form):
    means = forms.ChoiceField(label="Comment", choices=PaymentMeans.choices, widget=forms.RadioSelect)
    amount = EurosFormField(label="Montant")
    paid_on = forms.DateField(label="Payé le", input_formats=DAY, validators=[in_our_times])
    supplier = forms.CharField(
        label="Fournisseur", max_length=150, required=False, help_text="Pour un achat."
    )
    bought = forms.CharField(
        label="Ce qui est acheté", max_length=200, required=False, help_text="Pour un achat."
    )
    signed = forms.FileField(
        label="Reçu signé, numérisé ou photographié", required=False, help_text="Pour des espèces."
    )

    def __init__(self, data: Any = None, files: Any = None, *, account: Account) -> None:
        super().__init__(data, files, initial={"amount": account.left})
        self.fields["amount"].help_text = f"Il reste {format_euros(account.left)} à payer."


class ReceiptForm(forms.Form):
    upload = forms.FileField(label="Le ticket ou la facture")
    amount = EurosFormField(label="Somme payée", help_text="Celle que dit le ticket, par exemple 42,50.")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["upload"].help_text = f"Une photo nette suffit. {upload_help()}"


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label="La photo",
        help_text="JPEG ou PNG. Nous effaçons ce que le téléphone y écrit : lieu, date, nom.",
    )
    has_rights = forms.BooleanField(
        label="Les personnes que l'on reconnaît sont d'accord pour que la photo soit gardée et montrée ; "
        "pour un enfant, ses parents aussi",
        required=False,
    )


class SettlementForm(forms.Form):
    spent_amount = EurosFormField(label="Dépensé", help_text="D'après les tickets et les factures.")
    returned_on = forms.DateField(
        label="Le reste est revenu au fonds le", input_formats=DAY, validators=[in_our_times], required=False,
        help_text="Si tout n'a pas été dépensé.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, account: Account) -> None:
        super().__init__(data, initial={"spent_amount": min(account.proved, account.paid)})
