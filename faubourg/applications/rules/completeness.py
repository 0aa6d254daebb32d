"""What a dossier still lacks before it may be filed (PRG-2, GEO-6, GEO-9, B3.9). Drafts refuse nothing."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from stdnum.fr import siret as siret_number

from faubourg.applications.rules.answers import Answers, Problem
from faubourg.applications.rules.budget import balance_problems
from faubourg.applications.rules.copying import questions
from faubourg.applications.states import Part
from faubourg.toolkit.days import format_day

INDICATORS_MINIMUM = 2
"""Asked by every call (PRG-2): a choice of the product, no figure of the law or of the contract."""


SPARED = ("expected_results", "place", "mainstream_sought", "relay_plan", "indicator-0-label")
"""What a dossier of the short form may leave unanswered; answered wrong, it is still said."""


_STRUCTURE = {
    "name": "Indiquez le nom de la structure.",
    "siret": "Indiquez le SIRET de la structure : 14 chiffres.",
    "address": "Indiquez l'adresse de la structure.",
    "postcode": "Indiquez le code postal de la structure.",
    "town": "Indiquez la commune de la structure.",
    "email": "Indiquez un courriel où joindre la structure.",
    "purpose": "Dites en une phrase l'objet de la structure.",
    "legal_representative": "Nommez le représentant légal de la structure.",
    "legal_representative_title": "Donnez la qualité du représentant légal, par exemple « présidente ».",
}
_PROJECT = {
    "title": "Donnez un intitulé à l'action.",
    "need": "Dites à quel besoin répond l'action.",
    "description": "Décrivez ce que vous ferez.",
    "expected_results": "Dites ce qui aura changé grâce à l'action.",
}
_AUDIENCE = {
    "audience": "Dites à qui s'adresse l'action.",
    "place": "Dites où l'action se tient.",
}


def problems(answers: Answers) -> tuple[Problem, ...]:
    """Everything missing or wrong, in the order of the form; what is typed wrong is not also missing."""
    found = [*_typed_wrong(answers), *_taken_over(answers)]
    wrong = {(problem.part, problem.field) for problem in found}
    rules = (_structure, _project, _audience, _schedule, _budget, _outside_qpv, _papers, _attestations)
    spared = SPARED if answers.is_short else ()
    found += [
        problem
        for rule in rules
        for problem in rule(answers)
        if (problem.part, problem.field) not in wrong and problem.field not in spared
    ]
    order = list(Part)
    return tuple(sorted(found, key=lambda problem: order.index(problem.part)))


def asked_above_ceiling(answers: Answers) -> tuple[Problem, ...]:
    """What is unanswered and only the whole form asks: to fill when more than the ceiling is asked."""
    if answers.short_form_ceiling is None:
        return ()
    whole = problems(replace(answers, short_form_ceiling=None))
    return tuple(problem for problem in whole if problem.field in SPARED and problem.blocks)


def _typed_wrong(answers: Answers) -> Iterator[Problem]:
    for part, fields in answers.wrong.items():
        for name, sentences in fields.items():
            for sentence in sentences:
                yield Problem(Part(part), name, sentence)


def _taken_over(answers: Answers) -> Iterator[Problem]:
    """What comes from last year is read again by somebody before it is filed (pairs-subventions 4.6)."""
    for part, names in answers.to_confirm.items():
        found = questions(names)
        if found:
            said = ", ".join(one.label for one in found)
            yield Problem(
                Part(part),
                found[0].anchor or found[0].name,
                f"Relisez ce qui vient du dossier précédent ({said}), puis enregistrez cette étape.",
            )


def _structure(answers: Answers) -> Iterator[Problem]:
    for name, sentence in _STRUCTURE.items():
        if not answers.structure.get(name, "").strip():
            yield Problem(Part.STRUCTURE, name, sentence)
    number = answers.structure.get("siret", "")
    if number and not siret_number.is_valid(number):
        yield Problem(Part.STRUCTURE, "siret", "Le SIRET de la structure est faux : vérifiez chaque chiffre.")
    if answers.is_association and not answers.structure.get("rna"):
        yield Problem(
            Part.STRUCTURE,
            "rna",
            "Le numéro RNA de l'association n'est pas indiqué : il vous sera demandé.",
            blocks=False,
        )


def _project(answers: Answers) -> Iterator[Problem]:
    yield from _missing_texts(Part.PROJECT, _PROJECT, answers)
    if not answers.recurrence:
        yield Problem(Part.PROJECT, "recurrence", "Dites si c'est une première demande ou un renouvellement.")
    if not answers.objectives_count:
        yield Problem(
            Part.PROJECT, "objectives", "Choisissez au moins un objectif du contrat parmi ceux de l'appel."
        )
    for label in answers.closed_objectives:
        yield Problem(
            Part.PROJECT, "objectives", f"« {label} » n'est pas ouvert dans cet appel : décochez-le."
        )
    if answers.indicators_count < INDICATORS_MINIMUM:
        missing = INDICATORS_MINIMUM - answers.indicators_count
        yield Problem(
            Part.PROJECT,
            "indicator-0-label",
            f"Proposez au moins deux indicateurs avec leur valeur attendue : il en manque {missing}.",
        )


def _audience(answers: Answers) -> Iterator[Problem]:
    yield from _missing_texts(Part.AUDIENCE, _AUDIENCE, answers)
    participants = answers.participants_count
    if not participants:
        yield Problem(
            Part.AUDIENCE, "participants_count", "Dites combien de personnes participeront en tout."
        )
    yield from _territories(answers)
    if participants and answers.residents_count > participants:
        yield Problem(
            Part.AUDIENCE,
            "participants_count",
            f"Vous visez {answers.residents_count} habitants pour {participants} participants : "
            "les habitants comptent parmi les participants, corrigez l'un des deux.",
        )
    if not answers.texts.get("mainstream_sought", "").strip():
        yield Problem(
            Part.AUDIENCE,
            "mainstream_sought",
            "Dites quels crédits de droit commun vous avez demandés : le comité vous le demandera.",
            blocks=False,
        )


def _territories(answers: Answers) -> Iterator[Problem]:
    """GEO-9: no resident of a QPV and no vulnerable territory, no dossier."""
    if not answers.aimed_at:
        yield Problem(
            Part.AUDIENCE,
            answers.territories[0].field if answers.territories else "territories",
            "Dites combien d'habitants d'un quartier de l'appel seront touchés : une action qui n'en vise "
            "aucun ne relève pas du contrat de ville.",
        )
    for territory in answers.aimed_at:
        if not territory.is_open:
            yield Problem(
                Part.AUDIENCE,
                territory.field,
                f"« {territory.name} » n'est pas ouvert dans cet appel : effacez son nombre d'habitants.",
            )


def _schedule(answers: Answers) -> Iterator[Problem]:
    starts_on, ends_on = answers.starts_on, answers.ends_on
    if starts_on is None:
        yield Problem(Part.SCHEDULE, "starts_on", "Indiquez le premier jour de l'action.")
    if ends_on is None:
        yield Problem(Part.SCHEDULE, "ends_on", "Indiquez le dernier jour de l'action.")
    if starts_on and ends_on and ends_on < starts_on:
        yield Problem(Part.SCHEDULE, "ends_on", "L'action finit avant d'avoir commencé : corrigez une date.")
    if starts_on and starts_on.year != answers.year:
        yield Problem(
            Part.SCHEDULE,
            "starts_on",
            f"L'appel porte sur {answers.year} : l'action commence entre le 1er janvier et le "
            f"31 décembre {answers.year}.",
        )
    yield from _last_day(answers)


def _last_day(answers: Answers) -> Iterator[Problem]:
    """The year of the call, or those of a multi-year agreement (PRG-4, PRG-11)."""
    years = answers.figures.agreement_years if answers.is_multi_year else 1
    if answers.ends_on is None or years is None:
        return
    last = date(answers.year + years - 1, 12, 31)
    if answers.ends_on <= last:
        return
    sentence = f"L'action finit au plus tard le {format_day(last)}"
    if answers.is_multi_year:
        sentence += f" : {years} exercices."
    elif answers.figures.agreement_years:
        sentence += f", ou demande une convention de {answers.figures.agreement_years} ans."
    else:
        sentence += "."
    yield Problem(Part.SCHEDULE, "ends_on", sentence)


def _budget(answers: Answers) -> Iterator[Problem]:
    budget = answers.budget
    if not budget.requested:
        yield Problem(
            Part.BUDGET, "asked", "Demandez un montant à au moins un financeur de l'appel, au compte 74."
        )
    if not budget.expenses:
        yield Problem(Part.BUDGET, "line-60-0-label", "Inscrivez au moins une charge au budget.")
    for asked in budget.asked:
        if asked.is_structure_aid and not answers.is_social_centre:
            yield Problem(
                Part.BUDGET,
                f"asked-{asked.envelope_id}",
                f"« {asked.funder} » demande un agrément « centre social » de la CAF en cours : joignez-le à "
                "la fiche de la structure, ou effacez ce montant. Le reste du dossier n'est pas en cause.",
            )
    for sentence in balance_problems(budget):
        yield Problem(Part.BUDGET, "balance", sentence)


def _outside_qpv(answers: Answers) -> Iterator[Problem]:
    """GEO-6 (l. 271-273): annual, co-financed by a local authority, with a way back to ordinary funding."""
    if not answers.is_p147_outside_qpv:
        return
    why = "Hors quartier prioritaire, les crédits P147"
    if answers.is_multi_year:
        yield Problem(
            Part.SCHEDULE, "is_multi_year", f"{why} sont annuels : retirez la convention pluriannuelle."
        )
    months, starts_on, ends_on = answers.figures.outside_qpv_months, answers.starts_on, answers.ends_on
    if months and starts_on and ends_on and ends_on >= _months_later(starts_on, months):
        yield Problem(Part.SCHEDULE, "ends_on", f"{why} sont annuels : l'action dure {months} mois au plus.")
    if not answers.budget.local_authority_income:
        yield Problem(
            Part.BUDGET,
            "line-74C-0-label",
            f"{why} demandent le cofinancement d'une collectivité : inscrivez ce que la commune, "
            "l'intercommunalité, le Département ou la Région apporte.",
        )
    if not answers.texts.get("relay_plan", "").strip():
        yield Problem(
            Part.AUDIENCE,
            "relay_plan",
            f"{why} sont ponctuels : dites comment le droit commun prendra le relais{_in_years(answers)}. "
            "Il le faudra avant la décision.",
            blocks=False,
        )


def _papers(answers: Answers) -> Iterator[Problem]:
    for key, label in answers.missing_papers.items():
        yield Problem(Part.PAPERS, f"paper-{key}", f"Joignez la pièce « {label} ».")


def _attestations(answers: Answers) -> Iterator[Problem]:
    if answers.is_association and not answers.republican_pledge:
        yield Problem(
            Part.SIGNATURE,
            "republican_pledge",
            "Une association souscrit le contrat d'engagement républicain pour demander une subvention.",
        )
    if not answers.is_up_to_date:
        yield Problem(
            Part.SIGNATURE, "is_up_to_date", "Attestez que la structure est à jour de ses obligations."
        )
    if not answers.is_accurate:
        yield Problem(Part.SIGNATURE, "is_accurate", "Attestez que les informations du dossier sont exactes.")


def _missing_texts(part: Part, sentences: Mapping[str, str], answers: Answers) -> Iterator[Problem]:
    for name, sentence in sentences.items():
        if not answers.texts.get(name, "").strip():
            yield Problem(part, name, sentence)


def _in_years(answers: Answers) -> str:
    years = answers.figures.relay_years
    return f" dans {years} an{'s' if years > 1 else ''}" if years else ""


def _months_later(day: date, months: int) -> date:
    """The same day of the month, months later; the day after the month's last when there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = monthrange(first.year, first.month)[1]
    return first + timedelta(days=min(day.day - 1, last))
