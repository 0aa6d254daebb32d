"""Fill an empty installation with what the live tests need: `python -m tests.live.seed` prints its keys."""

import json
import os
from datetime import timedelta
from decimal import Decimal

import django

PASSWORD = "phrase-secrete-des-essais"


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "faubourg.config.settings"
    django.setup()
    print(json.dumps(seed()))


def seed() -> dict[str, object]:
    from django.utils import timezone  # noqa: PLC0415 -- Django is set up in main()

    from faubourg.applications.models import Application, FundingRequest  # noqa: PLC0415
    from tests.conftest import Cast  # noqa: PLC0415
    from tests.factories import BatchFactory, EnvelopeFactory, FormFactory, complete_application  # noqa: PLC0415

    today, cast = timezone.localdate(), Cast()
    cast.call.opens_on, cast.call.closes_on = today - timedelta(days=5), today + timedelta(days=30)
    cast.call.save()
    people = {
        "signatory": cast.member("editor", "signatory", name="Awa Diallo"),
        "decider": cast.seat("funder_decider", cast.state, name="Diane Décideuse"),
        "clerk": cast.seat("gip_officer", name="Omar Chargé"),
        "second_decider": cast.seat("funder_decider", cast.state, name="Dominique Décideur"),
    }
    for person in people.values():
        person.set_password(PASSWORD)
        person.save()
    asked = FormFactory(questionnaire__contract=cast.contract)
    batch = BatchFactory(form=asked, first_number=1, is_typed_twice=False)
    small = EnvelopeFactory(call=cast.call, funder=cast.state, line="targeted", amount=Decimal(5_000))
    drafts = [
        complete_application(applicant=cast.applicant, call=cast.call, envelope=small) for _ in range(6)
    ]
    reviewed = [
        complete_application(
            applicant=cast.applicant, call=cast.call, envelope=small,
            state="reviewed", number=f"2027-9{rank}", submitted_at=timezone.now(),
        )
        for rank in range(2)
    ]  # fmt: skip
    requests = FundingRequest.objects.filter(application__in=reviewed).order_by("id")
    return {
        "emails": {name: person.email for name, person in people.items()},
        "drafts": [draft.pk for draft in drafts],
        "decisions": [[request.application_id, request.pk] for request in requests],
        "count": Application.objects.count(),
        "call": cast.call.pk,
        "batch": batch.pk,
        "questionnaire": asked.questionnaire.public_code,
        "applicant": cast.applicant.pk,
    }


if __name__ == "__main__":
    main()
