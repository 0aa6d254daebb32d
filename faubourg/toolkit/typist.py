"""The typist, a process of its own: it fills a Word template, or draws a first one, within limits.

A template is somebody's file: it is filled in a sandbox, with little memory and little time, by a process
that holds no database and no secret. Refused, it ends with code 1 and a French sentence on its error stream.
Nothing of Django is imported.
"""

import base64
import io
import json
import re
import resource
import sys
from typing import Any

import docx
import jinja2
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment

MEMORY, SECONDS = 1024 * 1024 * 1024, 15
_NAME = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked = json.load(sys.stdin.buffer)
    made = (
        draw(asked["lines"]) if "lines" in asked else fill(base64.b64decode(asked["template"]), asked["data"])
    )
    sys.stdout.buffer.write(made)


def draw(lines: list[list[str]]) -> bytes:
    """A template to begin with: [style, text] for each paragraph."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Arial"
    for style, text in lines:
        document.add_paragraph(text, style=style)
    return _bytes(document)


def fill(template: bytes, data: dict[str, Any]) -> bytes:
    environment = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
    document = DocxTemplate(io.BytesIO(template))
    try:
        document.render(data, jinja_env=environment, autoescape=True)
    except jinja2.UndefinedError as problem:
        sys.exit(_unknown(str(problem)))
    except jinja2.TemplateSyntaxError as problem:
        sys.exit(f"Une balise du modèle est mal écrite : {problem.message}{_near(problem)}")
    except jinja2.exceptions.SecurityError:
        sys.exit("Le modèle demande autre chose que du texte : seules les balises de la liste sont permises.")
    return _bytes(document)


def _unknown(message: str) -> str:
    found = _NAME.search(message)
    name = next(filter(None, found.groups()), message) if found else message
    return f"Le modèle cite « {name} », qui n'existe pas : corrigez cette balise d'après la liste ci-dessous."


def _near(problem: jinja2.TemplateSyntaxError) -> str:
    around = " ".join(getattr(problem, "docx_context", None) or [])
    tags = re.findall(r"\{[{%].{0,60}", re.sub(r"<[^>]+>", "", around))
    return f" (près de « {tags[-1].strip()} »)." if tags else "."


def _bytes(document: Any) -> bytes:
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


if __name__ == "__main__":
    main()
