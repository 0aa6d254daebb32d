"""One concept, one word: the glossary is a file, and this test reads it."""

import ast
import re
from pathlib import Path

from tests.architecture.test_shape import MODULES

FRENCH = {
    *("dossier", "dossiers", "financeur", "financeurs", "porteur", "porteurs", "enveloppe", "enveloppes"),
    *("montant", "montants", "seance", "seances", "avis", "pieces", "quartier", "quartiers", "arrete"),
}


def rows():
    lines = Path("docs/glossary.md").read_text().splitlines()
    return [line.split("|") for line in lines if line.startswith("| ")]


def never():
    return {word for row in rows() for word in re.findall(r"`(\w+)`", row[3])}


def names(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def test_no_class_bears_a_name_the_glossary_forbids():
    forbidden = never()
    assert len(forbidden) > 20
    found = [f"{path}:{line} {name}" for path in MODULES for line, name in names(path) if name in forbidden]
    assert found == []


def test_no_identifier_mixes_in_a_french_word():
    assert [
        f"{path}:{line} {name}"
        for path in MODULES
        for line, name in names(path)
        if set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")) & FRENCH
    ] == []


def test_every_identifier_of_the_glossary_that_names_a_class_exists():
    classes = {name for path in MODULES for _, name in names(path) if name[0].isupper()}
    named = {word for row in rows() for word in re.findall(r"`([A-Z][a-z]\w+)`", row[2])}
    assert named - classes == set()
