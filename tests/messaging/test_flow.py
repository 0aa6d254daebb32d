"""The life of a letter has two ends and no dead branch."""

from faubourg.messaging.states import ARRIVES, MESSAGE_FLOW, MessageState


def test_a_letter_ends_sent_or_put_aside():
    """An end is a state no step leaves; every state is reached, or is where its reader wants the letter."""
    left = {source for step in MESSAGE_FLOW.steps.values() for source in step.sources}
    reached = {step.target for step in MESSAGE_FLOW.steps.values()} | {MESSAGE_FLOW.initial}
    reached |= set(ARRIVES.values())
    assert set(MessageState) - left == {
        MessageState.SENT,
        MessageState.DISCARDED,
        MessageState.GATHERED,
        MessageState.SILENCED,
    }
    assert reached == set(MessageState)
