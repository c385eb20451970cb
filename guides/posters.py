"""Posters for walls and doors, black and white: one large QR of a guide, a counter or a session."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.qr import qr_svg
from gandan.templatetags.gandan import day_long
from guides.facts import five_facts
from guides.session_facts import session_path
from guides.session_words import span
from home.shortlinks import short_url, short_url_of_path
from home.translated import language_of

ON_A_POSTER = ("where", "how-long", "cost", "bring")
LONG_TITLE = 40  # characters that stand in two lines at the largest size


@dataclass(frozen=True)
class Poster:
    """`lines` are pairs of a label and an answer; `back` is the page that the poster leads to."""

    title: str
    words: str
    lines: list[tuple[str, str]]
    qr: Any
    address: str
    back: str
    language: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.title) > LONG_TITLE


def guide_poster(page: Any, back: str) -> Poster:
    facts = five_facts(page.sheet, page.locale.language_code)
    lines = [(fact.label, fact.answer) for fact in facts if fact.key in ON_A_POSTER]
    words = _("Scan to see what to bring, before you come.")
    return poster(page.title, words, lines, short_url(page), back, language_of(page))


def session_poster(session: Any) -> Poster:
    path = session_path(session.pk)
    lines = [
        (_("When"), format_html("{}, {}", day_long(session.date), span(session.starts, session.ends))),
        (_("Where"), ", ".join(filter(None, [session.place.local_name, session.place.local_address]))),
    ]
    words = _("Free, no need to sign up. Bring your phone.")
    title = (
        session.title if not session.is_cancelled else _("Cancelled: %(title)s") % {"title": session.title}
    )
    language = "" if get_language() == "vi" else "vi"
    return poster(title, words, lines, short_url_of_path(path, f"buoi {session.pk}"), path, language)


def poster(
    title: str, words: str, lines: list[tuple[str, str]], address: str, back: str, language: str = ""
) -> Poster:
    qr = qr_svg(address, _("QR code of “%(title)s”") % {"title": title})
    return Poster(title, words, lines, qr, address.split("://", 1)[1], back, language)
