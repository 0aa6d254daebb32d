"""The decision on a point to clarify."""

from django import forms

from faubourg.toolkit.fields import LongTextField


class SettleForm(forms.Form):
    decision = LongTextField(
        label="Ce qui a été décidé",
        help_text="Qui l'a décidé, quand, et ce qui est retenu. Chacun pourra le lire.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Écrivez ce qui a été décidé, et par qui."},
    )
