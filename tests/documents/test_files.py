"""A file is kept when it is what it says, refused with a sentence when it is not."""

import hashlib
import io
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from faubourg.documents.actions import keep, store
from faubourg.documents.models import Document
from faubourg.documents.queries import as_download, is_intact, upload_help
from faubourg.documents.rules import clean_name, content_errors, size_errors
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW

WORD = "word/document.xml"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def pdf(**saving):
    file = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(file, **saving)
    return file.getvalue()


def image(kind):
    file = io.BytesIO()
    Image.new("RGB", (20, 20), "green").save(file, kind)
    return file.getvalue()


def archive(members, first=None):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


def docx(**more):
    return archive({"[Content_Types].xml": TYPES, WORD: "<document/>", **more})


def odt(content="<office/>", **more):
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **more})


def xlsx():
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("statuts.pdf", pdf()),
        ("STATUTS.PDF", pdf()),
        ("photo.jpg", image("JPEG")),
        ("photo.jpeg", image("JPEG")),
        ("photo.png", image("PNG")),
        ("lettre.docx", docx()),
        ("budget.xlsx", xlsx()),
        ("lettre.odt", odt()),
        ("rib de banque.pdf", pdf(encryption=pikepdf.Encryption(owner="banque", user=""))),
    ],
)
def test_the_papers_people_have_are_kept(name, content):
    assert content_errors(name, content) == []


BOMB = archive({"[Content_Types].xml": TYPES, WORD: b"0" * 60_000_000})


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rib.pdf", image("PNG"), "Ce fichier s'appelle rib.pdf mais n'est pas un PDF"),
        ("rib.pdf", b"<html><script>alert(1)</script>", "n'est pas un PDF"),
        ("rib.pdf", b"%PDF-1.7\nn'importe quoi", "abîmé"),
        ("rib.pdf", pdf()[:200], "abîmé"),
        ("rib.pdf", pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "mot de passe"),
        ("photo.jpg", image("PNG"), "n'est pas une image JPEG"),
        ("photo.png", image("PNG")[:80], "coupée"),
        ("photo.svg", b"<svg/>", "pas d'un type accepté"),
        ("virus.exe", b"MZ", "pas d'un type accepté"),
        ("sans_extension", pdf(), "pas d'un type accepté"),
        ("lettre.docx", b"PK\x03\x04abc", "n'est pas un document Word"),
        ("lettre.docx", odt(), "n'est pas un document Word"),
        ("lettre.docx", xlsx(), "n'est pas un document Word"),
        ("lettre.docx", docx(**{"word/vbaProject.bin": "x"}), "macros"),
        ("lettre.docx", docx(**{"../../etc/passwd": "x"}), "n'est pas un document Word"),
        ("lettre.docx", docx(**{"C:/windows": "x"}), "n'est pas un document Word"),
        ("lettre.docx", BOMB, "démesuré"),
        ("lettre.odt", docx(), "n'est pas un document LibreOffice"),
        ("lettre.odt", odt('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "n'est pas un document LibreOffice"),
        ("lettre.odt", odt(**{"Basic/Standard/Module1.xml": "x"}), "macros"),
        ("budget.ods", odt(), "n'est pas un classeur LibreOffice"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_way_out(name, content, said):
    errors = content_errors(name, content)

    assert len(errors) == 1
    assert said in errors[0]
    assert errors[0].endswith(".")


@pytest.mark.parametrize(
    ("size", "refused"), [(0, True), (1, False), (10 * 1024**2, False), (10 * 1024**2 + 1, True)]
)
def test_the_size_limit_is_exact(size, refused):
    assert bool(size_errors("a.pdf", size, 10)) is refused


def test_the_limit_is_said_beforehand():
    assert "10\u00a0Mo au plus" in upload_help()
    assert "PDF" in upload_help()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Mes documents\\RIB  2026.pdf", "RIB  2026.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("é" * 300 + ".pdf", "é" * 140 + ".pdf"),
        ("   ", "fichier"),
    ],
)
def test_a_name_loses_its_folders_and_its_tricks(given, kept):
    assert clean_name(given) == kept


@pytest.mark.django_db
def test_a_kept_file_comes_back_as_a_download_and_nothing_else(editor):
    content = pdf()
    document = store(SimpleUploadedFile("Attestation été.pdf", content), actor=editor, now=NOW)

    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.size == len(content)
    assert "Attestation" not in document.file.name
    response = as_download(document)
    assert b"".join(response.streaming_content) == content
    response.close()
    assert response["Content-Disposition"].startswith("attachment;")
    assert "Attestation%20%C3%A9t%C3%A9.pdf" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.django_db
def test_the_type_is_ours_not_the_browsers(editor):
    upload = SimpleUploadedFile("photo.png", image("PNG"), content_type="text/html")

    assert store(upload, actor=editor, now=NOW).content_type == "image/png"


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing_behind(editor):
    with pytest.raises(Refusal) as refusal:
        store(SimpleUploadedFile("rib.pdf", b"non"), actor=editor, now=NOW, field="paper")

    assert list(refusal.value.errors) == ["paper"]
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_a_file_changed_on_the_disk_is_noticed():
    document = keep(pdf(), "lettre.pdf", "application/pdf", actor=None, now=NOW)

    assert is_intact(document)
    with open(document.file.path, "ab") as file:
        file.write(b"!")
    assert not is_intact(document)


def _with_action(place, kind):
    document = pikepdf.new()
    page = document.add_blank_page()
    action = pikepdf.Dictionary(S=pikepdf.Name(kind), F=pikepdf.String("calc.exe"))
    if place == "document":
        document.Root.OpenAction = action
    elif place == "page":
        page.obj.AA = pikepdf.Dictionary(O=action)
    else:
        page.obj.Annots = pikepdf.Array([None, pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)])
    return _saved(document)


def _carrying(name):
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments[name] = b"contenu"
    return _saved(document)


def _saved(document):
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "is_kept"),
    [
        (_with_action("document", "/Launch"), False),
        (_with_action("page", "/Launch"), False),
        (_with_action("note", "/Launch"), False),
        (_with_action("note", "/URI"), True),
        (_with_action("document", "/JavaScript"), True),
        (_carrying("facture.exe"), False),
        (_carrying("facture.pdf.js"), False),
        (_carrying("factur-x.xml"), True),
    ],
)
def test_a_pdf_that_starts_or_carries_a_program_is_refused(content, is_kept):
    """The Cerfa itself computes its totals with a script: that one may stay."""
    found = content_errors("statuts.pdf", content)

    assert found == [] if is_kept else "programme" in found[0]
