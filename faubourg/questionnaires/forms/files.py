"""A file to read: a workbook of questions, a table of answers."""

from typing import Any

from django import forms

MEGABYTES = 5


class FileForm(forms.Form):
    file = forms.FileField(label="Fichier", help_text=f"{MEGABYTES} Mo au plus.")

    def clean_file(self) -> bytes:
        file: Any = self.cleaned_data["file"]
        if file.size > MEGABYTES * 1024**2:
            raise forms.ValidationError(f"Ce fichier est trop gros : {MEGABYTES} Mo au plus.")
        return bytes(file.read())
