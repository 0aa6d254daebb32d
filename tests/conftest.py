"""The cast of the tests: one contract, one person per role."""

from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

from tests.factories import (
    CallFactory,
    CitizenCouncilFactory,
    ContractFactory,
    EnvelopeFactory,
    MembershipFactory,
    NeighbourhoodFactory,
    ObjectiveFactory,
    OrganisationFactory,
    TeamMemberFactory,
    UserFactory,
)

hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """What a test committed is emptied by TRUNCATE, which the journal refuses: let through here only."""
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_truncate")


@pytest.fixture
def shared() -> Path:
    """The folder of real files; a test that needs it says why it is skipped when it is not there."""
    if not settings.SHARED.is_dir():
        pytest.skip("le dossier FAUBOURG_SHARED (fichiers réels) n'est pas là")
    return settings.SHARED


class Cast:
    """One contract with one open call and, made when first named, one person per role."""

    def __init__(self):
        self.qpv = NeighbourhoodFactory(name="L'Écusson")
        self.contract = ContractFactory(neighbourhoods=[self.qpv])
        self.objective = ObjectiveFactory(contract=self.contract)
        self.call = CallFactory(
            contract=self.contract, objectives=[self.objective], neighbourhoods=[self.qpv]
        )
        self.state = OrganisationFactory(name="État", kind="state")
        self.county = OrganisationFactory(name="Département du Gard", kind="department")
        self.state_envelope = EnvelopeFactory(call=self.call, funder=self.state, line="p147", position=1)
        self.county_envelope = EnvelopeFactory(
            call=self.call, funder=self.county, line="targeted", position=2
        )
        self.applicant = OrganisationFactory(
            name="Les Mains vertes",
            address="1 rue Haute",
            postcode="30500",
            town="Saint-Ambroix",
            email="mains@exemple.fr",
            legal_representative="Awa Diallo",
            legal_representative_title="présidente",
            purpose="Jardins",
        )
        self.council = CitizenCouncilFactory(contract=self.contract, neighbourhood=self.qpv)

    def seat(self, role, organisation=None, name="Personne", **fields):
        user = UserFactory(full_name=name)
        TeamMemberFactory(contract=self.contract, user=user, role=role, organisation=organisation, **fields)
        return user

    def member(self, *roles, organisation=None, name="Personne"):
        user = UserFactory(full_name=name)
        for role in roles or ("editor",):
            MembershipFactory(organisation=organisation or self.applicant, user=user, role=role)
        return user


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def director(cast):
    return cast.seat("gip_director", name="Claire Directrice")


@pytest.fixture
def officer(cast):
    return cast.seat("gip_officer", name="Omar Chargé")


@pytest.fixture
def finance(cast):
    return cast.seat("gip_finance", name="Fanny Finance")


@pytest.fixture
def delegate(cast):
    return cast.seat("prefect_delegate", name="Denis Délégué")


@pytest.fixture
def state_officer(cast):
    return cast.seat("funder_officer", cast.state, name="Régis Référent")


@pytest.fixture
def state_decider(cast):
    return cast.seat("funder_decider", cast.state, name="Diane Décideuse")


@pytest.fixture
def county_decider(cast):
    return cast.seat("funder_decider", cast.county, name="Gaston Décideur")


@pytest.fixture
def expert(cast):
    return cast.seat("expert", name="Élise Experte")


@pytest.fixture
def councillor(cast):
    return cast.seat("councillor", cast.council.organisation, name="Nadia Conseillère")


@pytest.fixture
def reader(cast):
    return cast.seat("reader", name="Luc Lecteur")


@pytest.fixture
def editor(cast):
    return cast.member("editor", name="Édith Saisisseuse")


@pytest.fixture
def signatory(cast):
    return cast.member("editor", "signatory", name="Awa Diallo")


@pytest.fixture
def org_admin(cast):
    return cast.member("administrator", name="Aline Administratrice")


@pytest.fixture
def technical_admin(db):
    return UserFactory(full_name="Théo Technique", is_technical_admin=True)


@pytest.fixture
def stranger(db):
    """Another association's member."""
    return MembershipFactory(user__full_name="Sam Étranger").user
