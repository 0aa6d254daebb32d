"""What people type to know where a place is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from faubourg.territories.rules.addresses.asked import POSTCODE, read_address
from faubourg.territories.rules.typed_points import NotAPoint, TypedPoint, read_point


class PlaceForm(forms.Form):
    point = forms.CharField(
        label="Coordonnées",
        required=False,
        max_length=100,
        help_text="En degrés décimaux, comme une carte les donne : 44,262 ; 4,197. L'ordre est reconnu. "
        "Des coordonnées Lambert-93 (x ; y) conviennent aussi.",
    )
    address = forms.CharField(
        label="Adresse",
        required=False,
        max_length=200,
        help_text="À la place des coordonnées : 12 rue de la République.",
    )
    city = forms.CharField(label="Commune ou code postal", required=False, max_length=100)

    def clean_point(self) -> TypedPoint | None:
        if not self.cleaned_data["point"]:
            return None
        try:
            return read_point(self.cleaned_data["point"])
        except NotAPoint as refusal:
            raise ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        """One of the two, as `asked`."""
        data = self.cleaned_data
        address, city = data.get("address", ""), data.get("city", "")
        if "point" in self.errors:
            return data
        if data["point"] and (address or city):
            self.add_error("address", "Écrivez des coordonnées ou une adresse, pas les deux.")
        elif not data["point"] and not address:
            field = "address" if city else "point"
            self.add_error(field, "Écrivez des coordonnées, ou une adresse avec sa commune.")
        postcode = POSTCODE.search(city)
        name = POSTCODE.sub("", city).strip(" ,")
        data["asked"] = data.get("point") or read_address(
            address, postcode=postcode[1] if postcode else "", city=name
        )
        return data
