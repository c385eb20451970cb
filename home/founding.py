"""The tree of a new commune: locales, a home page for each language, the Wagtail site."""

from collections.abc import Callable
from datetime import date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from gandan import founding
from gandan.publishing import publish_new
from home.models import CommuneSettings, HomePage

DEFAULT_PORTS = {"http": 80, "https": 443}

QUESTIONS = {
    "vi": "Bà con cần làm việc gì?",
    "en": "What do you need to get done?",
    "ar": "ماذا تريد أن تنجز؟",
}
TITLES = {"vi": "Trang chủ", "en": "Home", "ar": "الصفحة الرئيسية"}


@transaction.atomic
def found_site(today: date, tell: Callable[[str], None] = lambda line: None) -> date:
    """Make what is missing of the tree; returns the day the commune was first founded, which never changes."""
    locales = {
        code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES
    }
    homes = _homes(locales, today)
    _site(homes[settings.LANGUAGE_CODE])
    for part in founding.parts():
        tell(part.name)
        part.make(homes)
    return timezone.localdate(homes[settings.LANGUAGE_CODE].first_published_at)


def _homes(locales: dict[str, Locale], today: date) -> dict[str, Page]:
    root = Page.get_first_root_node()
    founded_at = timezone.make_aware(datetime.combine(today, time(8)))
    homes: dict[str, Page] = {}
    for code, locale in locales.items():
        home = HomePage.objects.filter(locale=locale, depth=2).first()
        if home is None:
            home = HomePage(title=TITLES[code], question=QUESTIONS[code], slug=code, locale=locale)
            if homes:
                home.translation_key = homes[settings.LANGUAGE_CODE].translation_key
            publish_new(root, home, founded_at)
            root.refresh_from_db()
        homes[code] = home
    return homes


def _site(home: Page) -> Site:
    """The default site stands on our home page; Wagtail's own welcome page goes."""
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.pk is None or site.root_page_id != home.pk:
        welcome = site.root_page if site.pk else None
        site.hostname = address.hostname or "localhost"
        site.port = address.port or DEFAULT_PORTS.get(address.scheme, 80)
        site.root_page = home
        site.save()
        if welcome is not None and welcome.specific_class is Page:
            welcome.delete()
    CommuneSettings.objects.get_or_create(site=site)
    return site
