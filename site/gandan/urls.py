"""Every fixed address. Vietnamese has no prefix; English and Arabic use the same words behind /en/ and /ar/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls
from wagtail.urls import serve_pattern

from gandan import pages

urlpatterns = [
    path("admin/", include(admin_urls)),
    path("tai-khoan/", include("allauth.urls")),
    path("tai-lieu/", include(document_urls)),
    *i18n_patterns(
        path("tim-kiem/", include("gandan.search.urls")),
        path("phan-anh/", include("feedback.urls")),
        path("ban-lam-viec/", include("feedback.desk_urls")),
        path("", include("home.urls")),
        re_path(serve_pattern, pages.serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
