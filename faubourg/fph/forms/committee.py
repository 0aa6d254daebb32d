"""What the GIP types about the committee, and during its sessions."""

from typing import Any

from django import forms

from faubourg.fph.forms.funds import DAY
from faubourg.fph.models import CommitteeMember, CommitteeSession, ExaminedRequest, Fund, Request
from faubourg.fph.queries import members_on, present_at, waiting_requests
from faubourg.fph.states import MemberKind, Outcome
from faubourg.toolkit.fields import ChosenField, EurosFormField, LongTextField, in_our_times


class MemberForm(forms.Form):
    full_name = forms.CharField(
        label="Nom", max_length=150,
        help_text="Le GIP, le comité et les financeurs le lisent ; les habitants, non.",
    )  # fmt: skip
    kind = forms.ChoiceField(label="Au titre de", choices=MemberKind.choices, widget=forms.RadioSelect)
    on_behalf_of = forms.CharField(
        label="Structure",
        max_length=150,
        required=False,
        help_text="L'association ou le conseil, s'il y en a une.",
    )
    is_voting = forms.BooleanField(label="Vote, et compte pour le quorum", required=False, initial=True)
    joined_on = forms.DateField(label="Membre depuis le", input_formats=DAY, validators=[in_our_times])


class EndMemberForm(forms.Form):
    left_on = forms.DateField(label="Dernier jour au comité", input_formats=DAY, validators=[in_our_times])


class RequestsField(ChosenField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.holder}"


class PlaceRequestsForm(forms.Form):
    requests = RequestsField(label="Demandes à examiner", queryset=Request.objects.none(), required=False)

    def __init__(self, data: Any = None, *, fund: Fund) -> None:
        waiting = waiting_requests(fund)
        super().__init__(data, initial={"requests": waiting})
        _choose(self, "requests", waiting)


class PlanSessionForm(PlaceRequestsForm):
    held_on = forms.DateField(label="Jour", input_formats=DAY, validators=[in_our_times])
    place = forms.CharField(label="Lieu", max_length=150, required=False)
    field_order = ("held_on", "place", "requests")


class PresenceForm(forms.Form):
    present = ChosenField(
        label="Présents", queryset=CommitteeMember.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, session: CommitteeSession) -> None:
        super().__init__(data, initial={"present": present_at(session)})
        _choose(self, "present", members_on(session.fund, session.held_on))


class DecisionForm(forms.Form):
    aside = ChosenField(
        label="Se mettent de côté (déport)", queryset=CommitteeMember.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Qui est lié à la personne qui demande ne parle pas, ne vote pas et ne compte pas.",
    )  # fmt: skip
    outcome = forms.ChoiceField(label="Décision", choices=Outcome.choices, widget=forms.RadioSelect)
    granted_amount = EurosFormField(label="Somme accordée", required=False, help_text="Si le comité accorde.")
    reason = LongTextField(
        label="Réponse à la personne qui a demandé", max_length=1_000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="En mots simples. Obligatoire pour refuser ou remettre : elle lira cette phrase.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, examined: ExaminedRequest) -> None:
        known = {name: getattr(examined, name) for name in ("outcome", "granted_amount", "reason")}
        known["granted_amount"] = examined.granted_amount or examined.request.asked_amount
        super().__init__(data, initial=known | {"aside": list(examined.aside.all())})
        _choose(self, "aside", examined.session.present.order_by("full_name", "pk"))


def _choose(form: forms.Form, name: str, queryset: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, ChosenField)  # noqa: S101
    field.queryset = queryset
