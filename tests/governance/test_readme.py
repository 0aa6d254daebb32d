"""The README of the app draws its flow and its table of rights from the code: here they are compared."""

from pathlib import Path

from faubourg.governance.states import MEETING_FLOW
from tests.governance.test_permissions import MATRIX, ROLES

WORDS = {
    "director": "direction du GIP",
    "officer": "chargé de mission du GIP",
    "finance": "gestion financière du GIP",
    "delegate": "délégué du préfet",
    "state_officer": "référent d'un financeur",
    "state_decider": "décideur d'un financeur",
    "expert": "expert",
    "councillor": "conseiller citoyen",
    "reader": "lecteur",
    "signatory": "signataire du porteur",
    "editor": "saisisseur du porteur",
    "org_admin": "administrateur du porteur",
    "technical_admin": "administrateur technique",
    "stranger": "autre structure",
}


def rights_table(matrix, roles):
    """One line per verb, the roles that may in the order of the matrix."""
    rows = ["| droit | qui |", "|---|---|"]
    for verb, allowed in matrix.items():
        who = ", ".join(WORDS[role] for role in roles if role in allowed)
        rows.append(f"| `can_{verb}` | {who} |")
    return "\n".join(rows)


def test_the_readme_draws_the_life_of_a_meeting():
    readme = Path("faubourg/governance/README.md").read_text()
    assert f"```mermaid\n{MEETING_FLOW.mermaid()}\n```" in readme


def test_the_readme_says_who_may_do_what():
    assert rights_table(MATRIX, ROLES) in Path("faubourg/governance/README.md").read_text()
