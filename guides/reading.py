"""What a reader sees of a procedure guide, on the page and on paper, from its sheet."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from guides.facts import five_facts, local, ways, who_is_exempt
from guides.models.choices import Method
from guides.near import near
from guides.paper_rows import paper_rows
from guides.promise_words import in_words
from guides.result_day import calendar_of, promise
from guides.situations import PARAMETER, chosen_of, key_of, situations_of
from guides.terms import Fee, fee_for, rows_for, time_for
from guides.when import when_context
from guides.wording import fee_in_words, joined, time_in_words, time_note, way_in_words
from home.commune import hours_lines
from home.models import Official


@dataclass(frozen=True)
class Helper:
    """Who helps today: the official, or the deputy while away. `away` is a sentence, empty otherwise."""

    name: str
    duty: str
    counter: str
    phone: str
    hours: list[str]
    away: str


def guide_context(page: Any, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """A situation nobody has, in the address, shows the guide for everyone.

    Two statements: the working calendar; lessons, the next session and answered questions. The official and deputy
    come with the page.
    """
    sheet, language, today = page.sheet, page.locale.language_code, localdate(now)
    asked = request.GET.dict()
    situations = situations_of(sheet, chosen_of(sheet, asked.get(PARAMETER, "")))
    situation = key_of(situations.chosen)
    calendar = calendar_of(sheet, today)
    promised = promise(sheet, calendar, now, situation)
    helper = who_helps(page, today)
    phone = helper.phone if helper else (sheet.get("unit") or {}).get("phone", "")
    counter = sheet.get("where", {}).get("counter", "") if helper and not helper.away else ""
    beside = near(page, request, now)
    return {
        "facts": five_facts(sheet, language, situation),
        "promise": in_words(promised) if promised else None,
        "warnings": warnings(page, today),
        "checker": checker(sheet, language),
        "is_overdue": page.is_check_overdue(today),
        "portal": portal(page),
        "helper": helper,
        "call_phone": phone,
        "call_text": _("Call %(counter)s") % {"counter": counter} if phone and counter else "",
        "situations": situations,
        "papers": paper_rows(sheet, situation),
        "ways": way_sections(sheet, situation),
        "rejections": sheet.get("rejections", []),
        "requirements": [line for line in page.requirements.splitlines() if line.strip()],
        "law": law_rows(sheet, today),
        "lessons": beside.lessons,
        "session": beside.session,
        "asked_before": beside.answers,
        "today": today,
        **when_context(page, asked, calendar, now),
    }


def warnings(page: Any, today: date) -> list[str]:
    """What a reader must know before trusting the slip; shown above it."""
    found = []
    if page.valid_from and today < page.valid_from:
        begins = _("This guide is valid from %(day)s. Until then other rules hold: call before you come.")
        found.append(begins % {"day": f"{page.valid_from:%d/%m/%Y}"})
    if page.valid_to and page.valid_to < today:
        ended = _("This guide was valid until %(day)s. The rules may have changed: call before you come.")
        found.append(ended % {"day": f"{page.valid_to:%d/%m/%Y}"})
    if page.is_check_overdue(today):
        overdue = _("This guide was to be checked again by %(day)s and has not been: ask before you come.")
        found.append(overdue % {"day": f"{page.check_again_on:%d/%m/%Y}"})
    return found


def checker(sheet: dict[str, Any], language: str) -> str:
    person = sheet.get("checker") or {}
    title = local(person, "title", language)
    return " – ".join(filter(None, [person.get("name", ""), title])) or _("The commune")


def portal(page: Any) -> dict[str, str] | None:
    """Where the official service is, and whether papers can be filed there."""
    url = page.online_url or page.official_url
    if not url:
        return None
    text = _("File on the national portal") if page.online_url else _("See the national portal")
    return {"url": url, "text": text, "host": urlsplit(url).hostname or ""}


def who_helps(page: Any, today: date) -> Helper | None:
    """None without an official in office."""
    official = page.official
    if official is None or not official.is_active(today):
        return None
    deputy = official.deputy if official.is_absent(today) else None
    if deputy is not None and deputy.is_active(today) and not deputy.is_absent(today):
        return _helper(official, deputy.office_phone, _stands_in(official, deputy))
    away = _("Away at present: call the commune first.") if official.is_absent(today) else ""
    return _helper(official, "" if away else official.office_phone, away)


def _helper(official: Official, phone: str, away: str) -> Helper:
    return Helper(
        name=official.name,
        duty=official.local_title,
        counter=official.counter,
        phone=phone,
        hours=hours_lines(official.unit.weekly_hours),
        away=away,
    )


def _stands_in(official: Official, deputy: Official) -> str:
    if official.away_until:
        words = {"day": f"{official.away_until:%d/%m/%Y}", "deputy": deputy.name}
        return _("Away until %(day)s. %(deputy)s helps you meanwhile.") % words
    return _("Away at present. %(deputy)s helps you meanwhile.") % {"deputy": deputy.name}


def way_sections(sheet: dict[str, Any], situation: str = "") -> list[dict[str, Any]]:
    """One section for each way to hand in: its time and fee, its note, its numbered steps."""
    notes = {row["method"]: row["note"] for row in sheet.get("channels", [])}
    sections = [_way_section(sheet, way, situation, notes.get(way, "")) for way in ways(sheet)]
    return sections or _only_steps(sheet, situation)


def _way_section(sheet: dict[str, Any], way: str, situation: str, note: str) -> dict[str, Any]:
    terms = sheet.get("terms", [])
    term_time, fee = time_for(terms, way, situation), fee_for(terms, way, situation)
    return {
        "title": _heading(way),
        "time": joined([time_in_words(term_time), time_note(term_time)]),
        "fee": fee_in_words(fee),
        "fee_note": _fee_note(fee),
        "note": note,
        "steps": steps_of(sheet, way, situation),
        "differs": not situation and len(steps_of(sheet, way)) < len(_steps_of_way(sheet, way)),
    }


def _only_steps(sheet: dict[str, Any], situation: str) -> list[dict[str, Any]]:
    return [{"title": _("Steps"), "steps": steps_of(sheet, "", situation)}]


def _heading(way: str) -> str:
    headings: dict[str, str] = {
        Method.COUNTER: _("Steps at the counter"),
        Method.ONLINE: _("Steps online"),
        Method.POST: _("Steps by post"),
        Method.PHONE: _("Steps by phone"),
    }
    return headings.get(way) or way_in_words(way)


def _fee_note(fee: Fee) -> str:
    return joined([fee["note"], who_is_exempt(fee)])


def steps_of(sheet: dict[str, Any], way: str, situation: str = "") -> list[str]:
    """Steps of a way in order: those of every situation, and those of the chosen one."""
    return [row["text"] for row in rows_for(_steps_of_way(sheet, way), "", situation)]


def _steps_of_way(sheet: dict[str, Any], way: str) -> list[dict[str, Any]]:
    return [row for row in sheet.get("steps", []) if row["channel"] in {"", way}]


def law_rows(sheet: dict[str, Any], today: date) -> list[dict[str, Any]]:
    return [{**row, "state": _state(row, today)} for row in sheet.get("law", [])]


def _state(row: dict[str, Any], today: date) -> str:
    """A sentence where the document is not simply in force; the last day in force still counts."""
    begins, ends = _day(row["in_force_from"]), _day(row["in_force_to"])
    replaced = row["replaced_by"]
    if begins and today < begins:
        return _("In force from %(day)s") % {"day": f"{begins:%d/%m/%Y}"}
    if ends and ends < today:
        gone = _("Repealed since %(day)s") % {"day": f"{ends:%d/%m/%Y}"}
        return joined([gone, _("replaced by %(number)s") % {"number": replaced} if replaced else ""])
    if ends:
        last = _("In force until %(day)s") % {"day": f"{ends:%d/%m/%Y}"}
        return joined([last, _("then %(number)s") % {"number": replaced} if replaced else ""])
    return ""


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None
