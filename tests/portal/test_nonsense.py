"""Whatever an address or a form is made to say, the product answers, and breaks on neither database."""

import re
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from tests.portal.test_matrix import addresses, arguments, read_whole, sign_in
from tests.portal.world import World

NONSENSE = ("abc", "9" * 25, "1" * 5_000, "²", "٣", "-1", "NaN", "a\x00b", "0001-01-01", "9999-12-31T23:59")
CLOSED = (403, 405)
"""A door closed to somebody is closed whatever is typed: it is tried once."""

ALWAYS = ("page", "mes-dossiers", "ajouter", "avant", "letters", "applications", "meeting", "paper")
NAMES = re.compile(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"')


def fields_of(client, url):
    """The names a page sends; none when it is not a page."""
    answer = client.get(url)
    is_page = answer.status_code == 200 and "html" in answer["Content-Type"]
    found = NAMES.findall(answer.content.decode()) if is_page else ()
    read_whole(answer)
    return {*found, *ALWAYS} - {"csrfmiddlewaretoken"}


def status(send, url, data):
    with transaction.atomic():
        answer = send(url, data)
        read_whole(answer)
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize("role", ["director", "signatory", "state_decider", "technical_admin"])
def test_no_page_breaks_on_what_makes_no_sense(client, cast, request, role):
    world = World(cast, localdate())
    sign_in(client, cast, world, role, request)
    client.raise_request_exception = False

    broken = []
    for name, wanted in dict(addresses()).items():
        url = reverse(name, kwargs=arguments(world, name, wanted))
        names = fields_of(client, url)
        for send in (client.get, client.post):
            for typed in NONSENSE:
                code = status(send, url, dict.fromkeys(names, typed))
                if code >= 500:
                    broken.append((name, send.__name__, typed[:20]))
                if code in CLOSED:
                    break

    assert broken == []


@pytest.mark.parametrize("key", ["99999999999999999999", "1" * 5_000, "%00", "%C2%B2"])
def test_a_number_no_database_can_hold_is_a_page_that_does_not_exist(client, cast, director, key):
    client.force_login(director)
    member = reverse("directory:change_roles", args=[cast.applicant.pk, 1]).replace("/1/", f"/{key}/")

    for path in (f"/dossiers/{key}/", f"/appels/{key}/", f"/contrats/{key}/", f"/instances/{key}/", member,
                 f"/compte/invitation/{key}/", f"/programmation/courriels/{key}/"):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_a_nul_in_an_address_is_dropped_and_the_rest_is_read(client, director):
    client.force_login(director)

    page = client.get("/instances/suites/?q=a%00b").content.decode()

    assert 'value="ab"' in page


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_are_refused_in_words(client, director, day):
    client.force_login(director)

    page = client.get(reverse("journal:index"), {"first_day": day, "last_day": day}).content.decode()

    assert page.count("Écrivez une date entre 2000 et 2100.") == 4  # in the summary, beside each field
