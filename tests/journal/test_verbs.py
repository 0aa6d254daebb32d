"""Every verb an action writes has its phrase."""

import re
from pathlib import Path

from faubourg.journal.rules import VERBS

WRITTEN = re.compile(r"""["']((?:accounts|directory|contracts|consultation|governance|calls|applications|"""
                     r"""appraisal|awards|messaging)\.[a-z_]+)["']""")  # fmt: skip
KEYS_OF_LETTERS = {"accounts.invite", "directory.new_role"}


def test_every_verb_written_by_an_action_is_said_in_french():
    written = {
        verb
        for path in Path("faubourg").glob("*/actions*")
        for file in ([path] if path.is_file() else path.rglob("*.py"))
        for verb in WRITTEN.findall(file.read_text())
    }

    assert written - VERBS.keys() - KEYS_OF_LETTERS == set()
