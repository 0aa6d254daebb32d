"""What is typed around a committee: remarks, opinions, the agenda."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from faubourg.applications.models import Application, FundingRequest
from faubourg.appraisal.forms.words import STANCES, text
from faubourg.appraisal.models import Opinion, SessionNotes
from faubourg.appraisal.rules import Proposed, read_mentioned
from faubourg.appraisal.states import Stance
from faubourg.consultation.models import CitizenCouncil
from faubourg.governance.models import Attendance, Meeting
from faubourg.toolkit.fields import ChosenField
from faubourg.toolkit.money import format_euros

USUAL = 8
"""Minutes given to a dossier when nobody says otherwise."""


class RemarkForm(forms.Form):
    speaker = forms.CharField(
        label="Qui parle", max_length=150, help_text="Un nom ou un organisme, par exemple « Département »."
    )
    text = text("Remarque", 3)


class OwnRemarkForm(forms.Form):
    """For people who write only in their own name."""

    text = text("Votre remarque", 3)


class OpinionForm(forms.Form):
    stance = forms.ChoiceField(label="Avis du comité", choices=STANCES)
    summary = text("Synthèse des échanges", 4)
    conditions = text("Conditions", 2, required=False)
    other_funding = text("Cofinancements complémentaires à chercher", 2, required=False)

    @classmethod
    def about(cls, opinion: Opinion | None, data: Any = None) -> "OpinionForm":
        names = ("stance", "summary", "conditions", "other_funding")
        return cls(data, initial={name: getattr(opinion, name) for name in names} if opinion else None)


class LiveForm(forms.Form):
    """The note-taker's screen. It refuses nothing: what is wrong is kept, with its sentence (adr/0003)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    stance = forms.ChoiceField(label="Avis du comité", choices=Stance.choices, required=False)
    summary = text("Synthèse des échanges", 3, required=False)
    conditions = text("Conditions", 2, required=False)
    other_funding = text("Cofinancements à chercher", 1, required=False)
    remark_speaker = forms.ChoiceField(label="Qui parle", required=False)
    remark_text = text("Ce qui est dit", 2, required=False)

    def __init__(self, data: Any, *, asked: Sequence[FundingRequest], speakers: Sequence[Attendance]) -> None:
        super().__init__(data)
        self.asked = asked
        for request in asked:
            self.fields[f"mentioned-{request.envelope_id}"] = forms.CharField(
                label=str(request.envelope),
                required=False,
                max_length=20,
                help_text=f"{format_euros(request.requested_amount)} demandés",
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "euros"}),
            )
        names = [(str(row.pk), _at_the_table(row)) for row in speakers]
        self.fields["remark_speaker"].choices = [("", "Choisissez"), *names]  # type: ignore[attr-defined]

    @classmethod
    def about(
        cls,
        notes: SessionNotes | None,
        mentions: Mapping[int, Decimal],
        *,
        asked: Sequence[FundingRequest],
        speakers: Sequence[Attendance],
    ) -> "LiveForm":
        """What is saved, valid or not, each wrong amount beside its sentence."""
        words: dict[str, Any] = {name: getattr(notes, name) for name in cls.base_fields} if notes else {}
        pending = notes.pending_amounts if notes else {}
        amounts = {
            f"mentioned-{pk}": format_euros(amount).removesuffix("€").strip()
            for pk, amount in mentions.items()
        }
        amounts |= {f"mentioned-{pk}": typed for pk, typed in pending.items()}
        return cls({"version": 0, **words, **amounts}, asked=asked, speakers=speakers)

    @property
    def amount_fields(self) -> list[Any]:
        return [self[f"mentioned-{request.envelope_id}"] for request in self.asked]

    def clean(self) -> dict[str, Any]:
        for request in self.asked:
            name = f"mentioned-{request.envelope_id}"
            read = read_mentioned(str(self.data.get(name, "")), request.requested_amount)
            if isinstance(read, str):
                self.add_error(name, read)
        return self.cleaned_data


