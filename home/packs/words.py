"""What was done with a pack, in lines for a screen or a terminal."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gandan.packs import Line, Pack, Report, label_of
from home.models import CommuneSettings


def commune_name() -> str:
    """Of this site, as its packs carry it; empty where nobody named the commune yet."""
    settings = CommuneSettings.objects.first()
    return settings.name if settings else ""


def origin(pack: Pack) -> str:
    day = date_format(date.fromisoformat(pack.made_on), "SHORT_DATE_FORMAT")
    words = {"commune": pack.commune or _("a commune without a name"), "day": day}
    return _("Pack of %(commune)s, made on %(day)s") % words


def report_lines(report: Report) -> Iterator[str]:
    for name, lines in report.lines.items():
        yield f"{label_of(name)}: {len(lines)}"
        for line in lines:
            yield from line_lines(line)
    yield from unknown_lines(report)


def line_lines(line: Line) -> Iterator[str]:
    yield f"{'! ' if line.is_refused else '  '}{line.title} ({line.outcome})"
    yield from (f"    - {remark}" for remark in line.remarks)


def unknown_lines(report: Report) -> list[str]:
    words = _("The pack also holds “%(name)s” (%(count)d files), which this site does not know. Left out.")
    return [words % {"name": name, "count": count} for name, count in report.unknown.items()]
