"""The life of a letter has two ends and no dead branch."""

from faubourg.messaging.states import MESSAGE_FLOW, MessageState


def test_a_letter_ends_sent_or_put_aside():
    """An end is a state no step leaves; every state is reached."""
    left = {source for step in MESSAGE_FLOW.steps.values() for source in step.sources}
    reached = {step.target for step in MESSAGE_FLOW.steps.values()} | {MESSAGE_FLOW.initial}
    assert set(MessageState) - left == {MessageState.SENT, MessageState.DISCARDED}
    assert reached == set(MessageState)
