"""What people type to give and end a seat."""

from django import forms

from faubourg.contracts.states import Role
from faubourg.directory.queries import all_organisations


class SeatForm(forms.Form):
    role = forms.ChoiceField(label="Rôle", choices=[("", "Choisissez"), *Role.choices])
    email = forms.EmailField(label="Courriel de la personne")
    full_name = forms.CharField(
        label="Prénom et nom",
        required=False,
        max_length=150,
        help_text="Inutile si la personne a déjà un compte.",
    )
    organisation = forms.ModelChoiceField(
        label="Pour quelle structure",
        queryset=all_organisations(),
        required=False,
        empty_label="Aucune",
        help_text="Obligatoire pour un financeur et pour un conseiller citoyen.",
    )
    from_on = forms.DateField(label="Premier jour", required=False)
    to_on = forms.DateField(label="Dernier jour", required=False, help_text="Vide : sans terme connu.")


class EndSeatForm(forms.Form):
    to_on = forms.DateField(
        label="Dernier jour", help_text="Ce jour compris. Pour mettre fin tout de suite, mettez la veille."
    )
