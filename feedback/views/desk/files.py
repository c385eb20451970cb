"""A resident's photo or paper, for those who may see the case."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from feedback import private_files
from feedback.access import Reader
from feedback.views.desk.guard import for_staff, opened


@require_safe
@for_staff
def file(request: HttpRequest, reader: Reader, code: str, number: int) -> HttpResponse:
    """Never shown as a page of this site: a browser saves it, or draws it inside the page of the case."""
    case = opened(reader, code)
    found = get_object_or_404(case.files.filter(hidden_at=None), pk=number)
    try:
        content = private_files.content(found)
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=found.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{case.code}-{found.pk}.{found.kind}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
