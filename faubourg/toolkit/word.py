"""Word documents from people's own templates, filled by a process apart (typist.py)."""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TYPIST = Path(__file__).with_name("typist.py")
PATIENCE = 30
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateBroken(Exception):
    """The template cannot be filled. Its text is a French sentence that names the placeholder."""


def fill(template: bytes, data: Mapping[str, Any]) -> bytes:
    """The document made of `template` and `data`."""
    return _type({"template": base64.b64encode(template).decode(), "data": data})


def draw(lines: Sequence[Sequence[str]]) -> bytes:
    """A first template: (style, text) for each paragraph."""
    return _type({"lines": lines})


def _type(asked: Mapping[str, Any]) -> bytes:
    try:
        ended = subprocess.run(
            [sys.executable, "-I", TYPIST],
            input=json.dumps(asked).encode(), capture_output=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TemplateBroken("Le modèle demande trop de temps : simplifiez-le.") from None
    if ended.returncode == 0:
        return ended.stdout
    told = ended.stderr.decode(errors="replace").strip()
    if ended.returncode == 1 and told and "Traceback" not in told:
        raise TemplateBroken(told)
    raise TemplateBroken("Word ne saurait pas remplir ce modèle : enregistrez-le de nouveau en .docx.")
