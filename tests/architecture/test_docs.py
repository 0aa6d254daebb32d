"""The documentation says what is: labels, links, commands and drawings are compared with the code.

A guide marks the label of a button, a link, a field or a page in bold, between guillemets: **« Déposer »**.
"""

import ast
import html
import re

import pytest
from django.core.management import get_commands
from django.utils.module_loading import import_string

from faubourg.applications.states import APPLICATION_FLOW
from tools import draw_docs

ROOT = draw_docs.ROOT
PAGES = draw_docs.pages()
GUIDE = sorted((ROOT / "docs" / "guide").glob("*.md"))
APPS = sorted(
    path.parent for path in (ROOT / "faubourg").glob("*/__init__.py") if path.parent.name != "config"
)
LABEL = re.compile(r"\*\*«([^»]+)»\*\*")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]+>", re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def names(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


def plain(text):
    """One kind of space, one kind of apostrophe, no entities."""
    return " ".join(html.unescape(text).replace("’", "'").split())


def labels_of_the_product():
    """Every whole text of a template, every quoted argument of its tags, every string of the code."""
    found = set()
    for path in (ROOT / "faubourg").rglob("*.html"):
        text = path.read_text()
        found |= {plain(piece) for piece in TAG.split(text)}
        for tag in TAG.findall(text):
            found |= {plain(piece) for pair in re.findall(r'"([^"]*)"|\'([^\']*)\'', tag) for piece in pair}
    for path in {*(ROOT / "faubourg").rglob("*.py")} - {*(ROOT / "faubourg" / "demo").rglob("*.py")}:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(plain(node.value))
    return found


def headings(path):
    """The anchors a forge makes of the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_label_the_guide_quotes_is_on_a_screen():
    product = labels_of_the_product()
    assert [
        f"{path.name}: « {plain(label)} »"
        for path in GUIDE
        for label in LABEL.findall(path.read_text())
        if plain(label) not in product
    ] == []


@pytest.mark.parametrize("path", GUIDE, ids=lambda path: path.name)
def test_each_page_of_the_guide_is_short_and_quotes_the_screens(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 120
    assert path.name == "README.md" or len(LABEL.findall(text)) >= 5


def test_the_index_of_the_guide_names_every_page():
    index = (ROOT / "docs" / "guide" / "README.md").read_text()
    assert [path.name for path in GUIDE if path.name != "README.md" and f"({path.name})" not in index] == []


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_each_app_says_what_it_is(app):
    """At most forty lines, its drawings aside."""
    readme = app / "README.md"
    assert readme.is_file(), f"{app.name} n'a pas de README.md"
    assert len(draw_docs.BLOCK.sub("", readme.read_text()).splitlines()) <= 40


def test_each_flow_of_the_code_is_drawn_in_the_readme_of_its_app():
    flows = [
        (path, name)
        for path in sorted((ROOT / "faubourg").glob("*/states.py"))
        for name in re.findall(r"^(\w+_FLOW) = Flow\(", path.read_text(), re.MULTILINE)
    ]
    assert len(flows) >= 4
    assert [
        f"{path.parent.name}: {name}"
        for path, name in flows
        if f"<!-- flow: faubourg.{path.parent.name}.states.{name} -->"
        not in (path.parent / "README.md").read_text()
    ] == []


def test_the_life_of_a_dossier_says_who_takes_each_step_and_where():
    page = (ROOT / "docs" / "dossier-flow.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| .+? \| `(\w+)\.actions\.(\w+)`", page, re.MULTILINE)
    assert [step for step, _, _ in rows] == list(APPLICATION_FLOW.steps)
    for _, app, action in rows:
        assert import_string(f"faubourg.{app}.actions.{action}")


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_each_drawing_is_what_the_code_says(path):
    """Mended by `make docs`."""
    text = path.read_text()
    assert draw_docs.redrawn(text) == text
    assert len(re.findall("<!-- (?:flow|states|rights):", text)) == len(draw_docs.BLOCK.findall(text))


def test_no_drawing_is_left_without_its_marks():
    assert [
        name
        for path, name in zip(PAGES, names(PAGES), strict=True)
        if "```mermaid" in draw_docs.BLOCK.sub("", path.read_text())
    ] == []


def test_the_page_of_rights_is_what_the_matrix_says():
    """Mended by `make docs`."""
    assert draw_docs.RIGHTS_PAGE.read_text() == draw_docs.rights_page()


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_links_lead_somewhere(path):
    broken = []
    for link in LINK.findall(CODE.sub("", path.read_text())):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and anchor not in headings(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_no_html_is_left_in_the_pages(path):
    text = re.sub(r"<!--.*?-->", "", CODE.sub("", path.read_text()), flags=re.DOTALL)
    assert re.findall(r"</?[a-z][^>]*>", text) == []


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_the_commands_and_paths_it_names_exist(path):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    code = "\n".join(CODE.findall(path.read_text()))
    unknown = [f"make {name}" for name in re.findall(r"\bmake ([a-z-]+)", code) if name not in targets]
    commands = re.findall(r"\bfaubourg ([a-z_]+)", code)
    unknown += [f"faubourg {name}" for name in commands if name not in get_commands()]
    paths = re.findall(r"`((?:\.ci|bench|docs|faubourg|front|tests|tools)/[\w./-]*)", code)
    unknown += [name for name in paths if not (ROOT / name).exists()]
    assert unknown == []


def test_every_identifier_of_the_glossary_is_in_the_code():
    """Classes are checked by test_words; these are the other words of the second column."""
    rows = [line.split("|") for line in (ROOT / "docs" / "glossary.md").read_text().splitlines()]
    named = {word for row in rows if len(row) > 3 for word in re.findall(r"`([a-z_]+)`", row[2])}
    code = "\n".join(path.read_text() for path in (ROOT / "faubourg").rglob("*.py"))
    assert len(named) > 10
    assert {word for word in named if not re.search(rf"\b{word}", code)} == set()


def test_the_readme_names_every_setting_of_the_environment():
    settings = (ROOT / "faubourg" / "config" / "settings.py").read_text()
    serve = (ROOT / "faubourg/portal/management/commands/serve.py").read_text()
    readers = r'(?:env\.\w+|whole_number|own_folder|street_tiles|web_address)\("(\w+)"'
    read = {*re.findall(readers, settings), *re.findall(r'environ\.get\("(\w+)"', serve)}
    table = re.findall(r"^\| (`.+?) \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    named = {name for cell in table for name in re.findall(r"`(\w+)`", cell)}
    assert named == read


@pytest.mark.parametrize(
    "requirement",
    [
        *(f"PRG-{number}" for number in range(1, 12)),
        "GEO-6",
        "GEO-9",
        "FIN-1",
        "FIN-2",
        "FIN-3",
        "B2.5",
        "RAP-2",
    ],
)
def test_each_rule_of_the_cycle_is_named_by_a_test(requirement):
    """From the rule to what proves it: one search."""
    word = re.escape(requirement.replace("-", " ")).replace(r"\ ", "[-_]")
    wanted = re.compile(rf"\b{word}(?!\d)", re.IGNORECASE)
    tests = (ROOT / "tests").rglob("test_*.py")
    assert [path.name for path in tests if path.name != "test_docs.py" and wanted.search(path.read_text())]
