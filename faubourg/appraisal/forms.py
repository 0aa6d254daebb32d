"""What people type during the instruction and in committee."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms

from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.queries import Question
from faubourg.appraisal.models import Appraisal, FinalReportDue, FundingProposal, Opinion, Score, SessionNotes
from faubourg.appraisal.rules import Asked, read_mentioned
from faubourg.appraisal.states import BulkAct, Flaw, Stance
from faubourg.calls.models import Criterion
from faubourg.consultation.models import CitizenCouncil
from faubourg.governance.models import Attendance, Meeting
from faubourg.toolkit.fields import ChosenField, EurosFormField
from faubourg.toolkit.money import format_euros

STANCES = [("", "Choisissez"), *Stance.choices]


def _text(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class AppraisalForm(forms.Form):
    """The sheet: notes, then one line per criterion and one amount per funder asked."""

    admissibility_note = _text("Recevabilité : ce que vous avez vérifié", 2, required=False)
    assessment = _text("Appréciation", 6, required=False, help_text="Lue par le comité et les financeurs.")
    recommendation = forms.ChoiceField(label="Recommandation du GIP", choices=STANCES, required=False)
    changes_asked = _text("Modifications demandées au porteur", 3, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        sheet: Appraisal | None,
        criteria: list[Criterion],
        scores: dict[int, Score],
        requests: list[FundingRequest],
        proposals: list[FundingProposal],
    ) -> None:
        notes = ("admissibility_note", "assessment", "recommendation", "changes_asked", "version")
        initial = {name: getattr(sheet, name) for name in notes} if sheet else {"version": 0}
        super().__init__(data, initial=initial)
        self.criteria, self.requests = criteria, requests
        for criterion in criteria:
            self._add_criterion(criterion, scores.get(criterion.pk))
        proposed = {proposal.envelope_id: proposal.proposed_amount for proposal in proposals}
        for request in requests:
            self.fields[f"proposed-{request.envelope_id}"] = EurosFormField(
                label=f"Proposé · {request.envelope}",
                required=False,
                initial=proposed.get(request.envelope_id),
            )

    def _add_criterion(self, criterion: Criterion, score: Score | None) -> None:
        weight = f" (poids {criterion.weight})" if criterion.weight else " (montré, sans poids)"
        self.fields[f"points-{criterion.pk}"] = forms.TypedChoiceField(
            label=f"{criterion.label}{weight}",
            choices=[("", "Pas de note"), *((points, str(points)) for points in range(6))],
            coerce=int,
            empty_value=None,
            required=False,
            initial=score.points if score else None,
            help_text=criterion.help,
        )
        self.fields[f"why-{criterion.pk}"] = forms.CharField(
            label=f"Pourquoi · {criterion.label}",
            max_length=250,
            required=False,
            initial=score.comment if score else "",
        )

    @property
    def note_fields(self) -> list[forms.BoundField]:
        return [
            self[name] for name in ("admissibility_note", "assessment", "recommendation", "changes_asked")
        ]

    @property
    def score_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"points-{one.pk}"], self[f"why-{one.pk}"]) for one in self.criteria]

    @property
    def proposal_rows(self) -> list[tuple[FundingRequest, forms.BoundField]]:
        return [(request, self[f"proposed-{request.envelope_id}"]) for request in self.requests]

    @property
    def as_saved(self) -> dict[str, Any]:
        """Arguments of save_appraisal."""
        data = self.cleaned_data
        proposals: dict[int, Decimal | None] = {
            request.envelope_id: data[f"proposed-{request.envelope_id}"] for request in self.requests
        }
        return {
            "version": data["version"],
            "notes": {
                name: data[name]
                for name in ("admissibility_note", "assessment", "recommendation", "changes_asked")
            },
            "scores": {one.pk: (data[f"points-{one.pk}"], data[f"why-{one.pk}"]) for one in self.criteria},
            "proposals": proposals,
        }


class ReasonForm(forms.Form):
    reason = _text("Motif", 3, required=False)


class InformationForm(forms.Form):
    """A question in words, and for each answer of the dossier what is wrong with it, if anything."""

    question = _text(
        "Votre question, en mots",
        4,
        required=False,
        help_text="Le porteur la reçoit par courriel, telle quelle.",
    )
    due_on = forms.DateField(label="Réponse attendue le", widget=forms.DateInput())

    def __init__(
        self, data: Any = None, *, questions: Sequence[Question], again: Collection[str] = ()
    ) -> None:
        super().__init__(data)
        self.questions = questions
        for one in questions:
            self.fields[f"flaw-{one.key}"] = forms.ChoiceField(
                label=one.label,
                choices=[("", "Rien à corriger"), *Flaw.choices],
                required=False,
                initial=Flaw.INCORRECT if one.key in again else "",
            )
            self.fields[f"note-{one.key}"] = forms.CharField(
                label=f"Ce qu'il faut corriger · {one.label}", max_length=1000, required=False
            )

    @property
    def steps(self) -> list[tuple[str, list[Any], bool]]:
        """(step, its (question, flaw, note), whether something is asked there)."""
        found = []
        for part, ones in groupby(self.questions, key=lambda one: one.part):
            rows = [(one, self[f"flaw-{one.key}"], self[f"note-{one.key}"]) for one in ones]
            is_asked = any(
                flaw.value() or note.value() or flaw.errors or note.errors for _, flaw, note in rows
            )
            found.append((str(part.label), rows, is_asked))
        return found

    @property
    def asked(self) -> list[Asked]:
        """What the officer named: a flaw, or words without a flaw, which are then asked for one."""
        data = self.cleaned_data
        rows = ((one.key, data[f"flaw-{one.key}"], data[f"note-{one.key}"]) for one in self.questions)
        return [Asked(key, flaw, note) for key, flaw, note in rows if flaw or note]


class BulkForm(forms.Form):
    """What an act on several dossiers still needs: a meeting, or the question and its day."""

    meeting = forms.ModelChoiceField(label="Séance", queryset=Meeting.objects.none(), empty_label=None)
    question = _text("La même question à tous", 4, help_text="Chacun la reçoit ; son dossier s'ouvre.")
    due_on = forms.DateField(label="Réponse attendue le", widget=forms.DateInput())

    NEEDED = {BulkAct.TABLE: ("meeting",), BulkAct.ASK_INFORMATION: ("question", "due_on")}

    def __init__(self, act: BulkAct, data: Any = None, *, meetings: Sequence[Meeting]) -> None:
        super().__init__(data)
        self.fields = {name: self.fields[name] for name in self.NEEDED.get(act, ())}
        if "meeting" in self.fields:
            field = self.fields["meeting"]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings])


class FinalReportForm(forms.Form):
    """What is known of the report an applicant owes for the year before."""

    is_due = forms.TypedChoiceField(
        label="Un bilan est-il attendu ?",
        choices=[("oui", "Oui"), ("non", "Non, rien n'a été financé")],
        coerce=lambda value: value == "oui",
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(
        label="Reçu le",
        required=False,
        widget=forms.DateInput(),
        help_text="Laissez vide s'il n'est pas reçu.",
    )
    reprieve_until = forms.DateField(
        label="Sursis jusqu'au", required=False, widget=forms.DateInput(), help_text="Ce jour compris."
    )
    reprieve_reason = forms.CharField(label="Motif du sursis", max_length=250, required=False)

    @classmethod
    def about(cls, noted: FinalReportDue | None, data: Any = None) -> "FinalReportForm":
        names = ("received_on", "reprieve_until", "reprieve_reason")
        initial = {name: getattr(noted, name) for name in names} if noted else {}
        return cls(data, initial={**initial, "is_due": ("oui" if noted.is_due else "non") if noted else ""})


class AnswerForm(forms.Form):
    answer = _text("Votre réponse", 6, required=False)


class RemarkForm(forms.Form):
    speaker = forms.CharField(
        label="Qui parle", max_length=150, help_text="Un nom ou un organisme, par exemple « Département »."
    )
    text = _text("Remarque", 3)


class OwnRemarkForm(forms.Form):
    """For people who write only in their own name."""

    text = _text("Votre remarque", 3)


class OpinionForm(forms.Form):
    stance = forms.ChoiceField(label="Avis du comité", choices=STANCES)
    summary = _text("Synthèse des échanges", 4)
    conditions = _text("Conditions", 2, required=False)
    other_funding = _text("Cofinancements complémentaires à chercher", 2, required=False)

    @classmethod
    def about(cls, opinion: Opinion | None, data: Any = None) -> "OpinionForm":
        names = ("stance", "summary", "conditions", "other_funding")
        return cls(data, initial={name: getattr(opinion, name) for name in names} if opinion else None)


class LiveForm(forms.Form):
    """The note-taker's screen. It refuses nothing: what is wrong is kept, with its sentence (adr/0003)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    stance = forms.ChoiceField(label="Avis du comité", choices=Stance.choices, required=False)
    summary = _text("Synthèse des échanges", 3, required=False)
    conditions = _text("Conditions", 2, required=False)
    other_funding = _text("Cofinancements à chercher", 1, required=False)
    remark_speaker = forms.ChoiceField(label="Qui parle", required=False)
    remark_text = _text("Ce qui est dit", 2, required=False)

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
    summary = _text("Ce que dit le conseil", 5)

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
