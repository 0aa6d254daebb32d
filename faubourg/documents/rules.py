"""What a file must be to be kept: known by its content, opened by a parser, nothing executable."""

import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers import expat

import filetype
import pikepdf


@dataclass(frozen=True)
class Kind:
    """A kind of file we keep."""

    content_type: str
    name: str
    """What it is called, with its article."""


PDF = Kind("application/pdf", "un PDF")
KINDS = {
    ".pdf": PDF,
    ".jpg": Kind("image/jpeg", "une image JPEG"),
    ".jpeg": Kind("image/jpeg", "une image JPEG"),
    ".png": Kind("image/png", "une image PNG"),
    ".docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "un document Word (.docx)"
    ),
    ".xlsx": Kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "un classeur Excel (.xlsx)"
    ),
    ".odt": Kind("application/vnd.oasis.opendocument.text", "un document LibreOffice (.odt)"),
    ".ods": Kind("application/vnd.oasis.opendocument.spreadsheet", "un classeur LibreOffice (.ods)"),
}
ACCEPTED_WORDS = "PDF, JPEG, PNG, Word (.docx), Excel (.xlsx) ou LibreOffice (.odt, .ods)"

MEMBERS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 5000
MACROS = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS = ("basic/", "scripts/")


def upload_help(megabytes: int) -> str:
    """What is said beforehand, under the field."""
    return f"{ACCEPTED_WORDS}. {megabytes}\u00a0Mo au plus."


def clean_name(name: str) -> str:
    """The name its owner gave, without folders, control or direction characters, at most 150 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(
        letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C"
    )
    stem, dot, extension = kept.strip(" .").rpartition(".")
    if not dot:
        return kept.strip(" .")[:150] or "fichier"
    return f"{stem.strip()[:140] or 'fichier'}.{extension[:9]}"


def size_errors(name: str, size: int, megabytes: int) -> list[str]:
    if size == 0:
        return [f"Le fichier {name} est vide. Choisissez-en un autre."]
    if size > megabytes * 1024 * 1024:
        weight = f"{size / 1024 / 1024:.1f}".replace(".", ",")
        return [
            f"Le fichier {name} pèse {weight}\u00a0Mo et la limite est de {megabytes}\u00a0Mo. Réduisez-le "
            "(numérisez en 200 points par pouce, ou coupez-le en deux)."
        ]
    return []


def content_errors(name: str, content: bytes) -> list[str]:
    """Nothing when the content is what the extension says, and opens; otherwise French sentences."""
    extension = PurePosixPath(name).suffix.lower()
    kind = KINDS.get(extension)
    if kind is None:
        return [f"Le fichier {name} n'est pas d'un type accepté. Envoyez un fichier {ACCEPTED_WORDS}."]
    if extension == ".pdf":
        return _pdf_errors(name, content)
    if extension in (".jpg", ".jpeg", ".png"):
        return _image_errors(name, content, kind)
    return _office_errors(name, content, extension, kind)


def content_type(name: str) -> str:
    return KINDS[PurePosixPath(name).suffix.lower()].content_type


def _not(name: str, kind: Kind) -> str:
    return (
        f"Ce fichier s'appelle {name} mais n'est pas {kind.name}. Ouvrez-le sur votre ordinateur, "
        "enregistrez-le dans ce format, puis envoyez-le de nouveau."
    )


def _pdf_errors(name: str, content: bytes) -> list[str]:
    if b"%PDF-" not in content[:1024]:
        return [_not(name, PDF)]
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if not pdf.pages:
                return [f"Le PDF {name} n'a aucune page. Numérisez le document de nouveau."]
            if _launches(pdf) or not all(_is_data(inside) for inside in pdf.attachments):
                return [
                    f"Le PDF {name} contient un programme ou en lance un : il n'est pas gardé. "
                    "Imprimez-le en PDF, puis envoyez cette copie."
                ]
    except pikepdf.PasswordError:
        return [f"Le PDF {name} demande un mot de passe. Enregistrez-en une copie sans mot de passe."]
    except Exception:  # whatever the parser says of a hostile file, it is not a PDF we keep
        return [f"Le PDF {name} est abîmé : il ne s'ouvre pas. Numérisez ou exportez le document de nouveau."]
    return []


def _launches(pdf: pikepdf.Pdf) -> bool:
    """An action of the document, of a page or of a note on it starts a program. A form's script may stay."""
    holders: list[object] = [pdf.Root]
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        holders += [page.obj, *(notes if isinstance(notes, pikepdf.Array) else ())]
    return any(_starts(holder) for holder in holders)


def _starts(holder: object) -> bool:
    if not isinstance(holder, pikepdf.Dictionary):
        return False
    others = holder.get("/AA")
    actions = [holder.get("/OpenAction"), holder.get("/A")]
    actions += list(others.as_dict().values()) if isinstance(others, pikepdf.Dictionary) else []
    return any(isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Launch" for one in actions)


def _is_data(inside: str) -> bool:
    """A file carried by a PDF is one we would keep by itself, or the data of an invoice."""
    return PurePosixPath(inside).suffix.lower() in (*KINDS, ".xml", ".txt", ".csv")


def _image_errors(name: str, content: bytes, kind: Kind) -> list[str]:
    guess = filetype.guess(content)
    if guess is None or guess.mime != kind.content_type:
        return [_not(name, kind)]
    whole = (
        content.rstrip(b"\0").endswith(b"\xff\xd9") or b"\xff\xd9" in content[-4096:]
        if kind.content_type == "image/jpeg"
        else b"IEND" in content[-64:]
    )
    if not whole:
        return [f"L'image {name} est coupée : l'envoi ou la copie s'est interrompu. Envoyez-la de nouveau."]
    return []


def _office_errors(name: str, content: bytes, extension: str, kind: Kind) -> list[str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _archive_errors(name, archive, len(content), extension, kind)
    except Exception:  # a broken or hostile archive is not a document we keep
        return [_not(name, kind)]


def _archive_errors(
    name: str, archive: zipfile.ZipFile, packed: int, extension: str, kind: Kind
) -> list[str]:
    members = archive.infolist()
    names = [member.filename for member in members]
    lowered = [member.lower() for member in names]
    if any(_climbs(member) for member in names) or len(members) > MAX_MEMBERS:
        return [_not(name, kind)]
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or unpacked > packed * MAX_RATIO:
        return [f"Le fichier {name} se déplie en un contenu démesuré : il n'est pas gardé. Envoyez un PDF."]
    if any(member.endswith(MACROS) or member.startswith(MACRO_FOLDERS) for member in lowered):
        return [f"Le fichier {name} contient des macros. Enregistrez-le sans macro, ou envoyez un PDF."]
    if extension in MEMBERS:
        _parse(archive, "[Content_Types].xml")
        _parse(archive, MEMBERS[extension])
        if b"macroEnabled" in archive.read("[Content_Types].xml"):
            return [f"Le fichier {name} contient des macros. Enregistrez-le sans macro, ou envoyez un PDF."]
    elif archive.read("mimetype").strip().decode("ascii") != kind.content_type:
        return [_not(name, kind)]
    else:
        _parse(archive, "content.xml")
    return [_not(name, kind)] if archive.testzip() else []


def _climbs(member: str) -> bool:
    path = PurePosixPath(member.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in member.split("/")[0]


def _parse(archive: zipfile.ZipFile, member: str) -> None:
    """The part is XML and declares no entity (the "billion laughs" door)."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise ValueError("entity")

    parser.EntityDeclHandler = refuse
    parser.Parse(archive.read(member), True)
