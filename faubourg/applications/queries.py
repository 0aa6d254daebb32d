"""What pages and other apps need to read of dossiers."""

from django.shortcuts import get_object_or_404

from faubourg.applications.models import Application, ApplicationQuerySet
from faubourg.contracts.rules import Standing


def applications_for(standing: Standing) -> ApplicationQuerySet:
    """The dossiers this person may read, with their call and applicant."""
    return Application.objects.visible_to(standing).select_related("call__contract", "applicant")


def application_for(standing: Standing, pk: int) -> Application:
    """One dossier, or 404 when this person may not read it."""
    return get_object_or_404(applications_for(standing), pk=pk)


def lock(application: Application) -> None:
    """Re-read the dossier under a row lock, inside the caller's transaction."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
