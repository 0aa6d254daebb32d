"""A questionnaire: prepare, amend, write its questions, open, close (CON-2, CON-7)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.questionnaires.models import Derogation, Form, Questionnaire
from faubourg.questionnaires.permissions import can_derogate, can_survey
from faubourg.questionnaires.rules.definition import Definition, Group, definition_problems
from faubourg.questionnaires.rules.sensitive import sensitive_questions
from faubourg.questionnaires.states import QUESTIONNAIRE_FLOW
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.folding import fold
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

FIELDS = ("title", "introduction", "languages", "return_places", "consultation")
READABLE = "23456789abcdefghjkmnpqrstuvwxyz"
"""Signs that nobody takes for another one when copying an address from paper."""


@transaction.atomic
def prepare(
    contract: Contract, *, actor: User, now: datetime, is_fictitious: bool = False, **said: Any
) -> Questionnaire:
    """A draft that only the GIP sees, with one empty part to write questions in."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_survey(standing(actor, localdate(now)), contract.pk))
    made = Questionnaire(
        contract=contract, public_code=get_random_string(8, READABLE), is_fictitious=is_fictitious
    )
    _save(made, said)
    first = Definition(groups=(Group(name="p1", labels={"fr": "Vos réponses"}),))
    Form.objects.create(questionnaire=made, number=1, definition=first.model_dump(mode="json"))
    write(actor, "questionnaires.prepare", made, contract_id=contract.pk)
    return made


@transaction.atomic
def amend(questionnaire: Questionnaire, *, actor: User, now: datetime, **said: Any) -> None:
    known = lock_questionnaire(questionnaire)
    demand(can_survey(standing(actor, localdate(now)), known.contract_id))
    before = snapshot(known, FIELDS)
    _save(known, said)
    changes = differences(before, snapshot(known, FIELDS))
    write(actor, "questionnaires.amend", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def save_form(questionnaire: Questionnaire, definition: Definition, *, actor: User, now: datetime) -> Form:
    """Change the questions; once a sheet is printed or an answer received, the change is a new version."""
    known = lock_questionnaire(questionnaire)
    demand(can_survey(standing(actor, localdate(now)), known.contract_id))
    forms = list(known.forms.order_by("-number"))
    allowed = known.derogations.values_list("folded_label", flat=True)
    refused = [one.sentence for one in sensitive_questions(definition, set(allowed))]
    refuse_if({"": [*definition_problems(definition), *_changed_kinds(definition, forms[1:]), *refused]})
    form = forms[0]
    if form.locked_on is not None:
        refuse_if({"": _changed_kinds(definition, forms)})
        form = Form(questionnaire=known, number=form.number + 1)
    form.definition = definition.model_dump(mode="json")
    form.save()
    changes = {"number": form.number, "definition": [one.name for one in definition.questions()]}
    write(actor, "questionnaires.save_form", known, contract_id=known.contract_id, changes=changes)
    return form


@transaction.atomic
def derogate(
    questionnaire: Questionnaire, *, actor: User, label: str, given_by: str, reason: str, now: datetime
) -> None:
    """Allow one question, by its very words: another wording asks for another derogation."""
    known = lock_questionnaire(questionnaire)
    demand(can_derogate(standing(actor, localdate(now)), known.contract_id))
    Derogation.objects.update_or_create(
        questionnaire=known,
        folded_label=fold(label).strip(),
        defaults={
            "label": label.strip(), "given_by": given_by, "reason": reason,
            "recorded_by": actor, "recorded_on": localdate(now),
        },
    )  # fmt: skip
    changes = {"label": label, "given_by": given_by, "reason": reason}
    write(actor, "questionnaires.derogate", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def open_to_answers(questionnaire: Questionnaire, *, actor: User, now: datetime) -> None:
    """Anyone who has the address may answer, from now on."""
    known = lock_questionnaire(questionnaire)
    demand(can_survey(standing(actor, localdate(now)), known.contract_id))
    before, known.state = known.state, QUESTIONNAIRE_FLOW.after("open", known.state)
    asked = known.forms.order_by("-number")[0].asked.asked()
    refuse_if(
        {
            "": [] if asked else ["Écrivez au moins une question avant d'ouvrir."],
            "return_places": []
            if known.return_places.strip()
            else ["Dites où rendre une feuille de papier : l'écran seul laisse des habitants de côté."],
        }
    )
    known.opened_on, known.closed_on = known.opened_on or localdate(now), None
    known.save(update_fields=["state", "opened_on", "closed_on"])
    changes = {"state": [before, known.state]}
    write(actor, "questionnaires.open_to_answers", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def close(questionnaire: Questionnaire, *, actor: User, now: datetime) -> None:
    """No more answers online; the paper already returned is still typed."""
    known = lock_questionnaire(questionnaire)
    demand(can_survey(standing(actor, localdate(now)), known.contract_id))
    before, known.state = known.state, QUESTIONNAIRE_FLOW.after("close", known.state)
    known.closed_on = localdate(now)
    known.save(update_fields=["state", "closed_on"])
    changes = {"state": [before, known.state]}
    write(actor, "questionnaires.close", known, contract_id=known.contract_id, changes=changes)


def lock_questionnaire(questionnaire: Questionnaire) -> Questionnaire:
    """Read again under a row lock, inside the caller's transaction."""
    return Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)


def _save(questionnaire: Questionnaire, said: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(questionnaire, name, said[name])
    questionnaire.title = questionnaire.title.strip()
    questionnaire.languages = ["fr", *(code for code in questionnaire.languages if code != "fr")]
    twins = Questionnaire.objects.filter(contract=questionnaire.contract_id, title=questionnaire.title)
    taken = twins.exclude(pk=questionnaire.pk).exists()
    refuse_if({"title": ["Un questionnaire de ce contrat porte déjà ce titre."] if taken else []})
    questionnaire.save()
    questionnaire.neighbourhoods.set(said["neighbourhoods"])


def _changed_kinds(definition: Definition, forms: list[Form]) -> list[str]:
    """The same name in two versions is the same question: the results add its answers."""
    kinds = {one.name: one.kind for form in forms for one in form.asked.questions()}
    return [
        f"« {one.name} » était une question d'une autre sorte dans une version figée : ajoutez une question."
        for one in definition.questions()
        if kinds.get(one.name, one.kind) != one.kind
    ]
