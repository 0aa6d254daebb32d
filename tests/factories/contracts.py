from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from faubourg.consultation.models import CitizenCouncil
from faubourg.contracts.models import (
    Clarification,
    Contract,
    Objective,
    Orientation,
    Parameter,
    Signatory,
    TeamMember,
)
from faubourg.governance.models import Body, Meeting
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.places import EpciFactory


class ContractFactory(DjangoModelFactory):
    class Meta:
        model = Contract
        skip_postgeneration_save = True

    slug = factory.Sequence("contrat-{}".format)
    name = factory.Sequence("Contrat {}".format)
    period = "2024-2030"
    epci = factory.SubFactory(EpciFactory)
    gip = factory.SubFactory(OrganisationFactory, kind="gip", name="GIP")
    starts_on = date(2024, 1, 1)

    @factory.post_generation
    def neighbourhoods(self, create, extracted, **kwargs):
        self.neighbourhoods.set(extracted or [])


class TeamMemberFactory(DjangoModelFactory):
    class Meta:
        model = TeamMember

    contract = factory.SubFactory(ContractFactory)
    user = factory.SubFactory(UserFactory)
    role = "gip_officer"


class ObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = Objective

    contract = factory.SubFactory(ContractFactory)
    level = "strategic"
    code = factory.Sequence("1.{}".format)
    label = factory.Sequence("Objectif {}".format)
    themes = ["transitions"]
    position = factory.Sequence(int)


class ParameterFactory(DjangoModelFactory):
    class Meta:
        model = Parameter

    contract = factory.SubFactory(ContractFactory)
    code = "fph.max_action"
    label = "Maximum par action"
    value = 700
    unit = "€"
    effect = "blocks"
    proof_level = "contract"
    source = "contrat, l. 904"
    from_on = date(2024, 1, 1)


class CitizenCouncilFactory(DjangoModelFactory):
    class Meta:
        model = CitizenCouncil

    contract = factory.SubFactory(ContractFactory)
    organisation = factory.SubFactory(
        OrganisationFactory,
        kind="citizen_council",
        siret="",
        name=factory.Sequence("Conseil citoyen {}".format),
    )
    place = "Saint-Ambroix"
    status = "active"


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body
        skip_postgeneration_save = True

    code = factory.Sequence("ctp-{}".format)
    kind = "programming"
    name = factory.Sequence("CTP {}".format)

    @factory.post_generation
    def contracts(self, create, extracted, **kwargs):
        self.contracts.set(extracted or [])


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    title = factory.Sequence("Séance {}".format)
    starts_at = datetime(2027, 2, 20, 8, 30, tzinfo=UTC)


class ClarificationFactory(DjangoModelFactory):
    class Meta:
        model = Clarification

    contract = factory.SubFactory(ContractFactory)
    number = factory.Sequence(lambda n: n + 1)
    finding = factory.Sequence("Deux dates {}".format)
    treatment = "La seconde est proposée."
    settled_by_role = "GIP"


class OrientationFactory(DjangoModelFactory):
    class Meta:
        model = Orientation
        skip_postgeneration_save = True

    contract = factory.SubFactory(ContractFactory)
    partner = factory.SubFactory(
        OrganisationFactory, kind="state", name=factory.Sequence("Partenaire {}".format)
    )
    code = factory.Sequence("E{}".format)
    axis = "Axe"
    label = factory.Sequence("Orientation {}".format)
    position = factory.Sequence(int)

    @factory.post_generation
    def objectives(self, create, extracted, **kwargs):
        self.objectives.set(extracted or [])


class SignatoryFactory(DjangoModelFactory):
    class Meta:
        model = Signatory

    contract = factory.SubFactory(ContractFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    position = factory.Sequence(int)
