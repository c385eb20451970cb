"""Serves a page in two statements beyond those of its frame; everything unusual goes Wagtail's own way.

Unusual are private pages, aliases and methods other than GET and HEAD. Hooks run as they do in Wagtail.
"""

from functools import reduce

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from wagtail import hooks, views
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult
from wagtail.wagtail_hooks import check_view_restrictions

from gandan.tree import DEEPEST, Known, Tree, site_of, tree_of

Found = tuple[Known, str]


def serve(request: HttpRequest, path: str) -> HttpResponse:
    site = site_of(request)
    tree = tree_of(request)
    found = _find(tree, path)
    if found is None:
        raise Http404
    known, rest = found
    if request.method not in {"GET", "HEAD"} or known.alias_of_id or _is_private(known, site):
        return views.serve(request, path)
    if known.expires_at is not None and known.expires_at <= timezone.now():
        raise Http404
    request._gandan_page = known  # type: ignore[attr-defined]
    return keep_fresh(_answer(request, _specific(known), rest))


def keep_fresh(response: HttpResponse) -> HttpResponse:
    """Anyone may keep a public page, and asks with its ETag whether it is still the same before showing it."""
    if response.status_code == 200 and not response.has_header("Cache-Control"):
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


def _find(tree: Tree, path: str) -> Found | None:
    """The page an address names, and what is left of the address for a page with routes of its own."""
    if path.count("/") > DEEPEST:
        return None
    along = tree.along(path, get_language() or "")
    for known in along:
        rest = path[len(known.relative) :]
        if not rest or _has_route(known, rest):
            return known, rest
    return None


def _has_route(known: Known, rest: str) -> bool:
    model = known.model
    if model is None or not issubclass(model, RoutablePageMixin):
        return False
    try:
        model.get_resolver().resolve("/" + rest)
    except Resolver404:
        return False
    return True


def _is_private(known: Known, site: object) -> bool:
    if not getattr(site, "has_private_pages", True):
        return False
    restricted = PageViewRestriction.objects.values_list("page__path", flat=True)
    return any(known.path.startswith(path) for path in restricted)


def _specific(known: Known) -> Page:
    """The page with its locale and whatever its type names in `served_with`, in one statement."""
    model = known.model
    if model is None:
        raise Http404
    joined = ("locale", *getattr(model, "served_with", ()))
    try:
        return model._default_manager.select_related(*joined).get(pk=known.pk)
    except model.DoesNotExist as error:  # deleted since the tree was read
        raise Http404 from error


def _answer(request: HttpRequest, page: Page, rest: str) -> HttpResponse:
    route: RouteResult = page.route(request, [part for part in rest.split("/") if part])
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    _page, args, kwargs = route
    for before in hooks.get_hooks("before_serve_page"):
        result = before(page, request, args, kwargs)
        if isinstance(result, HttpResponse):
            return result
    around = [hook for hook in hooks.get_hooks("on_serve_page") if hook is not check_view_restrictions]
    chain = reduce(lambda inner, hook: hook(inner), reversed(around), views.serve_chain)
    return chain(page, request, args, kwargs)
