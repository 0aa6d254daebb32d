"""Text in: the forms of the directory. The rules are in the actions."""

from typing import Any

from django import forms

from faubourg.directory.actions.bank import UNCHECKED, WITHOUT_REASON
from faubourg.directory.actions.organisations import FIELDS
from faubourg.directory.actions.papers import WITHOUT_FILE
from faubourg.directory.models import BankDetails, Interest, Organisation
from faubourg.directory.states import KEPT_APART, MembershipRole, OrganisationKind, PaperKind
from faubourg.documents.queries import upload_help
from faubourg.messaging.states import Pace
from faubourg.toolkit.fields import LongTextField

AT_BEST = "best"
"""No preference kept: each kind of letter leaves when it says."""


class SearchForm(forms.Form):
    q = forms.CharField(label="Nom, SIRET, RNA ou commune", required=False)
    kind = forms.ChoiceField(
        label="Nature", required=False, choices=[("", "Toutes"), *OrganisationKind.choices]
    )


class PeopleSearchForm(forms.Form):
    q = forms.CharField(label="Nom ou courriel", required=False)


class OrganisationForm(forms.ModelForm[Organisation]):
    website = forms.URLField(label="Site web", required=False, max_length=200, assume_scheme="https")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Organisation
        fields = FIELDS
        field_classes = {"purpose": LongTextField}
        help_texts = {
            "name": "En entier, comme dans les statuts.",
            "short_name": "Le sigle ou le nom d'usage : les listes le montrent.",
            "address": "Celle du siège.",
            "insee_code": "Cinq caractères ; ce n'est pas le code postal.",
            "email": "Celui de la structure : chaque membre garde le sien.",
            "purpose": "En quelques phrases, d'après les statuts : ce que fait la structure, et pour qui.",
            "legal_representative": "Qui engage la structure : présidente, maire, directeur.",
            "legal_representative_title": "Par exemple : présidente.",
            "employees_count": "Le nombre de personnes, même à temps partiel.",
            "volunteers_count": "Les personnes qui aident sans être payées.",
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 4})}

    def validate_constraints(self) -> None:
        """The action says it better, and names the other organisation."""


class NewOrganisationForm(OrganisationForm):
    administrator_name = forms.CharField(
        label="Prénom et nom du premier administrateur", required=False, max_length=150
    )
    administrator_email = forms.EmailField(
        label="Courriel du premier administrateur",
        required=False,
        help_text="Il reçoit une invitation et invitera lui-même les autres.",
    )


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label="Rôles",
        choices=MembershipRole.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="L'administrateur invite ; le saisisseur remplit les dossiers ; le signataire les dépose.",
    )


class MemberForm(RolesForm):
    email = forms.EmailField(label="Courriel")
    full_name = forms.CharField(
        label="Prénom et nom",
        required=False,
        max_length=150,
        help_text="Inutile si la personne a déjà un compte.",
    )
    field_order = ("email", "full_name", "roles")


class BankDetailsForm(forms.ModelForm[BankDetails]):
    paper = forms.FileField(label="Le RIB donné par la banque", required=False)

    class Meta:
        model = BankDetails
        fields = ("holder", "iban", "bic")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].help_text = upload_help()

    def validate_constraints(self) -> None:
        """The former account is replaced by the action, once confirmed."""


class OrganisationPaperForm(forms.Form):
    kind = forms.ChoiceField(
        label="Pièce", choices=[one for one in PaperKind.choices if one[0] not in KEPT_APART]
    )
    label = forms.CharField(
        label="Précision",
        required=False,
        max_length=150,
        help_text="Facultatif : le nom de l'agrément, de l'assureur…",
    )
    year = forms.IntegerField(
        label="Exercice", required=False, help_text="Pour des comptes ou un rapport : 2025."
    )
    valid_from = forms.DateField(label="Valable depuis le", required=False)
    valid_until = forms.DateField(
        label="Valable jusqu'au",
        required=False,
        help_text="Vide : sans limite. Vous serez prévenu avant la fin.",
    )
    upload = forms.FileField(label="Fichier", error_messages={"required": WITHOUT_FILE})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = upload_help()


class ConfirmBankDetailsForm(forms.Form):
    is_checked = forms.BooleanField(
        label="J'ai comparé ce RIB, chiffre par chiffre, avec celui que la banque a donné",
        error_messages={"required": UNCHECKED},
    )


class RejectBankDetailsForm(forms.Form):
    reason = forms.CharField(
        label="Motif du refus",
        max_length=250,
        error_messages={"required": WITHOUT_REASON},
        help_text="Par exemple : le compte n'est pas au nom de l'association.",
    )


class InterestForm(forms.ModelForm[Interest]):
    class Meta:
        model = Interest
        fields = ("organisation", "nature")
        help_texts = {"nature": "Par exemple : trésorier bénévole, salariée, conjoint de la présidente."}

    def validate_constraints(self) -> None:
        """A tie declared twice is refused by the action."""


class IdentityForm(forms.Form):
    full_name = forms.CharField(label="Prénom et nom", max_length=150)
    phone = forms.CharField(
        label="Téléphone", required=False, max_length=30, help_text="Vu de ceux qui travaillent avec vous."
    )


class EmailForm(forms.Form):
    email = forms.EmailField(
        label="Nouvelle adresse de courriel",
        help_text="Un lien y part ; l'adresse change quand il est ouvert.",
    )


class MailPaceForm(forms.Form):
    pace = forms.ChoiceField(
        label="Me prévenir par courriel",
        choices=[
            (AT_BEST, "Au mieux : ce qui presse tout de suite, le reste une fois par jour"),
            *Pace.choices,
        ],
        widget=forms.RadioSelect,
        initial=AT_BEST,
    )

    def clean_pace(self) -> str:
        pace: str = self.cleaned_data["pace"]
        return "" if pace == AT_BEST else pace


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="Mot de passe",
        help_text="Douze caractères au moins. Une suite de mots fait un bon mot de passe.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Le même, une seconde fois",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError("Les deux mots de passe sont différents.")
        return again


class InterestOfForm(forms.Form):
    email = forms.EmailField(label="Courriel de la personne")
    nature = forms.CharField(label="Nature du lien", max_length=200)
