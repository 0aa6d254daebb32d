import io
import time
from datetime import UTC, datetime
from decimal import Decimal

import pikepdf
import pytest
from django.conf import settings

from faubourg.toolkit.typeset import TypesettingFailed, typeset

NOW = datetime(2027, 2, 11, 23, 30, tzinfo=UTC)  # the 12th in Paris
NASTY = "Association #panic() *étoile* $x^2$ `code` @toi <b> \\u{41} œuvre Łódź"
TABLE = {
    "caption": "Plan de financement",
    "header": ["Financeur", "Accordé"],
    "rows": [[NASTY, Decimal("4500.50")], ["Région", None]],
    "numeric": [1],
    "total": ["Total", Decimal("4500.50")],
}
LETTER = {
    "title": "Lettre à l'élève",
    "sender": {"name": "Émetteur", "lines": ["2 rue de la Mairie"]},
    "place": "Alès",
    "recipient": {"name": NASTY, "lines": ["1 rue Haute"]},
    "references": [["Dossier", "2027-014"]],
    "subject": NASTY,
    "body": ["Madame,\nMonsieur,", {"items": ["un", NASTY]}, {"table": TABLE}, "Cordialement."],
    "signatory": {"name": "Claire Martin", "title": "La directrice"},
    "copies": ["l'État"],
    "annexes": [{"title": "Annexe", "table": TABLE}],
}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 2"><rect width="6" height="2"/></svg>'
REPORT = {
    "title": "Rapport d'activité",
    "organisation": "Émetteur",
    "key_figures": [{"value": "41", "label": "actions"}, {"value": Decimal("96000"), "label": "enveloppe"}],
    "sections": [
        {"title": f"Partie {number}", "paragraphs": [NASTY * 10] * 6, "table": TABLE, "page_break": True}
        for number in range(3)
    ]
    + [{"title": "Dessin", "level": 2, "picture": {"svg": PICTURE, "alt": "Deux tiers"}}],
}

pytestmark = pytest.mark.skipif(
    not (settings.FRONT / "fonts" / "ttf").is_dir(), reason="build/front manque : lancez tools/build_front.py"
)


def read(document):
    return pikepdf.open(io.BytesIO(document))


def letters(page):
    """The letters a page shows, through the ToUnicode maps of its fonts."""
    shown = []
    maps = {name: _unicode_map(font) for name, font in page.Resources.Font.items()}
    current = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = maps[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            for piece in operands[0] if str(operator) == "TJ" else operands:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece)
                    shown += [current.get(codes[at : at + 2].hex(), "?") for at in range(0, len(codes), 2)]
    return "".join(shown)


def _unicode_map(font):
    found = {}
    inside = False
    for line in font.ToUnicode.read_bytes().decode("latin-1").splitlines():
        inside = "beginbfchar" in line or (inside and "endbfchar" not in line)
        parts = line.replace("<", " ").replace(">", " ").split()
        if inside and len(parts) == 2 and "begin" not in line:
            found[parts[0].lower()] = bytes.fromhex(parts[1]).decode("utf-16-be")
    return found


@pytest.mark.parametrize(("template", "data"), [("letter", LETTER), ("report", REPORT)])
def test_a_document_is_tagged_titled_and_in_french(template, data):
    with read(typeset(f"toolkit/typst/{template}.typ", data, now=NOW)) as pdf:
        assert str(pdf.Root.Lang).startswith("fr")
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == data["title"]
            assert metadata["pdfuaid:part"] == "1"


def test_what_people_wrote_is_printed_as_it_is_and_never_run():
    with read(typeset("toolkit/typst/letter.typ", LETTER, now=NOW)) as pdf:
        text = letters(pdf.pages[0]).replace("\u00ad", "")
    assert NASTY.replace(" ", "") in text.replace(" ", "")


def test_amounts_days_and_accents_are_written_in_french():
    with read(typeset("toolkit/typst/letter.typ", LETTER, now=NOW)) as pdf:
        text = letters(pdf.pages[0]).replace("\u00a0", " ")
    assert "4 500,50 €" in text
    assert "Alès, le 12 février 2027" in text


def test_the_same_document_has_the_same_bytes():
    first, second = (typeset("toolkit/typst/letter.typ", LETTER, now=NOW) for _ in range(2))
    assert first == second


def test_only_our_family_is_embedded():
    with read(typeset("toolkit/typst/report.typ", REPORT, now=NOW)) as pdf:
        names = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert names
    assert all("SourceSans3" in name for name in names), names


def test_two_letters_and_a_report_of_five_pages_take_less_than_a_second_each():
    typeset("toolkit/typst/letter.typ", LETTER, now=NOW)
    for template, data in [("letter", LETTER), ("letter", LETTER | {"title": "Autre"}), ("report", REPORT)]:
        started = time.perf_counter()
        document = typeset(f"toolkit/typst/{template}.typ", data, now=NOW)
        assert time.perf_counter() - started < 1
    with read(document) as pdf:
        assert len(pdf.pages) >= 5


def test_data_that_lacks_a_place_says_where():
    with pytest.raises(TypesettingFailed, match="subject"):
        typeset("toolkit/typst/letter.typ", {k: v for k, v in LETTER.items() if k != "subject"}, now=NOW)


@pytest.mark.parametrize(
    ("typed", "drawn"), [("Fête 🎉 du 3", "Fête ? du 3"), ("club جمعية", "club ?????"), ("a\x07b", "a?b")]
)
def test_a_sign_the_font_cannot_draw_does_not_keep_the_document_from_being_made(typed, drawn):
    """One emoji in one title must not forbid the report of a whole campaign, or a letter."""
    document = typeset("toolkit/typst/report.typ", REPORT | {"organisation": typed}, now=NOW)

    assert drawn in "".join(letters(page) for page in read(document).pages)
