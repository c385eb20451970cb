"""The kinds of result as people read them, in the order of the filter."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    one: Any
    many: Any
    icon: str


KINDS = {
    "procedure": Kind(_("Procedure"), _("Procedures"), "paper"),
    "tutorial": Kind(_("Lesson"), _("Lessons"), "mobile"),
    "session": Kind(_("Help session"), _("Help sessions"), "calendar"),
    "official": Kind(_("Official"), _("Officials"), "official"),
    "place": Kind(_("Place"), _("Places"), "where"),
    "news": Kind(_("News"), _("News"), "loudspeaker"),
    "posting": Kind(_("Public posting"), _("Public postings"), "slip"),
    "answer": Kind(_("Answered question"), _("Answered questions"), "ask"),
    "page": Kind(_("Page"), _("Pages"), "contents"),
}
