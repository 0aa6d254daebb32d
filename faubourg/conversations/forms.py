"""Text in: a message."""

from typing import Any

from django import forms

from faubourg.conversations.actions import EMPTY
from faubourg.documents.queries import upload_help
from faubourg.toolkit.fields import LongTextField


class PostForm(forms.Form):
    text = LongTextField(
        label="Votre message",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": EMPTY},
    )
    upload = forms.FileField(label="Un fichier", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = upload_help()
