"""A file to read: a workbook of questions, a table of answers."""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from django import forms

MEGABYTES = 3
"""What the page may carry along packed: less than the server takes in a form."""


class FileForm(forms.Form):
    file = forms.FileField(label="Fichier", help_text=f"{MEGABYTES} Mo au plus.")

    def clean_file(self) -> bytes:
        file: Any = self.cleaned_data["file"]
        if file is None:
            return b""
        if file.size > MEGABYTES * 1024**2:
            raise forms.ValidationError(f"Ce fichier est trop gros : {MEGABYTES} Mo au plus.")
        return bytes(file.read())


class AnswersForm(FileForm):
    """A table of answers: chosen, then kept in the page that shows what it holds, never by the server."""

    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["file"].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        content = self.cleaned_data.get("file") or unpacked(self.cleaned_data.get("kept", ""))
        if not content and not self.errors:
            self.add_error("file", "Choisissez un fichier qui n'est pas vide.")
        return {"content": content}


def packed(content: bytes) -> str:
    return urlsafe_b64encode(zlib.compress(content)).decode()


def unpacked(kept: str) -> bytes:
    """What `packed` made, or nothing when somebody has changed it."""
    try:
        return zlib.decompressobj().decompress(urlsafe_b64decode(kept), MEGABYTES * 1024**2)
    except (ValueError, zlib.error):
        return b""
