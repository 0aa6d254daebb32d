"""What runs by itself: answers are added up before anybody asks for the results."""

from datetime import datetime

from faubourg.questionnaires.actions import count_new
from faubourg.questionnaires.queries import with_answers_to_count


def count_answers(now: datetime) -> int:
    """Asked every minute; `now` is that of the clock, no answer keeps it."""
    return sum(count_new(one) for one in with_answers_to_count())
