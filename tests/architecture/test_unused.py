"""Nothing is kept in case: a template is rendered, a function is called, an address is linked."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

from tests.architecture.test_shape import MODULES

ROOT = Path("faubourg")
TEMPLATES = [path for path in ROOT.rglob("templates/**/*") if path.is_file()]
SOURCES = {path: path.read_text() for path in [*MODULES, *TEMPLATES, *Path("front").rglob("*.js")]}
FOUND_BY_NAME = (
    "account/",
    "mfa/",
    "django/",
    "ui/form/",
    "400.html",
    "403",
    "404.html",
    "409.html",
    "500.html",
)
"""Templates that a library looks for under this very name."""
ELSEWHERE = {"appraisal:untable", "governance:set_minutes", "toolkit:components"}
"""Written out in `appraisal/meeting.html`, whose 250 lines share the start of their addresses; the page of
the components is for those who write pages (CONTRIBUTING.md)."""
LAYERS = {"actions", "exports", "forms", "imports", "jobs", "permissions", "queries", "requests", "rules"}


def layer(path):
    return next((part.removesuffix(".py") for part in path.parts[2:]), "")


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_template_is_rendered(path):
    name = str(path).split("/templates/")[1]
    if name.startswith(FOUND_BY_NAME):
        return
    folder, stem = name.rsplit("/", 1)[0], path.stem
    by_hand = any(name in text for other, text in SOURCES.items() if other != path)
    by_name = any(f'f"{folder}/{{' in text for text in SOURCES.values()) and any(
        f'"{stem}"' in text for other, text in SOURCES.items() if other.suffix == ".py"
    )
    assert by_hand or by_name


def public():
    for path in MODULES:
        if layer(path) not in LAYERS:
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                yield path, node.name


def test_every_function_the_apps_offer_is_used():
    """Named elsewhere than where it is written; a re-export is no use, a call in the same folder is one."""
    mentions, calls = Counter(), Counter()
    for path, text in SOURCES.items():
        if path.name != "__init__.py":
            mentions.update(re.findall(r"\w+", text))
        elif layer(path) in LAYERS:
            calls.update(re.findall(r"(\w+)\(", text))

    assert [f"{path}: {name}" for path, name in public() if mentions[name] + calls[name] <= 1] == []


def names(resolver=None, namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield namespace + (entry.name or "")
        else:
            yield from names(entry, f"{entry.namespace}:" if entry.namespace else namespace)


def test_every_address_is_reached_from_a_page():
    """Named in a template or a view, whole or as f"app:{verb}"."""
    product = [text for path, text in SOURCES.items() if path.name != "urls.py" and "urls" not in path.parts]
    lost = []
    for name in set(names()):
        app, _, verb = name.partition(":")
        if not verb or any(f'"{name}"' in text or f"'{name}'" in text for text in product):
            continue
        built = [text for text in product if f'"{app}:{{' in text]
        if not any(f'"{verb}"' in text for text in built):
            lost.append(name)
    assert set(lost) == ELSEWHERE
