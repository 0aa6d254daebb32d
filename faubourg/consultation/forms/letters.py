"""What a council writes, and what is written back."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from faubourg.consultation.models import CitizenCouncil, CouncilLetter, own_councils
from faubourg.consultation.queries import councils_to_write_for
from faubourg.consultation.states import FollowUpKind, LetterKind
from faubourg.contracts.rules import Standing
from faubourg.directory.models import Organisation
from faubourg.toolkit.fields import ChosenField, LongTextField, in_our_times

DAY = ["%Y-%m-%d", "%d/%m/%Y"]


class LetterForm(forms.Form):
    """For a councillor, three fields; the team also says when the paper came."""

    council = forms.ModelChoiceField(
        label="Conseil citoyen", queryset=CitizenCouncil.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(
        label="C'est",
        choices=[
            (LetterKind.OPINION, "un avis"),
            (LetterKind.QUESTION, "une question"),
            (LetterKind.REFERRAL, "une saisine du préfet, pour une difficulté particulière du quartier"),
        ],
        widget=forms.RadioSelect,
    )
    subject = forms.CharField(label="De quoi s'agit-il, en une ligne", max_length=150)
    text = LongTextField(
        label="Ce que dit le conseil", max_length=5_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Sans nommer personne : une fois la réponse donnée, tous ceux du contrat le lisent.",
    )  # fmt: skip
    received_on = forms.DateField(
        label="Reçu le", input_formats=DAY, required=False, validators=[in_our_times],
        help_text="Le jour où la lettre est arrivée ; vide : aujourd'hui.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, standing: Standing, chosen: int | None = None) -> None:
        super().__init__(data, initial={"council": chosen})
        councils = councils_to_write_for(standing)
        field = self.fields["council"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = councils
        if all(council.organisation_id in own_councils(standing) for council in councils):
            del self.fields["received_on"]


class AnswerForm(forms.Form):
    answer = LongTextField(
        label="Réponse au conseil", max_length=5_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Ce qui sera fait, ou pourquoi non. Elle se lit dès que vous l'enregistrez.",
    )  # fmt: skip
    answered_for = forms.CharField(
        label="Qui répond", max_length=150, help_text="Par exemple « le maire de Saint-Ambroix »."
    )
    answered_on = forms.DateField(label="Répondu le", input_formats=DAY, validators=[in_our_times])

    def __init__(self, data: Any = None, *, letter: CouncilLetter) -> None:
        who = "Le préfet" if letter.is_referral else "L'équipe du GIP"
        super().__init__(data, initial={"answered_for": who})


class PassOnForm(forms.Form):
    organisations = ChosenField(
        label="Transmise à", queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    sent_on = forms.DateField(label="Le", input_formats=DAY, validators=[in_our_times])

    def __init__(self, data: Any = None, *, not_told: QuerySet[Organisation]) -> None:
        super().__init__(data, initial={"organisations": not_told})
        field = self.fields["organisations"]
        assert isinstance(field, ChosenField)  # noqa: S101
        field.queryset = not_told


class FollowUpForm(forms.Form):
    kind = forms.ChoiceField(label="Suite", choices=FollowUpKind)
    happens_on = forms.DateField(label="Le", input_formats=DAY, validators=[in_our_times])
    text = LongTextField(
        label="Ce qui est prévu ou décidé", max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    link = forms.URLField(
        label="Adresse de la séance ou du relevé", required=False, assume_scheme="https", max_length=200,
        help_text="Copiez-la depuis votre navigateur : la page de la séance, ou un relevé en ligne.",
    )  # fmt: skip


class CloseReferralForm(forms.Form):
    conclusion = LongTextField(
        label="Ce qu'il en est résulté", max_length=3_000, widget=forms.Textarea(attrs={"rows": 5})
    )
