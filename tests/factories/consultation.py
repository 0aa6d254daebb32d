from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from faubourg.consultation.models import (
    Consultation,
    Contribution,
    CouncilMember,
    Gathering,
    GatheringQuestion,
    GatheringTable,
    Topic,
)
from tests.factories.contracts import CitizenCouncilFactory, ContractFactory


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    contract = factory.SubFactory(ContractFactory)
    position = factory.Sequence(int)
    label = factory.Sequence("Thème {}".format)


class ConsultationFactory(DjangoModelFactory):
    """A draft with a public meeting; pass neighbourhoods=[…]."""

    class Meta:
        model = Consultation
        skip_postgeneration_save = True

    contract = factory.SubFactory(ContractFactory)
    title = factory.Sequence("Concertation {}".format)
    modalities = ["public_meeting"]
    starts_on = date(2026, 11, 10)

    @factory.post_generation
    def neighbourhoods(self, create, extracted, **kwargs):
        self.neighbourhoods.set(extracted or [])


class GatheringFactory(DjangoModelFactory):
    class Meta:
        model = Gathering

    consultation = factory.SubFactory(ConsultationFactory)
    kind = "world_cafe"
    title = factory.Sequence("Rencontre {}".format)
    held_on = date(2026, 11, 10)


class GatheringQuestionFactory(DjangoModelFactory):
    class Meta:
        model = GatheringQuestion

    gathering = factory.SubFactory(GatheringFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence("Que changer, et où ? ({})".format)


class GatheringTableFactory(DjangoModelFactory):
    class Meta:
        model = GatheringTable

    gathering = factory.SubFactory(GatheringFactory)
    position = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence("Cadre de vie {}".format)


class ContributionFactory(DjangoModelFactory):
    class Meta:
        model = Contribution

    contract = factory.SubFactory(ContractFactory)
    origin = "letter"
    said_on = date(2026, 11, 10)
    text = factory.Sequence("Il faudrait des arbres ({})".format)
    typed_at = datetime(2026, 11, 11, 9, tzinfo=UTC)


class CouncilMemberFactory(DjangoModelFactory):
    class Meta:
        model = CouncilMember

    council = factory.SubFactory(CitizenCouncilFactory)
    full_name = factory.Sequence("Habitante {}".format)
    college = "residents"
    from_on = date(2026, 1, 1)
