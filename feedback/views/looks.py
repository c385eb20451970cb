"""Who looked at which case: for the leader, by person or by case, newest first."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from feedback.access import Reader
from feedback.models import CaseEvent
from feedback.views.desk.guard import for_staff

KINDS = (CaseEvent.Kind.VIEWED, CaseEvent.Kind.CONTACT_VIEWED)
ON_A_PAGE = 50
WHO, CASE = "ai", "phieu"


@require_safe
@for_staff
def looks(request: HttpRequest, reader: Reader) -> HttpResponse:
    if not reader.sees_looks:
        raise PermissionDenied
    who, code = request.GET.get(WHO, "")[:150], request.GET.get(CASE, "")[:19].upper()
    found = looks_at(reader)
    if who:
        found = found.filter(actor__username=who) if who.isprintable() else found.none()
    if code:
        found = found.filter(case__code=code) if code.isprintable() else found.none()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in ((WHO, who), (CASE, code)) if value})
    context = {
        "page": page,
        "who": who,
        "code": code,
        "query": f"{query}&" if query else "",
        "title": _("Who looked at which case"),
    }
    return render(request, "feedback/looks.html", context)


def looks_at(reader: Reader) -> QuerySet[CaseEvent]:
    """Of cases that this reader may see; a remark about somebody stays hidden here too."""
    seen = CaseEvent.objects.filter(kind__in=KINDS, case__in=reader.cases())
    return seen.select_related("case__topic", "actor__official").order_by("-at", "-pk")
