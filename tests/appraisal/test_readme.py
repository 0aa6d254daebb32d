"""The README of the app says who may do what from the code: here it is compared."""

from pathlib import Path

from tests.appraisal.test_permissions import MATRIX, ROLES
from tests.governance.test_readme import rights_table


def test_the_readme_says_who_may_do_what():
    assert rights_table(MATRIX, ROLES) in Path("faubourg/appraisal/README.md").read_text()
