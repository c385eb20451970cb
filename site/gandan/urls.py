"""Every fixed address. Vietnamese has no prefix; English and Arabic use the same words behind /en/ and /ar/."""

from allauth.account.views import logout
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls
from wagtail.urls import serve_pattern

from gandan import media, pages, service_worker, sitemap
from gandan.health import HealthView

handler429 = "gandan.errors.too_many_requests"

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_forgotten_password = RedirectView.as_view(pattern_name="account_reset_password")

urlpatterns = [
    path("health/", HealthView.as_view(), name="health"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sw.js", service_worker.worker, name="service_worker"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    # Wagtail's own doors stay shut: they know no second factor.
    path("open311/v2/", include("feedback.open311.urls")),
    path("admin/login/", to_sign_in),
    path("admin/logout/", logout),
    re_path(r"^admin/password_reset/", to_forgotten_password),
    path("admin/", include(admin_urls)),
    path("tai-khoan/", include("gandan.sign_in_urls")),
    path("tai-lieu/", include(document_urls)),
    *([path("media/images/<path:path>", media.picture, name="media")] if settings.SERVE_MEDIA else []),
    *i18n_patterns(
        path("tim-kiem/", include("gandan.search.urls")),
        path("phan-anh/", include("feedback.urls")),
        path("cam-ket/", include("feedback.commitments.urls")),
        path("ban-lam-viec/cam-ket/", include("feedback.commitments.desk_urls")),
        path("ban-lam-viec/", include("feedback.desk_urls")),
        path("tinh-nguyen/", include("guides.helping.urls")),
        path("so-lieu/", include("feedback.figures.urls")),
        path("ngoai-tuyen/", service_worker.no_signal, name="no_signal"),
        path("tinh-nguyen/", include("guides.counting.urls")),
        path("chien-dich/", include("guides.campaign_urls")),
        path("", include("home.urls")),
        path("", include("guides.urls")),
        re_path(serve_pattern, pages.serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
