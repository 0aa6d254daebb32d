"""What the search reads of the notes on a dossier, written again when somebody adds to them."""

from collections.abc import Iterator

from faubourg.applications.models import Application
from faubourg.appraisal.models import Appraisal, Correction, InformationRequest, NoteWords, Opinion, Remark
from faubourg.toolkit.word_index import distinct_words


def keep_words(application: Application) -> None:
    """The words of the sheet, of the remarks, of the opinions, of what was asked and answered."""
    NoteWords.objects.update_or_create(
        application=application, defaults={"words": distinct_words(_texts(application))}
    )


def _texts(application: Application) -> Iterator[str]:
    sheet = Appraisal.objects.filter(application=application)
    opinions = Opinion.objects.filter(application=application)
    requests = InformationRequest.objects.filter(application=application)
    for rows in (
        sheet.values_list("admissibility_note", "assessment", "changes_asked"),
        opinions.values_list("summary", "conditions", "other_funding"),
        Remark.objects.filter(tabled__application=application).values_list("speaker", "text"),
        requests.values_list("question", "answer"),
        Correction.objects.filter(request__application=application).values_list("note"),
    ):
        for row in rows:
            yield from row
