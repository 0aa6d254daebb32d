from pathlib import Path

from faubourg.calls.states import CALL_FLOW


def test_the_drawing_in_the_readme_is_the_flow():
    readme = Path("faubourg/calls/README.md").read_text()
    assert f"```mermaid\n{CALL_FLOW.mermaid()}\n```" in readme
