"""The house rules a linter does not know. Each failure names the file to open."""

import ast
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path("faubourg")
MODULES = [path for path in ROOT.rglob("*.py") if "migrations" not in path.parts]
WIRING = {"urls.py", "serve.py"}
"""urls.py gathers the apps' urls; serve.py is the clock that calls their jobs."""
PUBLIC = {"actions", "models", "permissions", "queries", "requests", "rules", "states"}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("faubourg."):
            yield node.module.split(".")


def test_apps_speak_through_their_public_modules():
    assert [
        f"{path} -> {'.'.join(module)}"
        for path in MODULES
        for module in imports(path)
        if len(module) > 2
        and module[1] not in (path.parts[1], "toolkit", "config")
        and module[2] not in PUBLIC
        and path.name not in WIRING
    ] == []


def test_foreign_keys_point_down_the_stack():
    """A string such as ForeignKey("awards.Award") is an import the linter cannot see."""
    layers = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
    floor = {app: -n for n, layer in enumerate(layers) for app in layer.split(" | ")}
    assert [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and {model._meta.app_label, field.related_model._meta.app_label} <= floor.keys()
        and floor[field.related_model._meta.app_label] > floor[model._meta.app_label]
    ] == []


def test_migrations_import_nothing_of_the_project():
    assert [
        f"{path}: {'.'.join(module)}"
        for path in ROOT.rglob("migrations/*.py")
        for module in imports(path)
        if module[1] not in ("toolkit",)
    ] == []
