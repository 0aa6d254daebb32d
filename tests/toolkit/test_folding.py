"""Nobody types accents the same way twice."""

import pytest

from faubourg.directory.models import Organisation
from faubourg.toolkit.folding import among, fold, search
from tests.factories import OrganisationFactory


def test_folding_forgets_case_accents_and_ligatures():
    assert fold("Élan d’ŒUVRE, Ça va") == "elan d'oeuvre, ca va"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["ecusson", "ÉCUSSON", "l'ecusson amis", "Cœur", "coeur", "100%"])
def test_a_row_is_found_however_it_is_typed(typed):
    OrganisationFactory(name="Les amis de L’Écusson", town="Au cœur, à 100%")
    OrganisationFactory(name="Autre")

    assert [found.name for found in search(Organisation.objects.all(), ("name", "town"), typed)] == [
        "Les amis de L’Écusson"
    ]


@pytest.mark.django_db
def test_the_words_kept_on_a_row_follow_it():
    """Organisation.search_text is written at each save, alone or by the thousand, and read as it is."""
    kept = OrganisationFactory(name="Les amis de L’Écusson", town="Saint-Ambroix")
    Organisation.objects.bulk_create([Organisation(name="Élan", kind="association")])

    def found(typed):
        return [one.name for one in among(Organisation.objects.order_by("name"), "search_text", typed)]

    assert found("ecusson AMBROIX") == ["Les amis de L’Écusson"]
    assert found("elan") == ["Élan"]
    kept.name = "Jardins"
    kept.save()
    assert found("ecusson") == []
    assert found("jardins saint-ambroix") == ["Jardins"]


@pytest.mark.django_db
def test_a_word_that_is_nowhere_finds_nothing():
    OrganisationFactory(name="Les amis")

    assert not search(Organisation.objects.all(), ("name",), "amis zèbre").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["a " * 5_000, "x" * 200_000, "am\x00is"])
def test_what_nobody_would_type_is_searched_without_breaking(typed):
    """A thousand words are too many for SQLite, a null sign is one too many for PostgreSQL."""
    OrganisationFactory(name="Les amis")

    assert not search(Organisation.objects.all(), ("name",), typed).filter(name="Autre").exists()
