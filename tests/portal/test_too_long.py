"""Too much text is refused at its field, too big a sending by a French page; nothing breaks."""

from importlib import import_module

import pytest
from django import forms
from django.urls import reverse

from faubourg.toolkit.fields import LONGEST_TEXT, LongTextField
from tests.factories import complete_application

pytestmark = pytest.mark.django_db
APPS = (
    "applications",
    "appraisal",
    "awards",
    "calls",
    "consultation",
    "contracts",
    "conversations",
    "directory",
    "fph",
    "governance",
    "thread",
)


def test_every_text_of_several_lines_has_a_limit_said_in_words():
    for app in APPS:
        import_module(f"faubourg.{app}.forms")
    found, unlimited = list(forms.BaseForm.__subclasses__()), []
    for form in found:
        found.extend(form.__subclasses__())
        if form.__module__.startswith("faubourg.") and "accounts" not in form.__module__:
            unlimited += [
                f"{form.__name__}.{name}"
                for name, field in getattr(form, "base_fields", {}).items()
                if isinstance(field.widget, forms.Textarea) and not isinstance(field, LongTextField)
            ]

    assert sorted(set(unlimited) - {"SampleForm.story"}) == []


def test_a_text_too_long_is_refused_at_its_field_and_kept(client, cast, editor):
    draft = complete_application(call=cast.call, applicant=cast.applicant)
    client.force_login(editor)
    address = reverse("applications:edit", args=[draft.pk, "projet"])
    long = "a" * (LONGEST_TEXT + 2)

    client.post(address, {"need": long, "go": "stay"})
    page = client.get(address).content.decode()

    assert "Ce texte est trop long de 2 signes : 20000 au plus." in page
    assert long in page
    draft.refresh_from_db()
    assert draft.need != long

    client.post(address, {"need": long[2:], "go": "stay"})
    draft.refresh_from_db()
    assert draft.need == long[2:]


def test_a_sending_too_big_is_answered_in_french(client, cast, editor):
    draft = complete_application(call=cast.call, applicant=cast.applicant)
    client.force_login(editor)
    address = reverse("applications:edit", args=[draft.pk, "projet"])

    answer = client.post(address, "need=" + "a" * 5_600_000, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 413
    assert "Cet envoi dépasse 5 Mo" in answer.content.decode()
