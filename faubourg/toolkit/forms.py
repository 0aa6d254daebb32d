"""A form with one field of each kind, for the page that shows the components."""

from django import forms

from faubourg.toolkit.fields import EurosFormField

COLOURS = [("red", "Rouge"), ("green", "Vert"), ("blue", "Bleu")]


class SampleForm(forms.Form):
    title = forms.CharField(label="Intitulé", help_text="En une ligne, comme sur une affiche.", max_length=80)
    story = forms.CharField(label="Récit", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    amount = EurosFormField(label="Montant", help_text="Par exemple 12 345,60.")
    starts_on = forms.DateField(label="Premier jour", required=False)
    colour = forms.ChoiceField(label="Couleur", choices=[("", "Choisissez"), *COLOURS])
    size = forms.ChoiceField(
        label="Taille", choices=[("s", "Petite"), ("l", "Grande")], widget=forms.RadioSelect
    )
    tags = forms.MultipleChoiceField(
        label="Étiquettes",
        help_text="Cochez tout ce qui convient.",
        required=False,
        choices=COLOURS,
        widget=forms.CheckboxSelectMultiple,
    )
    paper = forms.FileField(label="Document", required=False, help_text="PDF de 10 Mo au plus.")
    agreed = forms.BooleanField(label="J'ai lu ce qui précède")
