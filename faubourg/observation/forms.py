"""What people type about the territory."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from faubourg.contracts.models import Contract
from faubourg.contracts.queries import neighbourhoods_of
from faubourg.observation.models import Equipment
from faubourg.observation.states import EquipmentKind, Siting
from faubourg.territories.models import Commune, Neighbourhood
from faubourg.toolkit.changes import snapshot
from faubourg.toolkit.fields import LongTextField, in_our_times


class EquipmentForm(forms.Form):
    name = forms.CharField(label="Nom", max_length=150, help_text="Par exemple « Maison de santé ».")
    kind = forms.ChoiceField(label="Nature", choices=[("", "Choisissez"), *EquipmentKind.choices])
    commune = forms.ModelChoiceField(Commune.objects.none(), label="Commune", empty_label="Choisissez")
    address = forms.CharField(
        label="Adresse", max_length=250, required=False, help_text="Inconnue, elle se lit « à confirmer »."
    )
    siting = forms.ChoiceField(label="Dans le quartier prioritaire ?", choices=Siting.choices)
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(), label="Quartier", required=False, empty_label="Aucun"
    )
    capacity = forms.IntegerField(label="Capacité", min_value=0, max_value=100_000, required=False)
    capacity_unit = forms.CharField(
        label="Unité de la capacité", max_length=40, required=False, help_text="Par exemple places, lits."
    )
    manager = forms.CharField(label="Gestionnaire", max_length=150, required=False)
    remark = LongTextField(
        label="Remarque", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.CharField(
        label="Source", max_length=250, help_text="Qui le dit, et quand : « mairie, novembre 2026 »."
    )

    def __init__(self, data: Any = None, *, contract: Contract, known: Equipment | None = None) -> None:
        said = snapshot(known, self.base_fields) if known else {"siting": Siting.TO_CONFIRM}
        super().__init__(data, initial=said)
        choices = {
            "commune": Commune.objects.filter(epci=contract.epci_id),
            "neighbourhood": neighbourhoods_of(contract.pk),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = rows


class NeighbourhoodFileForm(forms.Form):
    upload = forms.FileField(
        label="Fichier officiel",
        error_messages={"required": "Choisissez le fichier.", "empty": "Le fichier est vide."},
    )
    dated = forms.DateField(
        label="Date du fichier",
        required=False,
        validators=[in_our_times],
        help_text="Celle de sa page de téléchargement : elle est citée avec chaque contour. "
        "Vide : la date que porte le fichier.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = (
            "Contours en GeoJSON, GeoPackage, Shapefile (dans un zip) ; liste ou correspondance en CSV. "
            f"{_megabytes()}\u00a0Mo au plus."
        )

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload.size > _megabytes() * 1024**2:
            raise ValidationError(
                f"Le fichier pèse {upload.size // 1024**2}\u00a0Mo, "
                f"la limite est de {_megabytes()}\u00a0Mo : envoyez le zip des seuls contours en WGS84."
            )
        return upload


def _megabytes() -> int:
    """A public file is larger than a paper of a dossier; beyond, the server refuses the sending itself."""
    return 4 * int(settings.UPLOAD_MEGABYTES)
