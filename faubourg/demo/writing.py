"""The treasurer of the gardens and the GIP write to each other; one answer is still to be read."""

from datetime import datetime, timedelta

from faubourg.applications.models import Application
from faubourg.conversations.actions import open_to_funders, write_post
from faubourg.demo.cast import Cast
from faubourg.demo.clock import tick

ASKED = "Bonjour, un voisin propose de nous prêter son terrain. Faut-il refaire le budget ?"
ANSWERED = (
    "Bonjour, non : inscrivez-le dans les contributions volontaires, hors du total. "
    "Dites-nous seulement jusqu'à quand il le prête."
)
TOLD = "Jusqu'en décembre 2027, il nous l'a écrit. Merci."


def write_to_each_other(cast: Cast, application: Application, *, now: datetime) -> None:
    """A question, its answer opened to the funders, and a word that waits for whoever follows the dossier."""
    hers, mission = cast.person("tresoriere"), cast.person("mission")
    write_post(application, text=ASKED, actor=hers, now=tick(now))
    later = tick(now + timedelta(hours=3))
    answer = write_post(application, text=ANSWERED, actor=mission, now=later)
    open_to_funders(answer, actor=mission, now=later)
    write_post(application, text=TOLD, actor=hers, now=tick(now + timedelta(hours=9)))
