from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from gandan.tree import site_of


class KnownRedirectMiddleware(RedirectMiddleware):
    """Looks a redirect up only where finding the site has already told that there is one."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or not getattr(site_of(request), "is_redirected", False):
            return response
        return super().process_response(request, response)
