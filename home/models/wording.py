"""Single rows with names in three languages: `name`, `name_en`, `name_ar`; a blank one falls back to Vietnamese."""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def wording(label: Any, max_length: int, *, blank: bool = False) -> tuple[models.CharField, ...]:
    """The field in Vietnamese, English and Arabic, in this order."""
    return (
        models.CharField(label, max_length=max_length, blank=blank),
        models.CharField(_("in English"), max_length=max_length, blank=True),
        models.CharField(_("in Arabic"), max_length=max_length, blank=True),
    )


class Worded:
    def words(self, field: str, language: str | None = None) -> str:
        """The field's words in the language, else in Vietnamese."""
        language = language or get_language() or "vi"
        own = "" if language == "vi" else getattr(self, f"{field}_{language}", "")
        return own or getattr(self, field)

    @property
    def local_name(self) -> str:
        return self.words("name")

    @property
    def local_title(self) -> str:
        return self.words("title")

    @property
    def local_duties(self) -> str:
        return self.words("duties")
