"""State machines as data: a table of steps you can read, test and draw."""

from collections.abc import Iterator
from dataclasses import dataclass


class IllegalStep(Exception):
    """The step does not start from the current state. Its text is a French sentence."""


@dataclass(frozen=True)
class Step:
    name: str
    sources: tuple[str, ...]
    target: str
    label: str


class Flow:
    """The steps of one lifecycle: an initial state, then one Step(name, sources, target, label) per arrow."""

    def __init__(self, initial: str, *steps: Step) -> None:
        self.initial = initial
        self.steps = {step.name: step for step in steps}

    def open_to(self, state: str) -> Iterator[Step]:
        return (step for step in self.steps.values() if state in step.sources)

    def allows(self, name: str, state: str) -> bool:
        return state in self.steps[name].sources

    def after(self, name: str, state: str) -> str:
        """The state reached by the step `name`; raises IllegalStep when it does not start from `state`."""
        step = self.steps[name]
        if state not in step.sources:
            label = getattr(state, "label", state)
            raise IllegalStep(f"« {step.label} » n'est plus possible : l'état est « {label} ».")
        return step.target

    def mermaid(self) -> str:
        arrows = [
            f"    {source} --> {step.target}: {step.label}"
            for step in self.steps.values()
            for source in step.sources
        ]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.initial}", *arrows])
