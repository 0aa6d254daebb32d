"""What the search reads of a project, written again when its texts change."""

from faubourg.applications.models import Application, ProjectWords
from faubourg.toolkit.word_index import distinct_words

TEXTS = (
    "title", "need", "description", "expected_results", "partners", "audience", "place", "mainstream_sought",
    "relay_plan", "schedule", "staff",
)  # fmt: skip


def keep_words(application: Application) -> None:
    """The words of the texts and of the indicators of a dossier, as they stand."""
    texts = [getattr(application, name) for name in TEXTS]
    texts += application.indicators.values_list("label", flat=True)
    ProjectWords.objects.update_or_create(application=application, defaults={"words": distinct_words(texts)})
