"""What people type about what was said."""

from typing import Any

from django import forms

from faubourg.consultation.models import Consultation, Contribution, Topic
from faubourg.consultation.queries import objectives_in_force, topics_of
from faubourg.consultation.rules import name_hints
from faubourg.consultation.states import Origin
from faubourg.contracts.models import Contract, Objective
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.fields import LongTextField, in_our_times

NO_TOPIC = "0"
MEETINGS_ASIDE = [one for one in Origin.choices if one[0] != Origin.GATHERING]


class RecordForm(forms.Form):
    """Words that were not said at a gathering."""

    origin = forms.ChoiceField(label="Origine", choices=[("", "Choisissez"), *MEETINGS_ASIDE])
    said_on = forms.DateField(
        label="Dite le", input_formats=["%Y-%m-%d", "%d/%m/%Y"], validators=[in_our_times]
    )
    neighbourhood = forms.ModelChoiceField(
        label="Quartier", queryset=Neighbourhood.objects.none(), required=False, empty_label="Choisissez"
    )
    consultation = forms.ModelChoiceField(
        label="Démarche", queryset=Consultation.objects.none(), required=False, empty_label="Aucune"
    )
    text = LongTextField(
        label="Ce qui est dit", max_length=4_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Les mots de la personne, sans son nom.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, contract: Contract) -> None:
        super().__init__(data)
        places, consultations = self.fields["neighbourhood"], self.fields["consultation"]
        assert isinstance(places, forms.ModelChoiceField)  # noqa: S101
        assert isinstance(consultations, forms.ModelChoiceField)  # noqa: S101
        places.queryset = contract.neighbourhoods.order_by("name")
        consultations.queryset = Consultation.objects.filter(contract=contract)


class CorrectForm(forms.Form):
    text = LongTextField(label="Ce qui a été dit", max_length=4_000, widget=forms.Textarea(attrs={"rows": 4}))


class ReviewForm(forms.Form):
    public_text = LongTextField(
        label="Ce que tout le monde pourra lire", max_length=4_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any = None, *, about: Contribution) -> None:
        super().__init__(data, initial={"public_text": about.public_text or about.text})
        hints = name_hints(about.text)
        found = f" On croit y lire {' et '.join(hints)} : retirez ce qui dit qui parle." if hints else ""
        self.fields[
            "public_text"
        ].help_text = f"Gardez les mots de la personne. Ni nom, ni adresse, ni santé, ni téléphone.{found}"


class KeepForm(forms.Form):
    reason = LongTextField(
        label="Réponse aux habitants", max_length=2_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce que le contrat en fait, en mots simples. Elle est publiée.",
    )  # fmt: skip


class SetAsideForm(forms.Form):
    reason = LongTextField(
        label="Pourquoi elle n'est pas retenue", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Cette réponse est publiée : écrivez-la pour la personne qui a parlé.",
    )  # fmt: skip


class LinkForm(forms.Form):
    objective = forms.ModelChoiceField(
        label="Objectif du contrat", queryset=Objective.objects.none(), empty_label="Choisissez"
    )
    reason = forms.CharField(
        label="Pourquoi", max_length=300, help_text="Une phrase : ce qui, dans ces mots, mène à cet objectif."
    )

    def __init__(self, data: Any = None, *, contract_id: int) -> None:
        super().__init__(data)
        field = self.fields["objective"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = objectives_in_force(contract_id)


class TopicForm(forms.Form):
    label = forms.CharField(label="Thème", max_length=120)
    definition = LongTextField(
        label="Ce qu'on y classe", max_length=1_000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    @classmethod
    def about(cls, topic: Topic, data: Any = None) -> "TopicForm":
        return cls(data, initial={"label": topic.label, "definition": topic.definition})


class CodingForm(forms.Form):
    topic = forms.ChoiceField(
        label="Quel thème y voyez-vous ?",
        widget=forms.RadioSelect,
        help_text="Un seul : celui dont la personne parle le plus.",
    )

    def __init__(self, data: Any = None, *, contract_id: int) -> None:
        super().__init__(data)
        self.topics = {str(topic.pk): topic for topic in topics_of(contract_id)}
        field = self.fields["topic"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [*((pk, topic.label) for pk, topic in self.topics.items()), (NO_TOPIC, "Aucun thème")]

    def clean_topic(self) -> Topic | None:
        return self.topics.get(self.cleaned_data["topic"])


class SettleForm(CodingForm):
    reason = forms.CharField(label="Pourquoi", max_length=300)
