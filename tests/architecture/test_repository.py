"""What anyone may check before adopting Faubourg: its licence, its public card, only its own files."""

import subprocess

import pytest
from ruamel.yaml import YAML

from tools import draw_docs

ROOT = draw_docs.ROOT
FOREIGN = (
    "node_modules/",
    ".min.js",
    ".min.css",
    ".woff",
    ".woff2",
    ".ttf",
    ".otf",
    "bootstrap",
    "leaflet",
    "htmx",
)


def test_the_licence_is_the_one_that_the_public_card_and_the_packages_name():
    card = YAML(typ="safe").load(ROOT / "publiccode.yml")
    assert card["legal"]["license"] == "EUPL-1.2"
    assert card["localisation"]["availableLanguages"] == ["fr"]
    assert (ROOT / "LICENSE").read_text().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    for name in ("pyproject.toml", "package.json"):
        assert "EUPL-1.2" in (ROOT / name).read_text()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_what_a_newcomer_looks_for_is_there(name):
    assert len((ROOT / name).read_text().split()) > 50


def test_no_file_of_somebody_else_is_committed():
    """Front-end packages are installed at set-up, from a lock that holds no address."""
    asked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode:
        pytest.skip("ce dossier n'est pas un dépôt git")
    tracked = asked.stdout.splitlines()
    assert "package-lock.json" in tracked
    foreign = [path for path in tracked if any(mark in path.lower() for mark in FOREIGN)]
    assert foreign == []
    for lock in ("package-lock.json", "requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        assert "://" not in (ROOT / lock).read_text()
