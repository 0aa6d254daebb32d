"""The file sent to the national geocoder and the one it answers, read with care (formats, section 3)."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

from faubourg.territories.rules.addresses.asked import Asked
from faubourg.territories.rules.addresses.matching import AddressType, Candidate, ranked

ADDRESS, INSEE_CODE = "adresse", "code_insee"


class AnswerRefused(Exception):
    """The answer is not one of the geocoder; the text is a French sentence."""


def written(asked: Sequence[Asked]) -> bytes:
    """The addresses to send, and nothing else of the file they come from."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow((ADDRESS, INSEE_CODE))
    lines.writerows((one.text, one.insee_code) for one in asked)
    return text.getvalue().encode()


def read_answer(content: bytes, count: int) -> list[list[Candidate]]:
    """One list for each line sent, in their order; empty for an address that was not found."""
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        if len(rows) != count:
            raise ValueError
        return [_found(row) for row in rows]
    except (ValueError, TypeError, KeyError, csv.Error):
        raise AnswerRefused("Le géocodeur national a répondu autre chose que ces adresses.") from None


def _found(row: Mapping[str, str]) -> list[Candidate]:
    if not row["result_score"] or row["result_type"] not in set(AddressType):
        return []
    best = Candidate(
        label=row["result_label"],
        type=AddressType(row["result_type"]),
        score=min(max(float(row["result_score"]), 0.0), 1.0),
        lon=float(row["longitude"]),
        lat=float(row["latitude"]),
        postcode=row.get("result_postcode") or "",
        city=row.get("result_city") or "",
        insee_code=row.get("result_citycode") or "",
    )
    # The score of its next answer tells an address that may be in two places.
    rival = row.get("result_score_next")
    return ranked([best, replace(best, score=float(rival))] if rival else [best])[:1]
