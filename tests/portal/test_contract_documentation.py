"""The documentation of the format tells every key there is, and every word one may choose."""

import re
from pathlib import Path

from faubourg.portal.imports import contract_file
from faubourg.portal.imports.contract_file import Part, plain_word

DOCUMENTATION = (Path(__file__).parents[2] / "docs" / "contract-format.md").read_text()


def test_every_key_of_the_format_is_documented():
    keys = {field.alias for part in Part.__subclasses__() for field in part.model_fields.values()}

    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", DOCUMENTATION)] == []


def test_every_word_to_choose_from_is_documented():
    tables = [
        contract_file.ORGANISATION_KINDS,
        contract_file.THEMES,
        contract_file.PROOFS,
        contract_file.EFFECTS,
        contract_file.SIGNATURES,
        contract_file.COUNCIL_STATUSES,
        contract_file.MODALITIES,
        contract_file.BODY_KINDS,
        contract_file.PLACE_KINDS,
    ]
    said = plain_word(DOCUMENTATION)

    assert [word for table in tables for word in table if word not in said] == []