class PointForm(forms.Form):
    """A point without dossier: it refuses nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    summary = text("Ce qui est dit, ce qui est convenu", 8, required=False)


class CarryOverForm(forms.Form):
    reason = forms.CharField(label="Motif de l'ajournement", max_length=250)
    to = forms.ModelChoiceField(
        label="Reporter à", queryset=Meeting.objects.none(), required=False, empty_label="Une séance à fixer"
    )

    def __init__(self, data: Any = None, *, meetings: list[Meeting]) -> None:
        super().__init__(data)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings])
        field.choices = [("", field.empty_label), *((meeting.pk, str(meeting)) for meeting in meetings)]


class TableForm(forms.Form):
    """The dossiers proposed, in order: those of the committee are ticked, each with its minutes."""

    applications = ChosenField(
        label="Dossiers instruits à inscrire",
        queryset=Application.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un dossier."},
    )

    def __init__(self, data: Any = None, *, proposed: Sequence[Proposed[Application]]) -> None:
        expected = [one.thing.pk for one in proposed if one.is_expected]
        super().__init__(data, initial={"applications": expected})
        self.proposed = proposed
        field = self.fields["applications"]
        assert isinstance(field, ChosenField)  # noqa: S101
        field.queryset = Application.objects.filter(pk__in=[one.thing.pk for one in proposed])
        for one in proposed:
            self.fields[f"minutes-{one.thing.pk}"] = forms.IntegerField(
                label=f"Minutes, {one.number}", min_value=1, max_value=480, initial=USUAL, required=False,
                widget=forms.NumberInput(attrs={"aria-label": f"Minutes, {one.number}", "class": "minutes"}),
            )  # fmt: skip

    @property
    def ticked(self) -> set[str]:
        return {str(key) for key in self["applications"].value() or ()}

    @property
    def lines(self) -> list[tuple[Proposed[Application], bool, forms.BoundField]]:
        return [
            (one, str(one.thing.pk) in self.ticked, self[f"minutes-{one.thing.pk}"]) for one in self.proposed
        ]

    @property
    def minutes(self) -> int:
        """What the ticked dossiers take; what is not a number counts as usual."""
        typed = [str(field.value() or "") for _, is_ticked, field in self.lines if is_ticked]
        return sum(int(one) if one.isascii() and one.isdigit() and len(one) < 4 else USUAL for one in typed)

    def clean(self) -> dict[str, Any]:
        """{"applications": in the proposed order, "minutes": {dossier: minutes}}"""
        chosen = {one.pk for one in self.cleaned_data.get("applications", ())}
        ordered = [one.thing for one in self.proposed if one.thing.pk in chosen]
        minutes = {one.pk: self.cleaned_data.get(f"minutes-{one.pk}") or USUAL for one in ordered}
        return {"applications": ordered, "minutes": minutes}


class CouncilOpinionForm(forms.Form):
    council = forms.ModelChoiceField(
        label="Conseil citoyen", queryset=CitizenCouncil.objects.none(), empty_label=None
    )
    stance = forms.ChoiceField(label="Avis du conseil", choices=STANCES)
    summary = text("Ce que dit le conseil", 5)

    def __init__(self, data: Any = None, *, councils: list[CitizenCouncil], opinion: Opinion | None) -> None:
        initial = {"council": councils[0].pk} if councils else {}
        if opinion:
            initial |= {"council": opinion.council_id, "stance": opinion.stance, "summary": opinion.summary}  # type: ignore[dict-item]
        super().__init__(data, initial=initial)
        field = self.fields["council"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = CitizenCouncil.objects.filter(
            pk__in=[council.pk for council in councils]
        ).select_related("organisation")


def _at_the_table(row: Attendance) -> str:
    return f"{row.full_name} · {row.on_behalf_of}" if row.on_behalf_of else row.full_name
