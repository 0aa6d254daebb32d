"""Put twelve dossiers of the demonstration on one agenda and print its key (`python -m` this module)."""

import os

import django

TITLE, DOSSIERS = "CTP des douze dossiers", 12


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "faubourg.config.settings"
    django.setup()
    print(prepare())


def prepare() -> int:
    from django.utils import timezone  # noqa: PLC0415 -- Django is set up in main()

    from faubourg.accounts.models import User  # noqa: PLC0415
    from faubourg.appraisal.actions import table, untable  # noqa: PLC0415
    from faubourg.appraisal.models import Opinion, Remark, TabledApplication  # noqa: PLC0415
    from faubourg.governance.actions.meetings import plan  # noqa: PLC0415
    from faubourg.governance.models import Body  # noqa: PLC0415

    now, mission = timezone.now(), User.objects.get(email="mission@faubourg.example")
    spoken_of = [thing.tabled_id for model in (Remark, Opinion) for thing in model.objects.all()]
    waiting = TabledApplication.objects.filter(carried_over=False, application__state="tabled").exclude(
        pk__in=[pk for pk in spoken_of if pk]
    )
    meeting = plan(Body.objects.get(code="ctp-9"), actor=mission, title=TITLE, starts_at=now, now=now)
    chosen = list(
        waiting.select_related("item__meeting__body", "application__call", "application__applicant")
    )
    for tabled in chosen[:DOSSIERS]:
        untable(tabled, actor=mission, now=now)
        table(tabled.application, meeting, actor=mission, now=now)
    return meeting.pk


if __name__ == "__main__":
    main()
