"""A reply template filled in for one case. A resident's name is only read, and the look written down, when asked for."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from feedback import handling
from feedback.access import Reader
from feedback.models import Case, CaseText, ReplyTemplate
from feedback.placeholders import fill, used
from home.models import CommuneSettings


def filled(template: ReplyTemplate, case: Case, reader: Reader, now: datetime) -> str:
    """In the language the resident writes; a placeholder without a value stays in its braces."""
    with override(case.language):
        values = _values(case, reader)
        if "name" in used(template.text):
            values["name"] = _name(case, reader, now)
        return fill(template.text, values)


def _values(case: Case, reader: Reader) -> dict[str, str]:
    official = reader.official or case.official
    commune = CommuneSettings.objects.filter(site__is_default_site=True).first()
    due = timezone.localtime(case.due_at)
    return {
        "code": case.code,
        "topic": case.topic.local_name,
        "area": case.area.local_name if case.area else "",
        "due": f"{date_format(due, 'G:i')}, {date_format(due, 'd/m/Y')}",
        "official": official.name,
        "title": official.local_title,
        "unit": case.unit.local_name,
        "phone": official.office_phone,
        "hotline": commune.hotline if commune else "",
    }


def _name(case: Case, reader: Reader, now: datetime) -> str:
    """What people are called who left no name."""
    contact = handling.show_contact(case, reader.user, now)
    names = [words.text for words in contact if words.role == CaseText.Role.NAME and not words.is_hidden]
    return names[0] if names else _("neighbour")
