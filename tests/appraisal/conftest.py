from datetime import UTC, datetime
from decimal import Decimal

import pytest

from faubourg.appraisal import actions
from faubourg.governance.actions import meetings
from tests.conftest import NOW
from tests.factories import BodyFactory, FundingRequestFactory, MeetingFactory, complete_application

FILED_AT = datetime(2026, 11, 20, 10, tzinfo=UTC)


class Desk:
    """Dossiers of the cast's call at each moment of the instruction, made through the actions."""

    def __init__(self, cast, officer):
        self.cast, self.officer = cast, officer
        self.count = 0

    def filed(self, title="Jardins partagés", **fields):
        """5 000 € asked from the State; a complete dossier just filed."""
        self.count += 1
        defaults = {
            "applicant": self.cast.applicant, "call": self.cast.call, "envelope": self.cast.state_envelope,
            "title": f"{title} {'abcdefghij'[self.count] * 12}" if self.count > 1 else title,
            "state": "submitted", "number": f"2027-{self.count:03d}", "submitted_at": FILED_AT,
        }  # fmt: skip
        application = complete_application(**(defaults | fields))
        application.search_text = f"{application.number} {application.title}".lower()
        application.save(update_fields=["search_text"])
        return application

    def admissible(self, **fields):
        application = self.filed(**fields)
        actions.declare_admissible(application, actor=self.officer, now=NOW)
        return application

    def appraised(self, **fields):
        application = self.admissible(**fields)
        actions.save_appraisal(
            application,
            actor=self.officer,
            version=0,
            notes={"assessment": "Solide.", "recommendation": "favourable"},
            proposals={self.cast.state_envelope.pk: Decimal(4_500)},
            now=NOW,
        )
        actions.appraise(application, actor=self.officer, now=NOW)
        return application

    def committee(self, *, is_open=False, **fields):
        body = BodyFactory(contracts=[self.cast.contract], kind="programming", name="CTP Santé")
        meeting = MeetingFactory(body=body, title="CTP Santé de février", **fields)
        if is_open:
            meetings.start(meeting, actor=self.officer, now=NOW)
        return meeting

    def tabled(self, meeting=None, **fields):
        """A dossier on the agenda of an open committee."""
        meeting = meeting or self.committee(is_open=True)
        return actions.table(self.appraised(**fields), meeting, actor=self.officer, now=NOW)

    def spoken(self, tabled, stance="favourable"):
        return actions.give_opinion(tabled, actor=self.officer, stance=stance, summary="Utile.", now=NOW)


@pytest.fixture
def desk(cast, officer):
    return Desk(cast, officer)


@pytest.fixture
def ask_county(cast):
    def ask(application, amount):
        return FundingRequestFactory(
            application=application, envelope=cast.county_envelope, requested_amount=Decimal(amount)
        )

    return ask
