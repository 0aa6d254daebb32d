"""What can be checked by computing, each check explained in French (PRG-4, PRG-5, GEO-6, GEO-9, DRC-3)."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from faubourg.applications.rules import Answers, Problem, problems
from faubourg.applications.states import Part
from faubourg.appraisal.rules.base import Check, Context
from faubourg.appraisal.rules.surroundings import surroundings
from faubourg.appraisal.states import Severity
from faubourg.toolkit.days import format_day
from faubourg.toolkit.money import format_euros, format_rate

QUOTED = 160
"""Letters of an answer quoted in a check: the whole is beside it."""


def checks(answers: Answers, context: Context) -> list[Check]:
    """Every check, in the order an officer reads them."""
    found = problems(answers)
    return [
        _structure(answers, found),
        _republican_pledge(answers),
        _papers(answers),
        _budget(answers, found),
        _public_share(answers, context),
        _objectives(answers, found),
        _territory(answers, found),
        _period(answers, found),
        *_outside_qpv(answers, context),
        _mainstream(answers),
        _other_answers(found),
        *surroundings(answers, context),
    ]


def blocking(found: Collection[Check]) -> list[str]:
    """Why the dossier stops here; empty when it may go on."""
    return [f"{check.label} : {check.explanation}" for check in found if check.severity == Severity.BLOCK]


def proposal_problem(*, proposed: Decimal, requested: Decimal | None) -> str:
    """Nobody is offered more than was asked, to the cent (PRG-9)."""
    if requested is None:
        return "Ce financeur n'est pas sollicité par le dossier : retirez ce montant."
    if proposed < 0:
        return "Un montant proposé n'est pas négatif."
    if proposed > requested:
        return (
            f"Le montant proposé ({format_euros(proposed)}) dépasse le montant demandé "
            f"({format_euros(requested)}) : proposez au plus ce qui est demandé."
        )
    return ""


# --------------------------------------------------------------------------------------------------


def _structure(answers: Answers, found: Sequence[Problem]) -> Check:
    label = "Structure et SIRET"
    wrong = [problem for problem in found if problem.part == Part.STRUCTURE]
    if any(problem.blocks for problem in wrong):
        return Check(label, Severity.BLOCK, _told(problem for problem in wrong if problem.blocks))
    if wrong:
        return Check(label, Severity.WARN, _told(wrong))
    return Check(label, Severity.OK, f"Identité complète, SIRET {answers.structure['siret']} à la clé juste.")


def _republican_pledge(answers: Answers) -> Check:
    label = "Contrat d'engagement républicain"
    if not answers.is_association:
        return Check(label, Severity.OK, "Demandé aux associations : ce porteur n'en est pas une.")
    if answers.republican_pledge:
        return Check(label, Severity.OK, "Souscrit par l'association.")
    return Check(label, Severity.BLOCK, "Non souscrit : une association doit le souscrire (loi 2021-1109).")


def _papers(answers: Answers) -> Check:
    label = "Pièces demandées"
    if answers.missing_papers:
        return Check(label, Severity.BLOCK, f"Il manque : {', '.join(answers.missing_papers.values())}.")
    return Check(label, Severity.OK, "Toutes les pièces obligatoires sont jointes.")


def _budget(answers: Answers, found: Sequence[Problem]) -> Check:
    label = "Équilibre du budget"
    wrong = [
        problem for problem in found if problem.part == Part.BUDGET and problem.field != "local_authority"
    ]
    if wrong:
        return Check(label, Severity.BLOCK, _told(wrong))
    expenses = format_euros(answers.budget.expenses)
    return Check(
        label, Severity.OK, f"Charges {expenses}, produits {expenses}, contributions en nature égales."
    )


def _public_share(answers: Answers, context: Context) -> Check:
    label = "Part des aides publiques"
    budget = answers.budget
    if not budget.incomes:
        return Check(label, Severity.OK, "Aucun produit au budget : rien à calculer.")
    share = format_rate(budget.public_income, budget.incomes)
    counted = f"{format_euros(budget.public_income)} sur {format_euros(budget.incomes)}, soit {share}"
    maximum = context.maximum_public_share
    if maximum is None:
        return Check(label, Severity.OK, f"{counted}. Aucun seuil n'est fixé aux paramètres du contrat.")
    ceiling = format_rate(maximum, 100)
    if budget.public_income * 100 > maximum * budget.incomes:
        return Check(label, Severity.WARN, f"{counted}, au-delà de {ceiling} : d'autres ressources ?")
    return Check(label, Severity.OK, f"{counted}, dans la limite de {ceiling}.")


def _objectives(answers: Answers, found: Sequence[Problem]) -> Check:
    label = "Objectifs du contrat"
    wrong = [problem for problem in found if problem.field == "objectives"]
    if wrong:
        return Check(label, Severity.BLOCK, _told(wrong))
    count = answers.objectives_count
    return Check(
        label, Severity.OK, f"{count} objectif{'s' * (count > 1)} ouvert{'s' * (count > 1)} dans l'appel."
    )


def _territory(answers: Answers, found: Sequence[Problem]) -> Check:
    label = "Quartiers et part d'habitants"
    fields = {"territories", "participants_count", *(territory.field for territory in answers.territories)}
    wrong = [problem for problem in found if problem.field in fields]
    if wrong:
        return Check(label, Severity.BLOCK, _told(wrong))
    aimed_at = ", ".join(f"{territory.name} ({territory.residents})" for territory in answers.aimed_at)
    share = format_rate(answers.residents_count, answers.participants_count or 0)
    return Check(label, Severity.OK, f"Habitants visés : {aimed_at} ; {share} des participants.")


def _period(answers: Answers, found: Sequence[Problem]) -> Check:
    label = f"Période dans l'exercice {answers.year}"
    wrong = [problem for problem in found if problem.field in ("starts_on", "ends_on")]
    if wrong:
        return Check(label, Severity.BLOCK, _told(wrong))
    return Check(label, Severity.OK, f"Du {format_day(answers.starts_on)} au {format_day(answers.ends_on)}.")


def _outside_qpv(answers: Answers, context: Context) -> Iterator[Check]:
    """GEO-6 (l. 271-273): a to c block; the relay warns at filing, then blocks before the committee."""
    if not answers.is_p147_outside_qpv:
        return
    label = "P147 hors quartier prioritaire"
    if answers.is_multi_year:
        yield Check(label, Severity.BLOCK, "Ces crédits sont annuels : pas de convention pluriannuelle.")
    elif not answers.budget.local_authority_income:
        yield Check(label, Severity.BLOCK, "Aucune collectivité ne cofinance : il en faut une, même modeste.")
    else:
        amount = format_euros(answers.budget.local_authority_income)
        yield Check(label, Severity.OK, f"Soutien annuel, cofinancé par une collectivité ({amount}).")
    if context.outside_qpv_last_year:
        yield Check(
            "Soutien hors quartier, deuxième année",
            Severity.WARN,
            f"Déjà soutenu l'an dernier hors quartier prioritaire ({context.outside_qpv_last_year}) : ce "
            "soutien est ponctuel et exceptionnel (l. 271).",
        )
    relay = answers.texts.get("relay_plan", "").strip()
    label = "Relais par le droit commun"
    if relay:
        yield Check(label, Severity.OK, "Le porteur dit qui prendra le relais.")
    elif context.is_declared_admissible:
        yield Check(label, Severity.BLOCK, "Absent : demandez-le au porteur avant l'inscription en comité.")
    else:
        yield Check(label, Severity.WARN, "Absent : il le faudra avant l'inscription en comité.")


def _mainstream(answers: Answers) -> Check:
    label = "Droit commun sollicité d'abord"
    if said := " ".join(answers.texts.get("mainstream_sought", "").split()):
        quoted = said if len(said) <= QUOTED else f"{said[:QUOTED].rstrip()}…"
        return Check(label, Severity.OK, f"Demandé, et répondu, d'après le porteur : « {quoted} »")
    return Check(
        label, Severity.WARN, "Rien n'est dit : posez la question avant ou pendant le comité (l. 724)."
    )


def _other_answers(found: Sequence[Problem]) -> Check:
    label = "Réponses et attestations"
    fields = ("objectives", "participants_count", "mainstream_sought", "relay_plan")
    wrong = [
        problem
        for problem in found
        if problem.part in (Part.PROJECT, Part.AUDIENCE, Part.SIGNATURE)
        and problem.field not in fields
        and problem.field != "republican_pledge"
        and not problem.field.startswith(("residents-", "territories"))
    ]
    if any(problem.blocks for problem in wrong):
        return Check(label, Severity.BLOCK, _told(wrong))
    if wrong:
        return Check(label, Severity.WARN, _told(wrong))
    return Check(label, Severity.OK, "Le porteur a répondu à tout et atteste.")


def _told(found: Collection[Problem] | Iterator[Problem]) -> str:
    return " ".join(problem.sentence for problem in found)
