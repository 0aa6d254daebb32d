"""Views of the worklist that a person keeps, for oneself or for the team."""

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.appraisal.models import SavedView
from faubourg.appraisal.queries import view_of
from faubourg.toolkit.refusal import Refusal


@transaction.atomic
def save_view(*, actor: User, name: str, query: str, contract_id: int | None = None) -> SavedView:
    """Keep the filters of an address under a name; the same name again replaces it."""
    name = name.strip()
    if not name:
        raise Refusal({"name": ["Donnez un nom à cette vue."]})
    values = {"query": query.lstrip("?")[:1000], "contract_id": contract_id}
    return SavedView.objects.update_or_create(owner=actor, name=name[:80], defaults=values)[0]


@transaction.atomic
def remove_view(pk: int, *, actor: User) -> None:
    """Forget one of one's own views; somebody else's is not touched."""
    view_of(actor, pk).delete()
