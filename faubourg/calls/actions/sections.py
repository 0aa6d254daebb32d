"""What the GIP writes in a call, section by section. `version` is the one the writer was shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.calls.actions.call import save_or_refuse
from faubourg.calls.models import Call, Criterion, Milestone, RequiredPaper
from faubourg.calls.permissions import can_edit
from faubourg.calls.queries import committees_of, lock
from faubourg.contracts.models import Objective
from faubourg.contracts.queries import standing
from faubourg.documents.actions import store
from faubourg.governance.models import Body
from faubourg.journal.actions import write
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.changes import Changes, differences, snapshot
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand

Row = Mapping[str, Any]
"""One line of a table as typed: its fields, and "id" when it is already there."""

STALE = (
    "Quelqu'un d'autre a modifié cet appel pendant que vous écriviez. Rien de votre saisie n'est perdu : "
    "comparez avec l'appel tel qu'il est, puis enregistrez de nouveau pour la garder."
)
KEPT_SINCE_OPENING = "L'appel est ouvert, des porteurs s'y fient : {} ne se retire plus."


@transaction.atomic
def edit_framing(
    call: Call,
    *,
    actor: User,
    now: datetime,
    year: int,
    title: str,
    guidelines: str,
    contact: str,
    short_form_ceiling: Decimal | None = None,
    upload: "UploadedFile[Any] | None" = None,
    drop_document: bool = False,
    version: int | None = None,
) -> bool:
    """The framing note (typed, joined, or both), the title, who to call, how much asks for a short form."""
    begin(call, actor, version, now)
    if not call.is_draft and _asks_for_more(call.short_form_ceiling, short_form_ceiling):
        raise Refusal({"short_form_ceiling": ["L'appel est ouvert, on s'y fie : ce montant ne baisse plus."]})
    if not call.is_draft and year != call.year:
        raise Refusal({"year": ["L'appel est ouvert : son exercice ne change plus."]})
    fields = ("year", "title", "guidelines", "contact", "short_form_ceiling", "guidelines_document")
    before = snapshot(call, fields)
    call.year, call.title = year, title.strip()
    call.guidelines, call.contact = guidelines.strip(), contact.strip()
    call.short_form_ceiling = short_form_ceiling
    if upload:
        call.guidelines_document = store(upload, actor=actor, now=now, field="upload")
    elif drop_document:
        call.guidelines_document = None
    if not call.is_draft and not (call.has_guidelines and call.contact):
        lacking = {} if call.has_guidelines else {"guidelines": ["Un appel ouvert garde sa note de cadrage."]}
        refuse_if(lacking | ({} if call.contact else {"contact": ["Un appel ouvert dit qui appeler."]}))
    return finish(call, actor, differences(before, snapshot(call, fields)))


def _asks_for_more(before: Decimal | None, after: Decimal | None) -> bool:
    """Would some dossiers that fill the short form today have to fill the whole one?"""
    return before is not None and (after is None or after < before)


@transaction.atomic
def edit_calendar(
    call: Call,
    *,
    actor: User,
    now: datetime,
    opens_on: date,
    closes_on: date,
    milestones: Sequence[Row],
    version: int | None = None,
) -> bool:
    """The days of filing, as long as it is a draft, and the milestones (PRG-12)."""
    begin(call, actor, version, now)
    if not call.is_draft and (opens_on, closes_on) != (call.opens_on, call.closes_on):
        raise Refusal({"closes_on": ["L'appel est ouvert : pour donner plus de temps, prolongez-le."]})
    if closes_on < opens_on:
        raise Refusal({"closes_on": ["Le dernier jour de dépôt vient avant l'ouverture."]})
    fields = ("opens_on", "closes_on")
    before = snapshot(call, fields)
    call.opens_on, call.closes_on = opens_on, closes_on
    changes = differences(before, snapshot(call, fields))
    lines = _replace(call, Milestone, call.milestones.all(), milestones, ("label", "due_on"))
    return finish(call, actor, changes | _named("étapes", lines))


@transaction.atomic
def edit_scope(
    call: Call,
    *,
    actor: User,
    now: datetime,
    objectives: Collection[Objective],
    neighbourhoods: Collection[Neighbourhood],
    version: int | None = None,
) -> bool:
    """The objectives and the territories opened: the contract's, and only added to once the call is open."""
    begin(call, actor, version, now)
    strangers = [one for one in objectives if one.contract_id != call.contract_id]
    outside = set(neighbourhoods) - set(call.contract.neighbourhoods.all()) - set(call.neighbourhoods.all())
    refuse_if(
        {
            "objectives": [f"« {one} » relève d'un autre contrat." for one in strangers],
            "neighbourhoods": [f"« {one} » n'est pas un territoire de ce contrat." for one in outside],
        }
    )
    old_objectives, old_neighbourhoods = list(call.objectives.all()), list(call.neighbourhoods.all())
    if not call.is_draft:
        refuse_if(
            {
                "objectives": _removed(old_objectives, objectives),
                "neighbourhoods": _removed(old_neighbourhoods, neighbourhoods),
            }
        )
    call.objectives.set(objectives)
    call.neighbourhoods.set(neighbourhoods)
    before = {"objectifs": _names(old_objectives), "territoires": _names(old_neighbourhoods)}
    after = {"objectifs": _names(objectives), "territoires": _names(neighbourhoods)}
    return finish(call, actor, differences(before, after))


