"""What is asked of an applicant, of one or of several at once, and the answer."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from django import forms

from faubourg.applications.queries import Question
from faubourg.appraisal.forms.words import text
from faubourg.appraisal.models import FinalReportDue
from faubourg.appraisal.rules import Asked
from faubourg.appraisal.states import BulkAct, Flaw
from faubourg.governance.models import Meeting


class InformationForm(forms.Form):
    """A question in words, and for each answer of the dossier what is wrong with it, if anything."""

    question = text(
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
    question = text("La même question à tous", 4, help_text="Chacun la reçoit ; son dossier s'ouvre.")
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
    answer = text("Votre réponse", 6, required=False)
