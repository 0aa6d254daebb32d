from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory
from stdnum import luhn

from faubourg.accounts.models import User
from faubourg.directory.models import BankDetails, Interest, Membership, Organisation


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence("personne{}@exemple.fr".format)
    full_name = factory.Sequence("Personne {}".format)


def siret(number: int) -> str:
    """A SIRET whose two keys are right."""
    siren = f"{90000000 + number:08d}"
    siren += luhn.calc_check_digit(siren)
    start = siren + "0001"
    return start + luhn.calc_check_digit(start)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Association {}".format)
    kind = "association"
    siret = factory.Sequence(siret)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = "editor"


class InterestFactory(DjangoModelFactory):
    class Meta:
        model = Interest

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    nature = "membre du bureau"
    declared_on = date(2026, 1, 1)


class BankDetailsFactory(DjangoModelFactory):
    class Meta:
        model = BankDetails

    organisation = factory.SubFactory(OrganisationFactory)
    holder = "Association"
    iban = "FR1420041010050500013M02606"
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = datetime(2026, 1, 1, tzinfo=UTC)
    state = "in_force"
