from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from faubourg.fph.models import (
    CommitteeMember,
    CommitteeSession,
    ExaminedRequest,
    Fund,
    FundRules,
    FundShare,
    Request,
    RequestContact,
)
from faubourg.fph.rules import digest
from tests.factories.contracts import ContractFactory
from tests.factories.people import OrganisationFactory
from tests.factories.places import NeighbourhoodFactory


class FundFactory(DjangoModelFactory):
    """Open all the year 2026, for the whole contract."""

    class Meta:
        model = Fund

    contract = factory.SubFactory(ContractFactory)
    year = 2026
    opens_on = date(2026, 1, 1)
    closes_on = date(2026, 12, 31)


class FundShareFactory(DjangoModelFactory):
    class Meta:
        model = FundShare

    fund = factory.SubFactory(FundFactory)
    funder = factory.SubFactory(OrganisationFactory)
    amount = Decimal(5000)


class FundRulesFactory(DjangoModelFactory):
    class Meta:
        model = FundRules

    contract = factory.SubFactory(ContractFactory)
    version = factory.Sequence(lambda n: n + 1)
    adopted_on = date(2026, 1, 15)
    adopted_by = "le conseil citoyen"
    text = "Le fonds aide les habitants."
    excluded = ["running_costs", "profit", "worship"]


class RequestFactory(DjangoModelFactory):
    """A request with its contact; its secret number is `secret_of(request)`."""

    class Meta:
        model = Request
        skip_postgeneration_save = True

    fund = factory.SubFactory(FundFactory)
    number = factory.Sequence("FPH-2026-{:03d}".format)
    secret_hash = factory.LazyAttribute(lambda one: digest(secret_of(one)))
    holder_kind = "resident"
    title = factory.Sequence("Fête des voisins {}".format)
    purpose = "citizen"
    neighbourhood = factory.SubFactory(NeighbourhoodFactory)
    description = "Une table dans la rue."
    social_link = "Des voisins se parlent."
    planned_on = date(2026, 12, 20)
    asked_amount = Decimal(300)
    filed_at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

    @factory.post_generation
    def contact(self, create, extracted, **kwargs):
        told = {"referent_name": "Nadia Référente", "phone": "06 00 00 00 01", **kwargs}
        RequestContact.objects.create(request=self, **told)


class CommitteeMemberFactory(DjangoModelFactory):
    class Meta:
        model = CommitteeMember

    fund = factory.SubFactory(FundFactory)
    full_name = factory.Sequence("Votante {}".format)
    kind = "resident"
    joined_on = date(2026, 1, 15)


class CommitteeSessionFactory(DjangoModelFactory):
    """Planned for the first of December 2026: the day the tests stop the clock."""

    class Meta:
        model = CommitteeSession
        skip_postgeneration_save = True

    fund = factory.SubFactory(FundFactory)
    held_on = date(2026, 12, 1)
    place = "Maison du quartier"

    @factory.post_generation
    def present(self, create, extracted, **kwargs):
        self.present.set(extracted or ())


class ExaminedRequestFactory(DjangoModelFactory):
    class Meta:
        model = ExaminedRequest

    session = factory.SubFactory(CommitteeSessionFactory)
    request = factory.SubFactory(RequestFactory, fund=factory.SelfAttribute("..session.fund"))
    position = factory.Sequence(lambda n: n + 1)


def secret_of(request):
    """A secret number of the right shape, drawn from the public one."""
    letters = "ABCDEFGHJK"
    kept = [letters[int(sign)] for sign in request.number if sign.isdigit()]
    whole = "".join(kept).ljust(12, "Z")[:12]
    return f"{whole[:4]}-{whole[4:8]}-{whole[8:]}"
