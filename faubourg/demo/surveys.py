"""What residents are asked on paper and online: 2023 as the contract tells it, then two squares to plant."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from faubourg.consultation.models import Consultation, Gathering
from faubourg.demo import moments
from faubourg.demo.cast import Cast
from faubourg.demo.clock import tick
from faubourg.demo.residents import told as residents_told
from faubourg.demo.story import FOLDER, dice
from faubourg.questionnaires import actions
from faubourg.questionnaires.models import Questionnaire
from faubourg.questionnaires.rules.definition import Choice, Definition, Group, Question
from faubourg.questionnaires.states import QuestionKind

ONE_IN = 3
"""How many of the sheets of 2023 have words on a question, in this story."""


@cache
def told() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(FOLDER / "questionnaires.yaml"))


def bring_back(cast: Cast, seed: int) -> None:
    """The sheets typed in 2023, taken from a table: the counts and the questions of the contract."""
    story, now = told()["past"], moments.at(moments.SETTLED_IN, 19)
    meeting = Gathering.objects.get(consultation__contract=cast.contract, title=residents_told()["meeting"])
    mission, definition = cast.person("mission"), _as_asked(meeting, story["topics"])
    made = _prepare(cast, story, meeting.consultation, definition, now)
    actions.open_to_answers(made, actor=mission, now=tick(now))
    rows = [_sheet(definition, story, rank, meeting.held_on, seed) for rank in range(story["entered"])]
    actions.import_answers(made, actor=mission, rows=rows, now=tick(now))
    actions.close(made, actor=mission, now=tick(now))


def ask_about_squares(cast: Cast) -> None:
    """Open during the workshop: some answer online, twenty sheets came back and wait to be typed."""
    story, mission = told()["current"], cast.person("mission")
    asked, back = moments.at(moments.DRAFTED_ON, 15), moments.at(moments.CONSULTED_ON, 10)
    workshop = Consultation.objects.get(contract=cast.contract, title=residents_told()["workshop"]["title"])
    made = _prepare(cast, story, workshop, Definition.model_validate(story["definition"]), asked)
    actions.open_to_answers(made, actor=mission, now=tick(asked))
    made.refresh_from_db()
    for row in story["batches"]:
        batch = actions.print_batch(
            made, actor=mission, printed=row["printed"], channel=row["channel"], now=tick(asked)
        )
        actions.count_batch(
            batch, actor=mission, handed_out=row["handed_out"], returned=row["returned"], now=tick(back)
        )
    form = made.forms.get()
    for rank, content in enumerate(story["online"]):
        actions.answer(made, form, content=content, reference=f"demonstration-{rank}", now=back)


def _prepare(
    cast: Cast, story: Mapping[str, Any], consultation: Consultation, definition: Definition, now: Any
) -> Questionnaire:
    mission = cast.person("mission")
    made = actions.prepare(
        cast.contract, actor=mission, title=story["title"], introduction=story["introduction"],
        return_places=story["return_places"], languages=[], consultation=consultation,
        neighbourhoods=list(consultation.neighbourhoods.all()), is_fictitious=True, now=tick(now),
    )  # fmt: skip
    actions.save_form(made, definition, actor=mission, now=tick(now))
    return made


def _as_asked(meeting: Gathering, about_topics: str) -> Definition:
    """The topics of the poster to tick, then the questions of the contract, word for word."""
    topics = tuple(
        Choice(name=f"c{rank}", labels={"fr": topic.label})
        for rank, topic in enumerate(meeting.consultation.topics.all(), start=1)
    )
    ticked = Question(name="q0", kind=QuestionKind.SEVERAL, labels={"fr": about_topics}, choices=topics)
    written = tuple(
        Question(name=f"q{one.position}", kind=QuestionKind.TEXT, labels={"fr": one.text})
        for one in meeting.questions.order_by("position")
    )
    return Definition(
        groups=(
            Group(name="p1", labels={"fr": "Les thèmes"}, questions=(ticked,)),
            Group(name="p2", labels={"fr": "Vos réponses"}, questions=written),
        )
    )


def _sheet(
    definition: Definition, story: Mapping[str, Any], rank: int, first: date, seed: int
) -> tuple[str, date, dict[str, Any]]:
    """One sheet: one to three topics, words now and then, a day of that summer."""
    luck = dice(seed, "questionnaire", str(rank))
    ticked, *written = definition.questions()
    names = [choice.name for choice in ticked.choices]
    weights = range(len(names) + 2, 2, -1)
    chosen = set(luck.choices(names, weights, k=luck.randint(1, 3)))
    content: dict[str, Any] = {ticked.name: [name for name in names if name in chosen]}
    for question, words in zip(written, story["words"], strict=True):
        if luck.randrange(ONE_IN) == 0:
            content[question.name] = luck.choice(words)
    return f"2023-{rank + 1}", first + timedelta(days=luck.randint(0, (story["until"] - first).days)), content
