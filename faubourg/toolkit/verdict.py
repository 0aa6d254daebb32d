"""An answer to « may this person do that? », with the reason when it is no."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Verdict:
    """Allowed or not; a refusal carries the French sentence the reader will see."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def denied(reason: str) -> Verdict:
    return Verdict(False, reason)


def demand(verdict: Verdict) -> None:
    """Raise PermissionDenied with the reason when the verdict is no."""
    if not verdict:
        raise PermissionDenied(verdict.reason)
