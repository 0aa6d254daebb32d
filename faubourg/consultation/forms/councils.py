"""What people type about a citizen council and its members."""

from typing import Any

from django import forms

from faubourg.consultation.models import CitizenCouncil, CouncilContact, CouncilMember
from faubourg.consultation.states import CouncilCollege, CouncilStatus, Gender
from faubourg.directory.models import Organisation
from faubourg.documents.queries import upload_help
from faubourg.toolkit.fields import ChosenField, LongTextField, in_our_times

DAY = ["%Y-%m-%d", "%d/%m/%Y"]
CHOOSE = ("", "Choisissez")


class StatusForm(forms.Form):
    status = forms.ChoiceField(label="Nouveau statut", choices=[CHOOSE, *CouncilStatus.choices])
    since_on = forms.DateField(label="Depuis le", input_formats=DAY, validators=[in_our_times])
    reason = LongTextField(
        label="Motif", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce qui s'est passé, en quelques mots. L'histoire du conseil le garde.",
    )  # fmt: skip


class RecognitionForm(forms.Form):
    signed_on = forms.DateField(
        label="Arrêté du préfet signé le", input_formats=DAY, validators=[in_our_times]
    )
    number = forms.CharField(label="Numéro de l'arrêté", max_length=60)
    opinion_of = forms.CharField(
        label="Avis rendu avant par", max_length=150, help_text="Le maire ou le président de l'EPCI."
    )
    opinion_on = forms.DateField(label="Avis rendu le", input_formats=DAY, validators=[in_our_times])
    opinion = LongTextField(
        label="Ce que dit l'avis", max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    document = forms.FileField(label="Arrêté", required=False)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["document"].help_text = upload_help()


class EquipForm(forms.Form):
    carrier = forms.ModelChoiceField(
        label="Structure porteuse", queryset=Organisation.objects.none(), required=False,
        empty_label="Aucune, ou à confirmer",
        help_text="L'association qui porte le conseil, s'il n'est pas lui-même une association.",
    )  # fmt: skip
    meeting_place = forms.CharField(label="Lieu de réunion", max_length=200, required=False)
    means = LongTextField(
        label="Moyens", max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Salle, matériel, animateur, formation : ce dont le conseil dispose vraiment.",
    )  # fmt: skip
    resident_seats = forms.IntegerField(
        label="Sièges d'habitants", min_value=0, max_value=500, required=False,
        help_text="Laissez vide si rien ne le dit : la page écrira « à confirmer ».",
    )  # fmt: skip
    actor_seats = forms.IntegerField(
        label="Sièges d'associations et d'acteurs locaux", min_value=0, max_value=500, required=False
    )

    def __init__(self, data: Any = None, *, about: CitizenCouncil) -> None:
        names = ("carrier", "meeting_place", "means", "resident_seats", "actor_seats")
        super().__init__(data, initial={name: getattr(about, name) for name in names})
        field = self.fields["carrier"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Organisation.objects.exclude(pk=about.organisation_id).order_by("name")


class MemberForm(forms.Form):
    full_name = forms.CharField(label="Nom et prénom", max_length=150)
    college = forms.ChoiceField(label="Collège", choices=[CHOOSE, *CouncilCollege.choices])
    on_behalf_of = forms.CharField(
        label="Association ou structure", max_length=150, required=False,
        help_text="Pour le collège des associations et acteurs locaux.",
    )  # fmt: skip
    gender = forms.ChoiceField(
        label="Genre", choices=Gender.choices, initial=Gender.UNSAID,
        help_text="Ce que la personne dit d'elle-même. Ne le déduisez pas de son prénom.",
    )  # fmt: skip
    is_drawn = forms.BooleanField(label="A été tiré au sort", required=False)
    from_on = forms.DateField(label="Mandat depuis le", input_formats=DAY, validators=[in_our_times])
    to_on = forms.DateField(
        label="Mandat jusqu'au", input_formats=DAY, required=False, validators=[in_our_times],
        help_text="Vide si rien ne le dit.",
    )  # fmt: skip


class EndMandateForm(forms.Form):
    left_on = forms.DateField(label="Parti le", input_formats=DAY, validators=[in_our_times])
    left_reason = forms.CharField(
        label="Motif", max_length=250, help_text="Par exemple : démission, déménagement, fin du mandat."
    )


class ContactForm(forms.Form):
    phone = forms.CharField(label="Téléphone", max_length=30, required=False)
    email = forms.EmailField(label="Courriel", max_length=254, required=False)
    address = forms.CharField(label="Adresse", max_length=250, required=False)

    def __init__(self, data: Any = None, *, about: CouncilContact | None) -> None:
        names = ("phone", "email", "address")
        super().__init__(data, initial={name: getattr(about, name) for name in names} if about else None)


class SessionForm(forms.Form):
    held_on = forms.DateField(label="Jour", input_formats=DAY, validators=[in_our_times])
    subject = forms.CharField(label="Objet", max_length=200)
    present = ChosenField(
        label="Membres présents", queryset=CouncilMember.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, council: CitizenCouncil) -> None:
        super().__init__(data)
        field = self.fields["present"]
        assert isinstance(field, ChosenField)  # noqa: S101
        field.queryset = council.members.order_by("full_name", "pk")
