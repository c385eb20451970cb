from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.pages import keep_fresh
from guides.coming import calendar_file


@require_safe
def sessions_calendar(request: HttpRequest) -> HttpResponse:
    """The help sessions for a phone's calendar; `?thon=` keeps one hamlet."""
    written = calendar_file(_("Help sessions"), request.GET.get("thon", ""), timezone.now())
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="buoi-ho-tro.ics"'
    return keep_fresh(response)
