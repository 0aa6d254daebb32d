"""An empty installation gets its first person from the command line, and only an empty one."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from faubourg.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_the_first_account_is_a_technical_administrator_who_opens_it_with_a_link(client, capsys):
    call_command("first_account", "theo@exemple.fr", "Théo Technique")

    link = capsys.readouterr().out.split()[-1]
    person = User.objects.get(email="theo@exemple.fr")
    assert person.is_technical_admin
    assert client.get(link).status_code == 200
    assert reverse("accounts:invitation", args=["x"]).rsplit("/", 2)[0] in link


def test_there_is_only_one_first_account():
    UserFactory()

    with pytest.raises(CommandError, match="existent déjà"):
        call_command("first_account", "theo@exemple.fr", "Théo Technique")


def test_a_first_account_needs_a_real_address():
    with pytest.raises(CommandError, match="courriel"):
        call_command("first_account", "theo", "Théo Technique")
