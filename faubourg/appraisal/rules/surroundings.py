"""The checks that look beyond the dossier: last year's report, envelopes, money of the year, twins, ties."""

from collections.abc import Iterator

from faubourg.applications.rules import Answers
from faubourg.applications.states import Recurrence
from faubourg.appraisal.rules.base import Check, Context, EnvelopeLeft
from faubourg.appraisal.states import Severity
from faubourg.toolkit.days import format_day
from faubourg.toolkit.money import format_euros


def surroundings(answers: Answers, context: Context) -> Iterator[Check]:
    """In the order an officer reads them."""
    yield _last_report(answers, context)
    yield from (_envelope(one) for one in context.envelopes)
    yield from _money_of_the_year(answers, context)
    yield _duplicates(context)
    yield _conflicts(context)
    if number := context.corrections_to_accept:
        said = f"{number} correction{'s' * (number > 1)} du porteur à accepter, ou à redemander."
        yield Check("Compléments reçus", Severity.WARN, said)


def _last_report(answers: Answers, context: Context) -> Check:
    """PRG-4: a missing report stops a renewal, unless a reprieve was granted. Unknown is not received."""
    label, known = f"Bilan {answers.year - 1}", context.last_year
    is_renewal = answers.recurrence == Recurrence.RENEWAL
    if known is None:
        if not is_renewal:
            return Check(label, Severity.OK, "Première demande : aucun bilan de cette action n'est attendu.")
        return Check(label, Severity.WARN, "Non renseigné : notez s'il est attendu, et s'il est reçu.")
    if not known.is_due:
        return Check(label, Severity.OK, "Aucun bilan attendu de ce porteur.")
    if known.received_on:
        return Check(label, Severity.OK, f"Reçu le {format_day(known.received_on)}.")
    if known.reprieve_until and context.today <= known.reprieve_until:
        said = f"Pas reçu. Sursis jusqu'au {format_day(known.reprieve_until)} : {known.reprieve_reason}"
        return Check(label, Severity.WARN, said)
    ended = f" (sursis échu le {format_day(known.reprieve_until)})" if known.reprieve_until else ""
    if is_renewal:
        said = f"Pas reçu{ended} : un renouvellement attend le bilan, ou un sursis motivé."
        return Check(label, Severity.BLOCK, said)
    return Check(label, Severity.WARN, f"Pas reçu{ended} : ce porteur doit un bilan pour une autre action.")


def _envelope(one: EnvelopeLeft) -> Check:
    label = f"Enveloppe · {one.funder}"
    if one.amount is None:
        said = f"{format_euros(one.requested)} demandés ; le montant de l'enveloppe est à confirmer."
        return Check(label, Severity.OK, said)
    left = one.amount - one.proposed_elsewhere
    said = (
        f"{format_euros(one.requested)} demandés, il reste {format_euros(left)} sur "
        f"{format_euros(one.amount)} "
        "une fois comptées les propositions aux autres dossiers"
    )
    if one.requested > left:
        return Check(label, Severity.WARN, f"{said} : il manque {format_euros(one.requested - left)}.")
    return Check(label, Severity.OK, f"{said}.")


def _money_of_the_year(answers: Answers, context: Context) -> Iterator[Check]:
    """B3.1, B3.15, B3.16: strictly over. What is asked is not granted yet: it only warns."""
    if not answers.is_association:
        return
    limits = context.thresholds
    if limits.agreement is not None:
        yield from (
            Check(
                f"Aides de l'année · {funder}",
                Severity.WARN,
                f"{format_euros(amount, cents=True)} demandés par ce porteur en {answers.year}, plus de "
                f"{format_euros(limits.agreement)} : s'ils sont accordés, une convention sera obligatoire.",
            )
            for funder, amount in context.asked_in_the_year
            if amount > limits.agreement
        )
    label, total = "Aides publiques de l'année", context.public_in_the_year
    said = f"{format_euros(total, cents=True)} demandés ou déclarés par ce porteur en {answers.year}"
    duties = []
    if limits.accounts is not None and total > limits.accounts:
        duties.append(
            f"plus de {format_euros(limits.accounts)} : comptes annuels publiés et commissaire aux comptes, "
            "demandez-en la preuve"
        )
    if limits.pay_subsidies is not None and limits.pay_budget is not None and total > limits.pay_subsidies:
        duties.append(
            f"plus de {format_euros(limits.pay_subsidies)} : si le budget annuel de la structure dépasse "
            f"{format_euros(limits.pay_budget)}, elle publie ses trois plus hautes rémunérations"
        )
    if duties:
        yield Check(label, Severity.WARN, f"{said} ; {' ; '.join(duties)}.")
    else:
        yield Check(label, Severity.OK, f"{said}, sous les seuils connus de ce contrat.")


def _duplicates(context: Context) -> Check:
    label = "Doublon possible"
    if context.duplicates:
        said = f"Intitulé proche, même porteur, même année : {', '.join(context.duplicates)}."
        return Check(label, Severity.WARN, said)
    return Check(label, Severity.OK, "Aucun autre dossier de ce porteur n'a un intitulé proche.")


def _conflicts(context: Context) -> Check:
    label = "Liens d'intérêt"
    if context.tied:
        names = ", ".join(context.tied)
        return Check(label, Severity.WARN, f"À l'écart de ce dossier (déport) : {names}.")
    return Check(label, Severity.OK, "Aucune personne ayant un rôle sur le contrat n'est liée au porteur.")
