"""What is typed around a committee: remarks, opinions, the agenda."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from faubourg.applications.models import Application, FundingRequest
from faubourg.appraisal.forms.words import STANCES, text
from faubourg.appraisal.models import Opinion, SessionNotes
from faubourg.appraisal.rules import read_mentioned
from faubourg.appraisal.states import Stance
from faubourg.consultation.models import CitizenCouncil
from faubourg.governance.models import Attendance, Meeting
from faubourg.toolkit.fields import ChosenField
from faubourg.toolkit.money import format_euros


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


class TableForm(forms.Form):
    applications = ChosenField(
        label="Dossiers instruits à inscrire",
        queryset=Application.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un dossier."},
    )
    minutes = forms.IntegerField(label="Durée de chacun (min)", min_value=1, max_value=480, initial=8)

    def __init__(self, data: Any = None, *, waiting: list[Application]) -> None:
        super().__init__(data)
        field = self.fields["applications"]
        assert isinstance(field, ChosenField)  # noqa: S101
        asked = Application.objects.filter(pk__in=[one.pk for one in waiting])
        field.queryset = asked.select_related("call__contract", "applicant").order_by("call", "number", "pk")
        field.label_from_instance = _in_a_list  # type: ignore[method-assign,assignment]


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


def _in_a_list(application: Application) -> str:
    return f"{application} · {application.applicant}"
