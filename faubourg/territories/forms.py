"""What people type to know where a place is."""

from django import forms
from django.core.exceptions import ValidationError

from faubourg.territories.rules.typed_points import NotAPoint, TypedPoint, read_point


class PointForm(forms.Form):
    point = forms.CharField(
        label="Latitude et longitude",
        max_length=100,
        help_text="En degrés décimaux, comme une carte les donne : 44,262 ; 4,197. L'ordre est reconnu. "
        "Des coordonnées Lambert-93 (x ; y) conviennent aussi.",
        error_messages={"required": "Écrivez la latitude et la longitude du point."},
    )

    def clean_point(self) -> TypedPoint:
        try:
            return read_point(self.cleaned_data["point"])
        except NotAPoint as refusal:
            raise ValidationError(str(refusal)) from None
