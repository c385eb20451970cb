"""What other rows still need is not deleted: the clerk reads which ones, instead of meeting a fault."""

from collections.abc import Iterable

from django.contrib import messages
from django.db import router
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

SHOWN = 5  # uses named in one message


def refuse_what_is_used(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """Hook `before_delete_snippet`: back to the list with the reason, or None to go on."""
    rows = list(instances)
    refused = [(row, uses) for row in rows if (uses := protected_by(row))]
    for row, uses in refused:
        named = ", ".join(str(use) for use in uses[:SHOWN])
        messages.error(
            request,
            _("“%(name)s” is still used and stays: %(uses)s.") % {"name": row, "uses": named},
        )
    if not refused:
        return None
    return redirect(reverse(rows[0].snippet_viewset.get_url_name("list")))  # type: ignore[attr-defined]


def protected_by(row: Model) -> list[Model]:
    try:
        Collector(using=router.db_for_write(type(row), instance=row)).collect([row])
    except ProtectedError as error:
        return sorted(error.protected_objects, key=str)
    return []
