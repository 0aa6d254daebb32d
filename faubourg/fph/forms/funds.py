"""What the GIP types about a fund."""

from typing import Any

from django import forms

from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.directory.states import OrganisationKind
from faubourg.fph.models import Fund
from faubourg.fph.states import EXCLUDED
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.fields import EurosFormField, LongTextField, in_our_times

DAY = ["%Y-%m-%d", "%d/%m/%Y"]


class AmendFundForm(forms.Form):
    opens_on = forms.DateField(label="Ouvre le", input_formats=DAY, validators=[in_our_times])
    closes_on = forms.DateField(
        label="Ferme le", input_formats=DAY, validators=[in_our_times], required=False
    )
    manager = forms.ModelChoiceField(
        label="Structure qui tient l'argent", queryset=Organisation.objects.none(), required=False,
        empty_label="À confirmer",
    )  # fmt: skip
    where_to_ask = forms.CharField(
        label="Où demander de l'aide", max_length=300, required=False,
        help_text="Un lieu, des heures, un téléphone : les habitants le lisent.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, contract: Contract, about: Fund | None = None) -> None:
        told = ("opens_on", "closes_on", "manager", "where_to_ask")
        super().__init__(data, initial={name: getattr(about, name) for name in told} if about else None)
        kinds = (OrganisationKind.GIP, OrganisationKind.CITIZEN_COUNCIL, OrganisationKind.ASSOCIATION)
        managers = Organisation.objects.filter(kind__in=kinds).order_by("name")
        _choose(self, "manager", managers)


class OpenFundForm(AmendFundForm):
    year = forms.IntegerField(label="Année", min_value=2015, max_value=2100)
    neighbourhood = forms.ModelChoiceField(
        label="Quartier", queryset=Neighbourhood.objects.none(), required=False,
        empty_label="Tous ceux du contrat",
    )  # fmt: skip
    field_order = ("year", "neighbourhood")

    def __init__(self, data: Any = None, *, contract: Contract) -> None:
        super().__init__(data, contract=contract)
        _choose(self, "neighbourhood", contract.neighbourhoods.qpvs())


class ShareForm(forms.Form):
    funder = forms.ModelChoiceField(
        label="Cofinanceur", queryset=Organisation.objects.none(), empty_label="Choisissez"
    )
    amount = EurosFormField(label="Montant pour l'année")

    def __init__(self, data: Any = None, *, contract: Contract) -> None:
        super().__init__(data)
        signatories = contract.signatories.values("organisation")
        _choose(self, "funder", Organisation.objects.filter(pk__in=signatories).order_by("name"))


class RulesForm(forms.Form):
    adopted_on = forms.DateField(label="Adopté le", input_formats=DAY, validators=[in_our_times])
    adopted_by = forms.CharField(
        label="Par", max_length=150, help_text="Par exemple « comité de pilotage », ou le conseil citoyen."
    )
    text = LongTextField(
        label="Texte du règlement", widget=forms.Textarea(attrs={"rows": 14}),
        help_text="En mots simples : les habitants le lisent sur la page du fonds.",
    )  # fmt: skip
    excluded = forms.MultipleChoiceField(
        label="Ce que le fonds ne paie pas", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, one.label) for one in EXCLUDED], initial=[one.value for one in EXCLUDED],
    )  # fmt: skip
    quorum = forms.IntegerField(
        label="Votants présents pour décider", min_value=1, max_value=100, required=False,
        help_text="Laissez vide si le règlement n'en demande pas.",
    )  # fmt: skip
    decides_in_days = forms.IntegerField(
        label="Jours pour décider", min_value=1, max_value=365, required=False,
        help_text="Le délai annoncé aux habitants, si le règlement en donne un.",
    )  # fmt: skip


def _choose(form: forms.Form, name: str, queryset: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
    field.queryset = queryset
