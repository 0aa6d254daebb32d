from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.rules import search_text
from faubourg.calls.models import Call, Criterion, Envelope, RequiredPaper
from tests.factories.contracts import ContractFactory, ObjectiveFactory
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.places import NeighbourhoodFactory


class CallFactory(DjangoModelFactory):
    """An open call of 2027; pass objectives=[…], neighbourhoods=[…] to open them."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    contract = factory.SubFactory(ContractFactory)
    year = 2027
    title = factory.Sequence("Appel à projets {}".format)
    state = "open"
    opens_on = date(2026, 11, 2)
    closes_on = date(2027, 1, 15)
    contact = "GIP, 04 66 00 00 00"

    @factory.post_generation
    def objectives(self, create, extracted, **kwargs):
        self.objectives.set(extracted or [])

    @factory.post_generation
    def neighbourhoods(self, create, extracted, **kwargs):
        self.neighbourhoods.set(extracted or [])


class EnvelopeFactory(DjangoModelFactory):
    class Meta:
        model = Envelope

    call = factory.SubFactory(CallFactory)
    funder = factory.SubFactory(
        OrganisationFactory, kind="state", name=factory.Sequence("Financeur {}".format)
    )
    line = "p147"
    amount = Decimal(100_000)


class RequiredPaperFactory(DjangoModelFactory):
    class Meta:
        model = RequiredPaper

    call = factory.SubFactory(CallFactory)
    label = "Statuts"


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    call = factory.SubFactory(CallFactory)
    label = "Réponse au besoin"


class ApplicationFactory(DjangoModelFactory):
    """A draft. See complete_application for one that may be submitted."""

    class Meta:
        model = Application

    call = factory.SubFactory(CallFactory)
    applicant = factory.SubFactory(OrganisationFactory)
    number = ""
    title = factory.Sequence("Action {}".format)
    created_by = factory.SubFactory(UserFactory)
    created_at = datetime(2026, 11, 10, tzinfo=UTC)
    search_text = factory.LazyAttribute(lambda dossier: search_text(dossier.number, dossier.title))

    class Params:
        filed = factory.Trait(
            state="submitted",
            number=factory.Sequence("2027-{:03d}".format),
            submitted_at=datetime(2026, 12, 1, 10, tzinfo=UTC),
        )


class FundingRequestFactory(DjangoModelFactory):
    class Meta:
        model = FundingRequest

    application = factory.SubFactory(ApplicationFactory)
    envelope = factory.LazyAttribute(lambda request: EnvelopeFactory(call=request.application.call))
    requested_amount = Decimal(5_000)


def complete_application(*, applicant=None, call=None, envelope=None, **fields) -> Application:
    """A draft in which every answer stands: a QPV, an objective, 2 indicators, 6 000 €, 5 000 € asked."""
    call = call or CallFactory()
    neighbourhood = call.neighbourhoods.first() or NeighbourhoodFactory()
    call.neighbourhoods.add(neighbourhood)
    objective = call.objectives.first() or ObjectiveFactory(contract=call.contract)
    call.objectives.add(objective)
    envelope = envelope or call.envelopes.first() or EnvelopeFactory(call=call)
    applicant = applicant or OrganisationFactory(
        address="1 rue Haute", postcode="30500", town="Saint-Ambroix", email="contact@exemple.fr",
        legal_representative="Awa Diallo", legal_representative_title="présidente", purpose="Lien social",
    )  # fmt: skip
    defaults = {
        "recurrence": "first", "need": "Besoin", "description": "Description",
        "expected_results": "Résultats",
        "audience": "Familles", "participants_count": 60, "place": "Saint-Ambroix",
        "mainstream_sought": "CAF : refus",
        "starts_on": date(2027, 3, 1), "ends_on": date(2027, 12, 15), "schedule": "De mars à décembre",
        "staff": "Deux bénévoles", "republican_pledge": True, "is_up_to_date": True, "is_accurate": True,
    }  # fmt: skip
    application = ApplicationFactory(call=call, applicant=applicant, **(defaults | fields))
    application.objectives.add(objective)
    application.territories.create(neighbourhood=neighbourhood, residents_count=45)
    application.indicators.create(label="Participants", target="60")
    application.indicators.create(label="Ateliers", target="20", position=1)
    application.budget_lines.create(side="expense", account="60", label="Achats", amount=Decimal(2_000))
    application.budget_lines.create(side="expense", account="64", label="Salaires", amount=Decimal(4_000))
    application.budget_lines.create(side="income", account="70", label="Ventes", amount=Decimal(1_000))
    FundingRequestFactory(application=application, envelope=envelope, requested_amount=Decimal(5_000))
    return application
