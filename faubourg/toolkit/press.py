"""The press, a process of its own: it reads what to set on its input and writes the PDF on its output.

Typst keeps some sixty megabytes once it has set a document, and the server does so a few times a year: here
they are given back at once, and a document that breaks the typesetter breaks nothing else. Starting it costs
50 ms. Refused, it ends with code 1 and says why on its error stream. Nothing of Django is imported.
"""

import json
import sys

import typst


def main() -> None:
    asked = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[asked["fonts"]])
    if asked["family"] not in fonts.families():
        sys.exit(f"Police absente de {asked['fonts']} : lancez tools/build_front.py.")
    compiler = typst.Compiler(
        asked["template"],
        root=asked["root"],
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs=asked["inputs"],
    )
    try:
        document = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=asked["timestamp"])
    except typst.TypstError as problem:
        sys.exit(f"{problem.diagnostic or problem.message}")
    sys.stdout.buffer.write(document if isinstance(document, bytes) else b"".join(document or ()))


if __name__ == "__main__":
    main()
