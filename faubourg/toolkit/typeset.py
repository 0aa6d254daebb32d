"""Letters and reports as tagged PDFs: a Typst template, and data that is never markup.

`typeset("toolkit/typst/letter.typ", {...}, now=now)`: the path starts from the folder `faubourg/`. A
template begins with `#import "/toolkit/typst/base.typ": *`, which says what each layout expects. In the
data a Decimal is an amount in euros, a date a day, None an empty place. A sign that our font cannot draw
(an emoji, a name in another script) becomes UNKNOWN_SIGN: nothing typed keeps a document from being made.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime

from faubourg.toolkit.days import format_day, format_moment
from faubourg.toolkit.money import format_euros

ROOT = Path(__file__).resolve().parents[1]
PRESS = Path(__file__).with_name("press.py")
FAMILY = "Source Sans 3"
UNKNOWN_SIGN = "?"
MOST_ATTEMPTS = 20
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")


class TypesettingFailed(Exception):
    """The template or its data cannot be set. Its text says where."""


def typeset(template: str, data: Mapping[str, Any], *, now: datetime) -> bytes:
    """The PDF/UA-1 document made of `template` and `data`, dated `now`; same arguments, same bytes."""
    values = json.loads(json.dumps(data, default=_plain))
    for _ in range(MOST_ATTEMPTS):
        try:
            return _compile(template, values, now)
        except TypesettingFailed as problem:
            undrawn = _undrawn(str(problem))
            if not undrawn:
                raise TypesettingFailed(f"{template} : {problem}") from problem
            values = _redrawn(values, str.maketrans(dict.fromkeys(undrawn, UNKNOWN_SIGN)))
    raise TypesettingFailed(f"{template} : trop de signes que la police {FAMILY} ne sait pas dessiner")


def _compile(template: str, values: Any, now: datetime) -> bytes:
    asked = {
        "template": str(ROOT / template),
        "root": str(ROOT),
        "fonts": str(Path(settings.FRONT) / "fonts" / "ttf"),
        "family": FAMILY,
        "inputs": {
            "data": json.dumps(values, ensure_ascii=False),
            "today": format_day(localtime(now).date()),
        },
        "timestamp": int(now.timestamp()),
    }
    # -I: neither the environment nor the working folder chooses what is imported.
    ended = subprocess.run(
        [sys.executable, "-I", PRESS], input=json.dumps(asked).encode(), capture_output=True, check=False
    )
    if ended.returncode:
        raise TypesettingFailed(ended.stderr.decode().strip())
    return ended.stdout


def _undrawn(diagnostic: str) -> set[str]:
    """The signs that the font lacks, as the typesetter names them."""
    named = "".join(_UNDRAWN.findall(diagnostic))
    return set(_CODE.sub(lambda code: chr(int(code[1], 16)), named)) - {UNKNOWN_SIGN}


def _redrawn(value: Any, signs: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(signs)
    if isinstance(value, list):
        return [_redrawn(one, signs) for one in value]
    if isinstance(value, dict):
        return {name: _redrawn(one, signs) for name, one in value.items()}
    return value


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
