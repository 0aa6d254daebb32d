"""A rule says no: one sentence per field, gathered before anything is written."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """The request breaks a rule. `errors` maps a field name ("" for the whole) to French sentences."""

    def __init__(self, errors: Mapping[str, list[str]] | str) -> None:
        self.errors: dict[str, list[str]] = {"": [errors]} if isinstance(errors, str) else dict(errors)
        super().__init__(" ".join(sentence for sentences in self.errors.values() for sentence in sentences))


def refuse_if(errors: Mapping[str, list[str]]) -> None:
    """Raise Refusal when at least one field has a sentence against it."""
    found = {name: sentences for name, sentences in errors.items() if sentences}
    if found:
        raise Refusal(found)


def show_on(form: Any, refusal: Refusal) -> None:
    """Put each sentence beside its field, so that nothing typed is lost."""
    for name, sentences in refusal.errors.items():
        form.add_error(name if name in form.fields else None, sentences)
