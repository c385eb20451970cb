"""What every public template knows about the commune; all of it lazy, so that a page that shows none asks nothing."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.models import CommuneSettings


def commune(request: HttpRequest) -> dict[str, Any]:
    return {"commune": SimpleLazyObject(lambda: CommuneSettings.for_request(request))}
