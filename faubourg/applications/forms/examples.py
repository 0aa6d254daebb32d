"""An example for each question of a dossier: short, as an association would write it.

They are shown under the help of the question, never in its box: nobody has to erase one.
"""

import re
from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "title": "Jardiner et cuisiner ensemble",
    "recurrence": "vous aviez déposé la même action l'an dernier : « Renouvellement ».",
    "objectives": "un atelier de cuisine pour des parents isolés répond d'abord à l'objectif de lien social.",
    "need": "« À la sortie de l'école, douze parents nous ont dit ne plus sortir de chez eux. L'assistante "
    "sociale du quartier fait le même constat. »",
    "description": "« Un atelier de deux heures chaque mercredi, de février à novembre, avec une animatrice "
    "et deux bénévoles ; une sortie par trimestre. »",
    "expected_results": "« Vingt parents se connaissent et s'entraident ; cinq d'entre eux tiennent "
    "l'atelier sans nous. »",
    "partners": "« Le centre social prête sa cuisine ; l'école informe les familles. »",
    "audience": "« Des parents seuls avec de jeunes enfants, et leurs voisins retraités. »",
    "participants_count": "quarante personnes viennent une ou plusieurs fois dans l'année : 40.",
    "place": "salle commune de la résidence, 4 rue Haute",
    "mainstream_sought": "« La CAF, 3 000 € demandés en octobre : accordés. La commune : refus, son budget "
    "est déjà voté. »",
    "relay_plan": "« En 2029, le centre social reprend l'atelier dans son projet agréé par la CAF. »",
    "starts_on": "le 1er février, si le premier atelier a lieu ce mois-là.",
    "ends_on": "le 30 novembre, jour de la fête qui clôt l'action.",
    "is_multi_year": "l'atelier a lieu chaque année, avec la même équipe : cochez. Une fête unique : ne "
    "cochez pas.",
    "schedule": "« Février : inscriptions. Mars à juin : un atelier par semaine. Juillet : sortie. Septembre "
    "à novembre : ateliers et fête. »",
    "staff": "« Une animatrice salariée, quatre heures par semaine ; deux bénévoles ; une diététicienne, "
    "deux séances. »",
    "republican_pledge": "votre conseil d'administration l'a adopté et l'a affiché dans vos locaux : cochez.",
    "republican_pledge_signed_on": "le jour de la réunion du conseil d'administration qui l'a adopté.",
    "is_up_to_date": "vos cotisations à l'URSSAF sont payées, vos comptes sont approuvés : cochez.",
    "is_accurate": "vous avez écrit au budget tout ce que vous demandez ailleurs : cochez.",
}

_PATTERNED = (
    (r"indicator-\d+-label", ("Ateliers tenus", "Participants différents", "Parents qui animent un atelier")),
    (r"indicator-\d+-target", ("20 ateliers", "40 personnes", "5 parents")),
)
_AIMED_AT = "sur quarante participants, vingt-cinq habitent ce quartier : 25."


def example_of(name: str) -> str:
    """What one might answer to the question of this field; nothing when it needs no example of its own."""
    for pattern, examples in _PATTERNED:
        if re.fullmatch(pattern, name):
            return examples[int(name.split("-")[1]) % len(examples)]
    return _AIMED_AT if name.startswith("residents-") else EXAMPLES.get(name, "")
