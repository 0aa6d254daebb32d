"""The house rules a linter does not know. Each failure names the file to open."""

import ast
import tomllib
from pathlib import Path

from django.apps import apps
from django.db.models import FloatField

ROOT = Path("faubourg")
PROJECT = tomllib.loads(Path("pyproject.toml").read_text())["tool"]
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


def relations():
    """(how high the foreign key goes, the field): 0 inside an app, below 0 to a lower one."""
    layers = PROJECT["importlinter"]["contracts"][0]["layers"]
    floor = {app: -n for n, layer in enumerate(layers) for app in layer.split(" | ")}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                ends = model._meta.app_label, field.related_model._meta.app_label
                if set(ends) <= floor.keys():
                    yield floor[ends[1]] - floor[ends[0]], field


def test_foreign_keys_point_down_the_stack():
    """A string such as ForeignKey("awards.Award") is an import the linter cannot see."""
    assert [str(field) for climb, field in relations() if climb > 0] == []


def test_a_lower_model_has_no_attribute_that_leads_upward():
    """`related_name="+"`, but for the named exceptions of docs/architecture.md."""
    open_ways = {str(field) for climb, field in relations() if climb < 0 and not field.remote_field.hidden}

    assert open_ways == {"consultation.CitizenCouncil.contract", "governance.Body.contracts"}


def test_an_installed_faubourg_has_its_templates_its_documents_and_its_data():
    """Every file that is neither code nor explanation is in the globs of the package."""
    carried = {path for glob in PROJECT["setuptools"]["package-data"]["faubourg"] for path in ROOT.glob(glob)}
    wanted = {
        path for path in ROOT.rglob("*.*") if path.is_file() and path.suffix not in (".py", ".pyc", ".md")
    }

    assert len(wanted) > 200
    assert {str(path) for path in wanted - carried} == set()


EARTH = ("territories.Address", "territories.Outline", "territories.Street")


def test_money_is_never_a_float():
    """FIN-3: euros and cents are Decimal; only degrees and square metres of the earth are floats."""
    assert [str(field) for model in apps.get_models() for field in model._meta.fields
            if isinstance(field, FloatField) and model.__module__.startswith("faubourg.")
            and model._meta.label not in EARTH] == []  # fmt: skip


def test_migrations_import_nothing_of_the_project():
    assert [
        f"{path}: {'.'.join(module)}"
        for path in ROOT.rglob("migrations/*.py")
        for module in imports(path)
        if module[1] not in ("toolkit",)
    ] == []
