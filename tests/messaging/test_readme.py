from pathlib import Path

from faubourg.messaging.states import MESSAGE_FLOW, MessageState


def test_the_drawing_in_the_readme_is_the_flow():
    readme = Path("faubourg/messaging/README.md").read_text()
    assert f"```mermaid\n{MESSAGE_FLOW.mermaid()}\n```" in readme


def test_a_letter_ends_sent_or_put_aside():
    """An end is a state no step leaves; every state is reached."""
    left = {source for step in MESSAGE_FLOW.steps.values() for source in step.sources}
    reached = {step.target for step in MESSAGE_FLOW.steps.values()} | {MESSAGE_FLOW.initial}
    assert set(MessageState) - left == {MessageState.SENT, MessageState.DISCARDED}
    assert reached == set(MessageState)
