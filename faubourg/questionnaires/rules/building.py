"""Changing a definition question by question: each function gives a new definition."""

from collections.abc import Iterable

from faubourg.questionnaires.rules.definition import Choice, Definition, Group, Labels, Question

UP, DOWN = "up", "down"


def fresh_name(prefix: str, taken: Iterable[str]) -> str:
    """The first of q1, q2… that nobody bears."""
    known, number = set(taken), 1
    while f"{prefix}{number}" in known:
        number += 1
    return f"{prefix}{number}"


def choices_from(labels: dict[str, list[str]], before: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """One choice per French line; the other languages follow line by line. A line keeps the name it had."""
    french = labels["fr"]
    kept = {choice.labels.get("fr"): choice.name for choice in before}
    names: list[str] = []
    for line in french:
        known = kept.get(line)
        names.append(known if known and known not in names else "")
    taken = {*names, *kept.values()}
    choices = []
    for rank, line in enumerate(french):
        if not names[rank]:
            names[rank] = fresh_name("c", taken)
            taken.add(names[rank])
        said = {code: lines[rank] for code, lines in labels.items() if rank < len(lines) and lines[rank]}
        choices.append(Choice(name=names[rank], labels={**said, "fr": line}))
    return tuple(choices)


def with_question(definition: Definition, question: Question, group: str) -> Definition:
    """Put at the end of a group; a question already there keeps its place, unless it changes group."""
    holder = next((one for one in definition.groups if question.name in _names(one)), None)
    if holder is not None and holder.name == group:
        swapped = (question if one.name == question.name else one for one in holder.questions)
        return _with_group(definition, holder.model_copy(update={"questions": tuple(swapped)}))
    cleared = without_question(definition, question.name)
    target = next(one for one in cleared.groups if one.name == group)
    return _with_group(cleared, target.model_copy(update={"questions": (*target.questions, question)}))


def without_question(definition: Definition, name: str) -> Definition:
    groups = (
        group.model_copy(update={"questions": tuple(one for one in group.questions if one.name != name)})
        for group in definition.groups
    )
    return Definition(groups=tuple(groups))


def moved(definition: Definition, name: str, way: str) -> Definition:
    """One place up or down inside its group; at the end, nothing changes."""
    for group in definition.groups:
        names = _names(group)
        if name in names:
            rank = names.index(name)
            other = rank - 1 if way == UP else rank + 1
            questions = list(group.questions)
            if 0 <= other < len(questions):
                questions[rank], questions[other] = questions[other], questions[rank]
            return _with_group(definition, group.model_copy(update={"questions": tuple(questions)}))
    return definition


def with_group_named(definition: Definition, name: str, labels: Labels) -> Definition:
    """A new group at the end, or new words for one that exists. An emptied label removes an empty group."""
    known = next((one for one in definition.groups if one.name == name), None)
    if known is not None:
        return _with_group(definition, known.model_copy(update={"labels": labels}))
    return Definition(groups=(*definition.groups, Group(name=name, labels=labels)))


def without_empty_groups(definition: Definition) -> Definition:
    return Definition(groups=tuple(group for group in definition.groups if group.questions))


def _with_group(definition: Definition, group: Group) -> Definition:
    return Definition(groups=tuple(group if one.name == group.name else one for one in definition.groups))


def _names(group: Group) -> list[str]:
    return [one.name for one in group.questions]
