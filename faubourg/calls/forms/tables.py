"""The sections that are tables of lines: envelopes, papers, criteria, councils."""

from typing import Any

from faubourg.calls import actions, queries
from faubourg.calls.forms.base import SectionForm
from faubourg.calls.forms.rows import (
    BaseRows,
    ConsultationRow,
    CriterionRow,
    EnvelopeRow,
    GaugeRow,
    PaperRow,
    RowForm,
    make_rows,
)
from faubourg.calls.rules import TYPICAL_PAPERS
from faubourg.calls.states import Section
from faubourg.toolkit.refusal import Refusal, show_on


class EnvelopesForm(SectionForm):
    section = Section.ENVELOPES
    advice = "Une ligne par financeur et par ligne de crédits. Sans montant, l'enveloppe est « à confirmer »."
    add_label = "Ajouter une enveloppe"
    row = EnvelopeRow

    def make_rows(self) -> BaseRows:
        saved = queries.envelopes_of(self.call).values("id", "funder", "line", "amount")
        self.funders = {one.pk: one for one in queries.possible_funders()}
        return make_rows(
            EnvelopeRow,
            data=self.data,
            saved=list(saved) if self.data is None else [],
            funders=self.funders,
            keep_saved=not self.call.is_draft,
        )

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        rows = [{**row, "funder": self.funders[row["funder"]]} for row in lines]
        return actions.edit_envelopes(self.call, envelopes=rows, **common)


class PapersForm(SectionForm):
    section = Section.PAPERS
    advice = "Ce que les porteurs joignent à leur dossier."
    add_label = "Ajouter une pièce"
    row = PaperRow

    def make_rows(self) -> BaseRows:
        saved = self.call.papers.values("id", "label", "help", "scope", "is_required", "kind")
        return make_rows(
            PaperRow,
            data=self.data,
            saved=list(saved) if self.data is None else [],
            proposed=[one._asdict() for one in TYPICAL_PAPERS] if self.call.is_draft else [],
            keep_saved=not self.call.is_draft,
        )

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        return actions.edit_papers(self.call, papers=lines, **common)


class CriteriaForm(SectionForm):
    section = Section.CRITERIA
    advice = "Sur quoi les dossiers seront appréciés ; les porteurs le lisent avant d'écrire."
    add_label = "Ajouter un critère"
    row = CriterionRow

    def make_rows(self) -> BaseRows:
        saved = self.call.criteria.values("id", "label", "help", "weight")
        return make_rows(
            CriterionRow,
            data=self.data,
            saved=list(saved) if self.data is None else [],
            blank=1 if saved else 3,
            keep_saved=not self.call.is_draft,
        )

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        return actions.edit_criteria(self.call, criteria=lines, **common)


class CommitteesForm(SectionForm):
    section = Section.COMMITTEES
    advice = "Combien de dossiers chaque comité technique peut examiner : au-delà, le GIP est prévenu."

    def make_rows(self) -> BaseRows:
        self.committees = {body.pk: body for body in queries.committees_of(self.call)}
        gauges = dict(self.call.gauges.values_list("body", "most_applications"))
        saved = [{"id": pk, "most_applications": gauges.get(pk)} for pk in self.committees]
        return make_rows(
            GaugeRow, data=self.data, saved=saved, blank=0, can_delete=False, committees=self.committees
        )

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        gauges = {self.committees[line["id"]]: line["most_applications"] for line in lines}
        return actions.edit_gauges(self.call, gauges=gauges, **common)


class ConsultationForm(SectionForm):
    section = Section.CONSULTATION
    advice = "L'appel est soumis aux conseils citoyens avant d'ouvrir (contrat, l. 902)."

    @property
    def groups(self) -> list[tuple[str, list[RowForm]]]:
        """First the councils of the neighbourhoods opened, those consulted, those to mend."""
        opened = set(self.call.neighbourhoods.values_list("pk", flat=True))
        rows = list(self.rows.forms) if self.rows is not None else []
        near = [row for row in rows if row["consulted_on"].value() or _place(row) in opened or row.errors]
        others = [row for row in rows if row not in near]
        return [("", near), ("Les autres conseils citoyens du contrat", others)] if near else [("", rows)]

    def make_rows(self) -> BaseRows:
        self.councils = {one.pk: one for one in queries.councils_of(self.call)}
        recorded = {one.council_id: one for one in self.call.consultations.all()}
        saved = [
            {"id": pk}
            | (
                {name: getattr(recorded[pk], name) for name in ("consulted_on", "means", "answer")}
                if pk in recorded
                else {}
            )
            for pk in self.councils
        ]
        return make_rows(
            ConsultationRow, data=self.data, saved=saved, blank=0, can_delete=False, councils=self.councils
        )

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        rows = [{**row, "council": self.councils[row["id"]]} for row in lines]
        return actions.record_consultations(self.call, rows, **common)

    def show(self, refusal: Refusal) -> None:
        """A sentence against "2.means" goes to the means of the third council."""
        assert self.rows is not None  # noqa: S101  (for the type checker)
        for name, sentences in refusal.errors.items():
            number, _, field = name.partition(".")
            if number.isdigit():
                show_on(self.rows.forms[int(number)], Refusal({field: sentences}))
            else:
                self.rows.non_form_errors().extend(sentences)


def _place(row: RowForm) -> int | None:
    council = row.council if isinstance(row, ConsultationRow) else None
    return council.neighbourhood_id if council else None
