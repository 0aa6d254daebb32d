"""What people type about money and letters."""

from typing import Any

from django import forms

from faubourg.applications.models import Application
from faubourg.appraisal.states import Stance
from faubourg.awards.models import FundingDecision
from faubourg.awards.queries.programme import Filters
from faubourg.awards.queries.validation import steering_meetings, to_validate
from faubourg.awards.rules import Ruling
from faubourg.awards.states import ActKind, FundingOutcome, Outcome
from faubourg.calls.models import Call
from faubourg.governance.models import Meeting
from faubourg.messaging.models import Message
from faubourg.toolkit.fields import ChosenField, EurosFormField, LongTextField

RULED = (
    "outcome", "awarded_amount", "act_kind", "act_number", "decided_on", "charged_to", "covers_from",
    "covers_until", "reason", "conditions",
)  # fmt: skip

MARKERS = {
    "awarded_amount": "si la demande est accordée",
    "act_kind": "si la demande est accordée",
    "act_number": "si la demande est accordée",
    "covers_from": "si la demande est accordée",
    "covers_until": "si la demande est accordée",
    "reason": "obligatoire si la demande est refusée",
}


class DecisionForm(forms.Form):
    """What a funder decides on what it is asked."""

    outcome = forms.ChoiceField(label="Décision", choices=FundingOutcome.choices, widget=forms.RadioSelect)
    awarded_amount = EurosFormField(label="Montant accordé", required=False)
    act_kind = forms.ChoiceField(
        label="Nature de l'acte", required=False, choices=[("", "Choisissez"), *ActKind.choices]
    )
    act_number = forms.CharField(label="Numéro de l'acte", required=False, max_length=60)
    decided_on = forms.DateField(
        label="Date de la décision", error_messages={"required": "Indiquez la date de la décision."}
    )
    charged_to = forms.CharField(
        label="Imputation",
        required=False,
        max_length=80,
        help_text="La ligne de votre budget : programme, article ou compte. Par exemple : BOP 147.",
    )
    covers_from = forms.DateField(label="La subvention couvre la période du", required=False)
    covers_until = forms.DateField(label="au", required=False)
    reason = LongTextField(
        label="Motif",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il figure dans la lettre au porteur.",
    )
    conditions = LongTextField(
        label="Conditions",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Elles figurent dans la lettre au porteur.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, decision: FundingDecision | None, application: Application, **kwargs: Any
    ) -> None:
        """Without a decision, the period proposed is that of the action."""
        initial = {"covers_from": application.starts_on, "covers_until": application.ends_on}
        initial |= {name: getattr(decision, name) for name in RULED} if decision else {}
        if decision and not decision.awarded_amount:
            initial["awarded_amount"] = None
        kwargs["initial"] = {**initial, "version": decision.version if decision else 0}
        super().__init__(*args, **kwargs)
        for name, marker in MARKERS.items():
            self.fields[name].marker = marker  # type: ignore[attr-defined]

    @property
    def ruling(self) -> Ruling:
        return Ruling(**{name: self.cleaned_data[name] for name in RULED})

    @property
    def version_read(self) -> int:
        return self.cleaned_data["version"] or 0


class MeetingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj.title}, {obj.body} ({obj.get_state_display().lower()})"


class ApplicationsField(ChosenField):
    def label_from_instance(self, obj: Application) -> str:
        return f"{obj} · {obj.applicant}"


class ValidationForm(forms.Form):
    """The meeting that validates, and the dossiers it validates: all of them unless one is unticked."""

    meeting = MeetingField(
        label="Séance du comité de pilotage", queryset=Meeting.objects.none(), empty_label="Choisissez"
    )
    applications = ApplicationsField(
        label="Dossiers validés",
        queryset=Application.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un dossier."},
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = list(steering_meetings(call))
        waiting = list(to_validate(call))
        sitting: Any = self.fields["meeting"]
        sitting.queryset = steering_meetings(call)
        sitting.choices = [
            ("", "Choisissez"),
            *((one.pk, sitting.label_from_instance(one)) for one in meetings),
        ]
        self.fields["applications"].queryset = to_validate(call)  # type: ignore[attr-defined]
        self.initial.setdefault("meeting", meetings[0].pk if len(meetings) == 1 else None)
        self.initial.setdefault("applications", [one.pk for one in waiting])
        self.waiting = waiting
        for one in self.waiting:
            self.fields[f"reason-{one.pk}"] = forms.CharField(
                label=f"Motif, {one.number}",
                required=False,
                max_length=250,
                widget=forms.TextInput(attrs={"aria-label": f"Pourquoi {one.number} est laissé de côté"}),
            )
        self.has_meeting = bool(meetings)
        self.has_dossier = bool(self.initial["applications"])

    @property
    def lines(self) -> list[tuple[Application, bool, forms.BoundField]]:
        """(dossier, is it ticked, why not) for the table."""
        chosen = {str(key) for key in self["applications"].value() or ()}
        return [(one, str(one.pk) in chosen, self[f"reason-{one.pk}"]) for one in self.waiting]

    @property
    def exceptions(self) -> dict[int, str]:
        """What is unticked with a reason; without one, it was not presented."""
        chosen = {one.pk for one in self.cleaned_data["applications"]}
        reasons = {one.pk: self.cleaned_data[f"reason-{one.pk}"] for one in self.waiting}
        return {pk: reason for pk, reason in reasons.items() if reason and pk not in chosen}


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]
    """A letter before it leaves."""

    class Meta:
        model = Message
        fields = ("recipient", "recipient_name", "subject", "body")
        field_classes = {"body": LongTextField}
        widgets = {"body": forms.Textarea(attrs={"rows": 14})}


class ReaddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """The address of an automatic letter that the mail server refused."""

    class Meta:
        model = Message
        fields = ("recipient",)
        help_texts = {"recipient": "Corrigez aussi la fiche de la structure ou le compte de la personne."}


PARAMETERS = {"objective": "objectif", "stance": "avis", "outcome": "decision"}
"""How the filters are written in the address."""


class FilterForm(forms.Form):
    """What one wants to see of the programming table; what makes no sense is ignored."""

    objective = forms.ChoiceField(label="Objectif", required=False)
    stance = forms.ChoiceField(
        label="Avis du comité", required=False, choices=[("", "Tous"), *Stance.choices]
    )
    outcome = forms.ChoiceField(
        label="Sort du dossier", required=False, choices=[("", "Tous"), *Outcome.choices]
    )

    def add_prefix(self, field_name: str) -> str:
        return PARAMETERS.get(field_name, field_name)

    def __init__(self, *args: Any, objectives: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objective"].choices = [("", "Tous"), *(objectives or [])]  # type: ignore[attr-defined]


def filters_from(query: Any) -> Filters:
    """The filters written in the address."""
    return Filters(
        objective=query.get("objectif", ""),
        stance=query.get("avis", "") if query.get("avis") in Stance.values else "",
        outcome=query.get("decision", "") if query.get("decision") in Outcome.values else "",
        mine=bool(query.get("a-decider")),
    )