@transaction.atomic
def edit_papers(
    call: Call, *, actor: User, now: datetime, papers: Sequence[Row], version: int | None = None
) -> bool:
    """The papers asked for; once the call is open they are only added to."""
    begin(call, actor, version, now)
    fields = ("label", "help", "scope", "is_required", "kind")
    keep = "la pièce « {} »" if not call.is_draft else ""
    papers = [{"kind": "", **one} for one in papers]
    lines = _replace(call, RequiredPaper, call.papers.all(), papers, fields, keep=keep)
    return finish(call, actor, _named("pièces", lines))


@transaction.atomic
def edit_criteria(
    call: Call, *, actor: User, now: datetime, criteria: Sequence[Row], version: int | None = None
) -> bool:
    """What dossiers will be judged on; once the call is open, criteria are only added to."""
    begin(call, actor, version, now)
    keep = "le critère « {} »" if not call.is_draft else ""
    lines = _replace(call, Criterion, call.criteria.all(), criteria, ("label", "help", "weight"), keep=keep)
    return finish(call, actor, _named("critères", lines))


@transaction.atomic
def edit_gauges(
    call: Call, *, actor: User, now: datetime, gauges: Mapping[Body, int | None], version: int | None = None
) -> bool:
    """How many dossiers each programming committee may look at; None: no limit is set (PRG-1)."""
    begin(call, actor, version, now)
    known = set(committees_of(call))
    refuse_if({"": [f"« {body} » n'est pas un comité de ce contrat." for body in set(gauges) - known]})
    before = [str(gauge) for gauge in call.gauges.select_related("body")]
    for body, most in gauges.items():
        if most is None:
            call.gauges.filter(body=body).delete()
        else:
            call.gauges.update_or_create(body=body, defaults={"most_applications": most})
    after = [str(gauge) for gauge in call.gauges.select_related("body")]
    return finish(call, actor, _named("jauges", (before, after)))


# --------------------------------------------------------------------------------------------------


def begin(call: Call, actor: User, version: int | None, now: datetime) -> None:
    """Lock, demand, and check that nobody wrote in between."""
    lock(call)
    demand(can_edit(standing(actor, localdate(now)), call))
    refuse_stale(call, version)


def refuse_stale(call: Call, version: int | None) -> None:
    if version is not None and version != call.version:
        raise Refusal(STALE)


def finish(call: Call, actor: User, changes: Changes, verb: str = "calls.edit") -> bool:
    """Save and journal when something changed; says whether it did."""
    if not changes:
        return False
    call.version += 1
    save_or_refuse(call)
    write(actor, verb, call, contract_id=call.contract_id, changes=changes)
    return True


def _replace(
    call: Call,
    model: type[Model],
    existing: Iterable[Model],
    rows: Sequence[Row],
    fields: Sequence[str],
    keep: str = "",
) -> tuple[list[str], list[str]]:
    """Make the lines of a table those of `rows`, in their order; returns them before and after, in words."""
    standing_lines = {line.pk: line for line in existing}
    before = [_in_words(line, fields) for line in standing_lines.values()]
    kept = {row.get("id") for row in rows}
    removed = [line for pk, line in standing_lines.items() if pk not in kept]
    if keep:
        refuse_if({"": [KEPT_SINCE_OPENING.format(keep.format(line)) for line in removed]})
    for line in removed:
        line.delete()
    after = []
    has_position = any(field.name == "position" for field in model._meta.fields)
    for position, row in enumerate(rows):
        values = {name: row[name] for name in fields} | ({"position": position} if has_position else {})
        line = standing_lines.get(row.get("id")) or model(call=call)
        for name, value in values.items():
            setattr(line, name, value)
        line.save()
        after.append(_in_words(line, fields))
    return before, after


def _in_words(line: Model, fields: Iterable[str]) -> str:
    values = (
        getattr(line, f"get_{name}_display", lambda name=name: getattr(line, name))() for name in fields
    )
    words = (
        {True: "obligatoire", False: "facultative"}[one] if isinstance(one, bool) else one for one in values
    )
    return " · ".join(str(word) for word in words if word not in (None, ""))


def _named(name: str, lines: tuple[list[str], list[str]]) -> Changes:
    before, after = lines
    return {name: [before, after]} if before != after else {}


def _removed(before: Iterable[Model], after: Collection[Any]) -> list[str]:
    return [KEPT_SINCE_OPENING.format(f"« {one} »") for one in before if one not in after]


def _names(things: Iterable[Model]) -> list[str]:
    return sorted(str(one) for one in things)
