"""Every verb an action writes has its phrase, everything it says changed has a French name."""

import ast
import re
from pathlib import Path

from django.apps import apps

from faubourg.journal.rules import FIELD_NAMES, VERBS, WRITTEN_ON
from faubourg.messaging.rules import KINDS

WRITTEN = re.compile(r"""["']((?:accounts|directory|territories|contracts|consultation|governance|"""
                     r"""observation|questionnaires|calls|applications|appraisal|awards|fph|conversations|"""
                     r"""thread|"""
                     r"""messaging)\.[a-z_]+)["']""")  # fmt: skip
WRITERS = {"write", "_write", "advance"}


def actions():
    for path in Path("faubourg").glob("*/actions*"):
        yield from [path] if path.is_file() else path.rglob("*.py")


def test_every_verb_written_by_an_action_is_said_in_french():
    written = {verb for path in actions() for verb in WRITTEN.findall(path.read_text())}

    assert written - VERBS.keys() - KINDS.keys() == set()


def test_every_name_an_action_gives_to_what_changed_is_french_or_has_its_french_name():
    """Fields are called by their verbose name; what is no field is in FIELD_NAMES, or French already."""
    french = {"choix", "conseil", "courriel", "destinataire", "financeur", "financeurs", "jour", "lettre",
              "lien", "personne", "point", "pour", "rang", "remarque", "reprend"}  # fmt: skip
    fields = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    written = {
        key.value
        for path in actions()
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in WRITERS
        for part in (*call.args, *(keyword.value for keyword in call.keywords))
        for node in ast.walk(part)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and re.fullmatch("[a-z_]+", key.value)
    }

    assert {"state", "reason"} <= written
    assert written - FIELD_NAMES.keys() - fields - french == set()


def test_what_a_verb_writes_on_is_a_model():
    assert all(apps.get_model(label) for label in WRITTEN_ON.values())
    assert WRITTEN_ON.keys() <= VERBS.keys()
