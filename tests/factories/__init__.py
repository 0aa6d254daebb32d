"""One factory per model, without surprises: a row is valid, small, and owns nothing it was not given."""

from tests.factories.consultation import (
    ConsultationFactory,
    ContributionFactory,
    GatheringFactory,
    GatheringQuestionFactory,
    GatheringTableFactory,
    TopicFactory,
)
from tests.factories.contracts import (
    BodyFactory,
    CitizenCouncilFactory,
    ContractFactory,
    MeetingFactory,
    ObjectiveFactory,
    ParameterFactory,
    SignatoryFactory,
    TeamMemberFactory,
)
from tests.factories.fph import FundFactory, FundRulesFactory, FundShareFactory, RequestFactory, secret_of
from tests.factories.people import (
    BankDetailsFactory,
    InterestFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.factories.places import (
    CommuneFactory,
    DepartmentFactory,
    EpciFactory,
    NeighbourhoodFactory,
    RegionFactory,
)
from tests.factories.questionnaires import (
    BatchFactory,
    FormFactory,
    QuestionnaireFactory,
    ResponseFactory,
)
from tests.factories.spine import (
    ApplicationFactory,
    CallFactory,
    CriterionFactory,
    EnvelopeFactory,
    FundingRequestFactory,
    RequiredPaperFactory,
    complete_application,
)

__all__ = [
    "ApplicationFactory",
    "BankDetailsFactory",
    "BatchFactory",
    "BodyFactory",
    "CallFactory",
    "CitizenCouncilFactory",
    "CommuneFactory",
    "ConsultationFactory",
    "ContractFactory",
    "ContributionFactory",
    "CriterionFactory",
    "DepartmentFactory",
    "EnvelopeFactory",
    "EpciFactory",
    "FormFactory",
    "FundFactory",
    "FundRulesFactory",
    "FundShareFactory",
    "FundingRequestFactory",
    "GatheringFactory",
    "GatheringQuestionFactory",
    "GatheringTableFactory",
    "InterestFactory",
    "MeetingFactory",
    "MembershipFactory",
    "NeighbourhoodFactory",
    "ObjectiveFactory",
    "OrganisationFactory",
    "ParameterFactory",
    "QuestionnaireFactory",
    "RegionFactory",
    "RequestFactory",
    "RequiredPaperFactory",
    "ResponseFactory",
    "SignatoryFactory",
    "TeamMemberFactory",
    "TopicFactory",
    "UserFactory",
    "complete_application",
    "secret_of",
]
