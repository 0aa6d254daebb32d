"""What the record of a committee says of each dossier, frozen at the closing (PRG-6)."""

from collections import defaultdict
from datetime import date
from typing import Any

from faubourg.applications.models import FundingRequest
from faubourg.applications.states import State
from faubourg.appraisal.models import MentionedAmount, Opinion, Remark, TabledApplication
from faubourg.appraisal.queries.aside import out_of_the_room
from faubourg.governance.models import Meeting
from faubourg.governance.queries import agenda_of, attendance_of, noted_on_items, point_words
from faubourg.toolkit.money import format_euros


def points_of(meeting: Meeting, today: date) -> list[dict[str, Any]]:
    """Each point of the agenda in plain words, with whom it must not be read by."""
    found = TabledApplication.objects.filter(item__meeting=meeting)
    rows = {
        row.item_id: row
        for row in found.select_related("application__call", "application__applicant").prefetch_related(
            "asides"
        )
    }
    said, noted = _said(meeting), noted_on_items(meeting)
    attendances = attendance_of(meeting)
    points = []
    for rank, item in enumerate(agenda_of(meeting), start=1):
        point = {"rang": rank, **point_words(item.title), "minutes": round(item.seconds_spent / 60)}
        point["synthese"] = noted.get(item.pk, "")
        tabled = rows.get(item.pk)
        if tabled is not None:
            out = out_of_the_room(tabled, attendances, today)
            gone = [row for row in attendances if row.pk in out]
            point |= {
                "applicant_id": tabled.application.applicant_id,
                "out_ids": [row.user_id for row in gone if row.user_id],
                "porteur": str(tabled.application.applicant),
                "issue": _outcome(tabled),
                "deports": [f"{row.full_name} ({out[row.pk]})" for row in gone],
                **said[tabled.pk],
            }
        points.append(point)
    return points


def _outcome(tabled: TabledApplication) -> str:
    if tabled.carried_over:
        return f"ajourné : {tabled.carry_reason}"
    return "retiré par le porteur" if tabled.application.state == State.WITHDRAWN else ""


def _said(meeting: Meeting) -> dict[int, dict[str, Any]]:
    """{dossier tabled: opinion, amounts, remarks}, in four queries however long the agenda."""
    here = {"tabled__item__meeting": meeting}
    words: dict[int, dict[str, Any]] = defaultdict(dict)
    for opinion in Opinion.objects.filter(**here):
        if opinion.tabled_id is not None:
            words[opinion.tabled_id] |= {
                "issue": f"avis {opinion.get_stance_display().lower()}",
                "synthese": opinion.summary,
                "conditions": opinion.conditions,
                "cofinancements": opinion.other_funding,
            }
    for said in Remark.objects.filter(**here):
        told = {"qui": said.speaker, "au_titre_de": said.on_behalf_of, "texte": said.text}
        words[said.tabled_id].setdefault("remarques", []).append(told)
    for one in MentionedAmount.objects.filter(**here).select_related("envelope__funder"):
        told = {"financeur": str(one.envelope), "montant": format_euros(one.amount)}
        words[one.tabled_id].setdefault("evoques", []).append(told)
    tabled = dict(TabledApplication.objects.filter(item__meeting=meeting).values_list("application", "pk"))
    requests = FundingRequest.objects.filter(application__in=tabled).select_related("envelope__funder")
    for request in requests:
        told = {"financeur": str(request.envelope), "montant": format_euros(request.requested_amount)}
        words[tabled[request.application_id]].setdefault("demandes", []).append(told)
    return words
