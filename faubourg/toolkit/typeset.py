"""Letters and reports as tagged PDFs: a Typst template, and data that is never markup.

`typeset("toolkit/typst/letter.typ", {...}, now=now)`: the path starts from the folder `faubourg/`. A template
begins with `#import "/toolkit/typst/base.typ": *`, which says what each layout expects. In the data
a Decimal is an amount in euros, a date a day, None an empty place.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.timezone import localtime

from faubourg.toolkit.days import format_day, format_moment
from faubourg.toolkit.money import format_euros

ROOT = Path(__file__).resolve().parents[1]
FAMILY = "Source Sans 3"


class TypesettingFailed(Exception):
    """The template or its data cannot be set. Its text says where."""


def typeset(template: str, data: Mapping[str, Any], *, now: datetime) -> bytes:
    """The PDF/UA-1 document made of `template` and `data`, dated `now`; same arguments, same bytes."""
    inputs = {
        "data": json.dumps(data, default=_plain, ensure_ascii=False),
        "today": format_day(localtime(now).date()),
    }
    try:
        compiler = typst.Compiler(
            ROOT / template, root=ROOT, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs
        )
        document = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(now.timestamp()))
    except typst.TypstError as problem:
        raise TypesettingFailed(f"{template} : {problem.diagnostic or problem.message}") from problem
    if not isinstance(document, bytes):
        raise TypesettingFailed(f"{template} : aucun document produit")
    return document


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our family only: a document looks the same on every machine."""
    folder = Path(settings.FRONT) / "fonts" / "ttf"
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    if FAMILY not in fonts.families():
        raise TypesettingFailed(f"Police absente de {folder} : lancez tools/build_front.py.")
    return fonts


def _plain(value: object) -> str | list[Any]:
    if isinstance(value, Decimal):
        return format_euros(value)
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, bytes):
        return list(value)  # a picture: `image(bytes(...))` on the other side
    return str(value)
