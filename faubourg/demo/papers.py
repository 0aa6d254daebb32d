"""Small PDF files for the papers of the story: real files, plainly marked as fictitious."""

from functools import cache
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile


def paper(label: str, owner: str) -> SimpleUploadedFile:
    """A one-page PDF that says what it stands for."""
    return SimpleUploadedFile(f"{label}.pdf", _page(label, owner), "application/pdf")


@cache
def _page(label: str, owner: str) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    lines = (label, owner, "Document fictif : démonstration de Faubourg, sans aucune valeur.")
    shown = b"".join(b"(%s) Tj 0 -28 Td " % _escaped(line) for line in lines)
    page.Contents = pdf.make_stream(b"BT /F1 15 Tf 60 740 Td " + shown + b"ET")
    file = BytesIO()
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


def _escaped(line: str) -> bytes:
    text = line.replace("œ", "oe").encode("cp1252", "replace")
    return text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
