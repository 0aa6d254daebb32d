"""Each question of the form says in plain words what it asks, and shows an answer one might give."""

import re

import pytest
from django.urls import reverse

from faubourg.applications.forms import form_for
from faubourg.applications.forms.account_words import WORDS
from faubourg.applications.rules import ACCOUNTS
from faubourg.applications.states import WRITTEN, Part
from tests.factories import complete_application

pytestmark = pytest.mark.django_db
INPUTS = re.compile(r"<(?:input|select|textarea|fieldset)\b[^>]*>")
FREE = re.compile(r'type="(?:hidden|file)"|name="(?:q|csrfmiddlewaretoken)"')


@pytest.fixture
def draft(cast):
    return complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)


def described(page):
    """{name: the words its aria-describedby leads to} for each field of a page."""
    found = {}
    for tag in INPUTS.findall(page.split("<main")[1]):
        name = re.search(r'\bname="([^"]+)"', tag)
        ids = re.search(r'aria-describedby="([^"]+)"', tag)
        if FREE.search(tag) or (not name and not ids):
            continue
        words = ""
        for one in ids.group(1).split() if ids else ():
            text = re.search(rf'id="{one}"[^>]*>(.*?)</(?:div|th|ul|p)>', page, re.DOTALL)
            assert text, f"{one} is not on the page"
            words += text.group(1)
        found[name.group(1) if name else ids.group(1)] = words
    return found


@pytest.mark.parametrize("part", WRITTEN)
def test_every_question_has_its_help_and_an_example_on_screen(client, draft, editor, part):
    client.force_login(editor)
    page = client.get(reverse("applications:edit", args=[draft.pk, part])).content.decode()

    grouped = {"recurrence", "objectives"}  # their fieldset is described, not each box
    bare = [name for name, words in described(page).items()
            if name not in grouped and not re.search(r"\w.*Exemple : \S", words, re.DOTALL)]  # fmt: skip

    assert bare == []
    for name in grouped & set(form_for(draft, Part(part)).fields):
        assert f'aria-describedby="id_{name}_helptext"' in page


@pytest.mark.parametrize("part", WRITTEN)
def test_every_field_of_every_step_knows_an_example(draft, part):
    form = form_for(draft, Part(part))

    assert [name for name in form.fields if not form[name].example] == []


def test_every_account_of_the_budget_says_what_goes_there():
    assert set(WORDS) == {account.code for account in ACCOUNTS}


def test_a_locked_answer_shows_no_example(draft):
    draft.unlocked = {"projet-need": {"label": "Besoin", "why": "Précisez."}}
    form = form_for(draft, Part.PROJECT)

    assert form["need"].example
    assert not form["description"].example
