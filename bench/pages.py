"""The pages of the bench: who opens them, at which address, and how many F they may cost."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from bench.answers import answering_address
from bench.cast import Cast
from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.applications.states import Part
from faubourg.awards.models import Scenario

ROWS_PER_PAGE = 50
WORDS = "theatre+2027"
"""What is searched: a word without its accent, and the year of the numbers; one dossier in five has both."""


@dataclass(frozen=True)
class Page:
    """One page. `floors` bounds its time in multiples of F, or `milliseconds` says it outright."""

    key: str
    label: str
    user: Callable[[Cast], User]
    address: Callable[[Cast], str]
    floors: float = 2
    milliseconds: float | None = None
    rows: int | str = "–"

    @property
    def is_a_table(self) -> bool:
        """Its rows are those of a call of their own: the campaign may grow without it."""
        return self.floors > 3 or self.milliseconds is not None

    def url(self, cast: Cast) -> str | None:
        """Its address, or None while nobody has written the page."""
        try:
            return self.address(cast)
        except NoReverseMatch:
            return None


def officer(cast: Cast) -> User:
    return cast.officer


def decider(cast: Cast) -> User:
    return cast.decider


def signatory(cast: Cast) -> User:
    return cast.signatory


def campaign(cast: Cast, **asked: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in {"appel": cast.campaign.pk, **asked}.items())
    return f"{reverse('applications:index')}?{query}"


def last_page(cast: Cast) -> int:
    return -(-Application.objects.filter(call=cast.campaign).filed().count() // ROWS_PER_PAGE)


def in_programme(cast: Cast) -> int:
    """A dossier that has gone all the way: six funders, a meeting, opinions, decisions."""
    return Application.objects.filter(call=cast.programme).earliest("id").pk


def in_scenario(cast: Cast) -> int:
    return Scenario.objects.get(call=cast.programme).pk


def draft(cast: Cast) -> int:
    return Application.objects.filter(call=cast.campaign, submitted_at=None).earliest("id").pk


LIST, DEEP = "list", "deep"
FLOOR = Page("floor", "plancher F", officer, lambda cast: reverse("floor"), floors=1, rows=45)
PAGES = (
    Page("home", "accueil du GIP", officer, lambda cast: reverse("portal:home")),
    Page("home-funder", "accueil d'un financeur", decider, lambda cast: reverse("portal:home")),
    Page("home-applicant", "accueil d'un porteur", signatory, lambda cast: reverse("portal:home")),
    Page(LIST, "liste des dossiers", officer, campaign, rows=50),
    Page(DEEP, "liste, dernière page", officer, lambda cast: campaign(cast, page=last_page(cast)), rows=50),
    Page("search", "liste, recherche", officer, lambda cast: campaign(cast, q=WORDS), floors=3),
    Page(
        "search-texts",
        "liste, mot d'un texte",
        officer,
        lambda cast: campaign(cast, q="rare7"),
        floors=2,
    ),
    Page(
        "search-common",
        "liste, mot de tous les textes",
        officer,
        lambda cast: campaign(cast, q="habitants"),
        floors=2,
    ),
    Page(
        "search-list",
        "instruction, recherche",
        officer,
        lambda cast: f"{reverse('appraisal:index')}?q=rare7",
        floors=2,
    ),
    Page(
        "dossier",
        "un dossier",
        officer,
        lambda cast: reverse("portal:application", args=[in_programme(cast)]),
    ),
    Page(
        "neighbourhood",
        "page d'un quartier",
        officer,
        lambda cast: reverse("portal:neighbourhood", args=[cast.neighbourhoods[0].code]),
    ),
    Page(
        "form",
        "formulaire, budget",
        signatory,
        lambda cast: reverse("applications:edit", args=[draft(cast), Part.BUDGET]),
    ),
    Page(
        "committee",
        "tableau du comité",
        officer,
        lambda cast: reverse("appraisal:meeting", args=[cast.meeting.pk]),
        floors=6,
    ),
    Page(
        "programme",
        "tableau de programmation",
        officer,
        lambda cast: reverse("awards:programme", args=[cast.programme.pk]),
        floors=6,
    ),
    Page(
        "scenario",
        "scénario, en écriture",
        officer,
        lambda cast: reverse("awards:scenario", args=[in_scenario(cast)]),
        floors=6,
    ),
    Page(
        "compare",
        "deux répartitions comparées",
        officer,
        lambda cast: (
            f"{reverse('awards:compare_ways', args=[cast.programme.pk])}"
            f"?gauche={in_scenario(cast)}&droite=decisions"
        ),
        floors=6,
    ),
    Page(
        "report",
        "bilan de programmation",
        officer,
        lambda cast: reverse("awards:report", args=[cast.programme.pk]),
        floors=6,
    ),
    Page("answer", "page de réponse", officer, answering_address),
    Page(
        "results",
        "résultats d'un questionnaire",
        officer,
        lambda cast: reverse("questionnaires:results", args=[cast.questionnaire.pk]),
        floors=6,
    ),
    Page(
        "pdf",
        "bilan en PDF",
        officer,
        lambda cast: reverse("awards:report_pdf", args=[cast.programme.pk]),
        milliseconds=1500,
    ),
)
"""The home page and the report are held to those of their likes."""


def chosen(only: str | None) -> list[Page]:
    """All pages, or those whose key starts with one of the names given, comma between."""
    if not only:
        return list(PAGES)
    names = tuple(name.strip() for name in only.split(","))
    return [page for page in PAGES if page.key.startswith(names)]
