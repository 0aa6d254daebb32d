"""The appraisal sheet, and the reasons given for what stops or hurries a dossier."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.crypto import get_random_string

from faubourg.applications.models import FundingRequest
from faubourg.appraisal.forms.words import STANCES, text
from faubourg.appraisal.models import Appraisal, FundingProposal, Score
from faubourg.calls.models import Criterion
from faubourg.toolkit.fields import EurosFormField


class AppraisalForm(forms.Form):
    """The sheet: notes, then one line per criterion and one amount per funder asked."""

    admissibility_note = text("Recevabilité : ce que vous avez vérifié", 2, required=False)
    assessment = text("Appréciation", 6, required=False, help_text="Lue par le comité et les financeurs.")
    recommendation = forms.ChoiceField(label="Recommandation du GIP", choices=STANCES, required=False)
    changes_asked = text("Modifications demandées au porteur", 3, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

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
        super().__init__(data, initial={**initial, "page": get_random_string(12)})
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
            "page": data["page"],
            "notes": {
                name: data[name]
                for name in ("admissibility_note", "assessment", "recommendation", "changes_asked")
            },
            "scores": {one.pk: (data[f"points-{one.pk}"], data[f"why-{one.pk}"]) for one in self.criteria},
            "proposals": proposals,
        }


class ReasonForm(forms.Form):
    reason = text("Motif", 3, required=False)
