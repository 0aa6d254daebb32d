"""Who is asking, as a Standing."""

from django.utils.timezone import localdate

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.queries import standing
from faubourg.contracts.rules import Standing


def who(request: SignedInRequest) -> Standing:
    """What the person behind the request is today."""
    return standing(request.user, localdate())
