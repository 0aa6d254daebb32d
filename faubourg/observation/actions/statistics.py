"""Take over a file of public statistics: all of it or nothing, once (DAT-1, DAT-5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.documents.actions import keep
from faubourg.journal.actions import write
from faubourg.observation.models import Datum, Statistic, StatisticsFile
from faubourg.toolkit.refusal import Refusal

CHANGING = ("value", "trust", "mark", "source", "comparability", "place_name")
KEY = ("scale", "place_code", "generation", "vintage")


@transaction.atomic
def import_statistics(
    content: bytes, name: str, mapping: str, *, statistics: Sequence[Mapping[str, Any]],
    figures: Sequence[Mapping[str, Any]], actor: User | None, now: datetime,
) -> dict[str, int]:  # fmt: skip
    """{"nouveaux", "modifiés", "inchangés"}: a second time, nothing changes and nothing is kept again."""
    known = _statistics(statistics)
    there = {
        (one.statistic_id, *(getattr(one, name) for name in KEY)): one
        for one in Datum.objects.filter(contract=None, statistic__in=known.values())
    }
    new, changed, same = [], [], 0
    for row in figures:
        values = {**row, "statistic": known[row["statistic"]]}
        found = there.get((values["statistic"].pk, *(row[name] for name in KEY)))
        if found is None:
            new.append(Datum(**values))
        elif any(getattr(found, name) != row[name] for name in CHANGING):
            for field in (*CHANGING, "collected_on"):
                setattr(found, field, row[field])
            changed.append(found)
        else:
            same += 1
    counts = {"nouveaux": len(new), "modifiés": len(changed), "inchangés": same}
    if new or changed:
        document = keep(content, name, "application/octet-stream", actor=actor, now=now)
        file = StatisticsFile.objects.create(
            document=document, mapping=mapping, sent_by=actor, sent_at=now, applied_at=now, counts=counts
        )
        for one in (*new, *changed):
            one.file = file
        Datum.objects.bulk_create(new, batch_size=500)
        Datum.objects.bulk_update(changed, [*CHANGING, "collected_on", "file"], batch_size=500)
        write(actor, "observation.import_statistics", file, changes=counts)
    return counts


def _statistics(rows: Sequence[Mapping[str, Any]]) -> dict[str, Statistic]:
    """What is counted, made when it is new; the same code with another unit is refused."""
    known = Statistic.objects.in_bulk([row["code"] for row in rows], field_name="code")
    for row in rows:
        found = known.get(row["code"])
        if found and found.unit != row["unit"]:
            sentence = f"« {found.label} » se compte déjà en {found.unit}, pas en {row['unit']}."
            raise Refusal({"file": [sentence]})
        known[row["code"]] = found or Statistic.objects.create(**row)
    return known
