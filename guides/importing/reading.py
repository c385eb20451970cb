"""From files to records: every file either gives a record or problems that name the file, the field, the reason."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, localdate
from django.utils.translation import gettext as _

from guides.importing.durations import UNITS
from guides.importing.fields import Fields, Problem
from guides.importing.record import Duration, Fee, LawRow, OfficialRecord, PaperRow, StepBlock, Way
from guides.importing.whole import read_whole, unknown_fields
from guides.models.procedures import CODE

LARGEST_FILE = 5 * 1024 * 1024  # bytes; the largest real record has some 90 kB
METHODS = ("DIRECT", "ONLINE", "POSTAL")
_PLAIN_NUMBER = re.compile(r"[0-9]{1,6}([.,][0-9]{1,3})?")


@dataclass(frozen=True)
class Refusal:
    """Why a file gives no record; `field` is empty when the whole file cannot be read.

    `guide` is the code of the one guide of a table that is held back; empty where a file is one guide.
    """

    file: Path
    field: str
    reason: str
    guide: str = ""


class NothingToRead(Exception):
    """The path does not exist or holds no record; the message is for the person who typed it."""


def find_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise NothingToRead(_("There is no file or folder %(path)s.") % {"path": path})
    files = sorted(f for f in path.iterdir() if f.suffix.lower() == ".json" and not f.name.startswith("."))
    if not files:
        raise NothingToRead(_("The folder %(path)s holds no records (*.json).") % {"path": path})
    return files


def read_files(files: Iterable[Path]) -> tuple[list[OfficialRecord], list[Refusal]]:
    """The records in the order of their codes. A code that stands in two files is refused in both."""
    records: list[OfficialRecord] = []
    refusals: list[Refusal] = []
    for file in files:
        read = read_file(file)
        if isinstance(read, OfficialRecord):
            records.append(read)
        else:
            refusals += read
    twins = list(_twins(records))
    refused = {refusal.file for refusal in twins}
    records = [record for record in records if record.file not in refused]
    return sorted(records, key=lambda record: record.identity), refusals + twins


def read_file(file: Path) -> OfficialRecord | list[Refusal]:
    try:
        raw = parse(file)
    except ValueError as error:
        return [Refusal(file, "", str(error))]
    problems: list[Problem] = []
    record = _record(file, Fields(raw, "", problems))
    if not problems:
        return record
    return [Refusal(file, field, reason) for field, reason in problems]


def parse(file: Path) -> dict[str, Any]:
    """The JSON object of a file; ValueError with a readable message when it is none."""
    try:
        raw = json.loads(_content(file), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        message = _("is not complete JSON: line %(line)d, column %(column)d")
        raise ValueError(message % {"line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        raise ValueError(_("is nested too deeply")) from error
    if not isinstance(raw, dict):
        raise ValueError(_("holds no record: a record is one JSON object"))
    return raw


def _content(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ValueError(_("cannot be opened: %(reason)s") % {"reason": error.strerror}) from error
    if len(content) > LARGEST_FILE:
        raise ValueError(_("is larger than %(size)d MB") % {"size": LARGEST_FILE // 1024**2})
    if not content.strip():
        raise ValueError(_("is empty"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(_("is not UTF-8 text: byte %(place)d") % {"place": error.start}) from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(_("holds a number that is none: %(name)s") % {"name": name})


def _twins(records: list[OfficialRecord]) -> Iterator[Refusal]:
    by_code: dict[str, list[Path]] = defaultdict(list)
    for record in records:
        by_code[record.identity].append(record.file)
    for code, files in by_code.items():
        for file in files if len(files) > 1 else []:
            others = ", ".join(other.name for other in files if other != file)
            reason = _("%(code)s stands in another file too: %(others)s")
            yield Refusal(file, "code", reason % {"code": code, "others": others})


def _record(file: Path, fields: Fields) -> OfficialRecord:
    whole = read_whole(fields, file.parent)
    unknown: list[tuple[str, str]] = unknown_fields(fields) if whole else []
    source = fields.group("source")
    return OfficialRecord(
        file=file,
        fingerprint=fingerprint(fields.raw),
        code=_code(file, fields, may_lack=whole is not None and bool(whole.slug)),
        name=_name(fields),
        title=fields.text("title", 255),
        source_id=fields.text("source_id", 60),
        category=fields.group("category").text("name", 200),
        agency=fields.text("executing_agency"),
        subjects=tuple(fields.texts("subject_types")),
        results=tuple(fields.texts("results")),
        requirements=fields.body("requirements"),
        ways=tuple(_ways(fields, unknown)),
        cases=tuple(_duration(case, unknown) for case in fields.groups("processing_cases")),
        papers=tuple(_papers(fields)),
        steps=tuple(_step(block) for block in fields.groups("steps_raw")),
        law=tuple(LawRow(row.text("code"), row.text("name")) for row in fields.groups("legal_basis")),
        source_url=_address(source),
        source_date=_day(source),
        unknown_words=tuple(unknown),
        whole=whole,
    )


def fingerprint(raw: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()


def _code(file: Path, fields: Fields, *, may_lack: bool) -> str:
    code = fields.text("code", 40)
    if not code:
        if not may_lack:
            fields.wrong("code", _("is missing"))
    elif not _is_code(code):
        fields.wrong("code", _("“%(code)s” is no procedure code like 1.001193") % {"code": code})
    elif _is_code(file.stem) and file.stem != code:
        reason = _("is %(code)s, but the file is named %(name)s")
        fields.wrong("code", reason % {"code": code, "name": file.name})
    return code


def _is_code(text: str) -> bool:
    try:
        CODE(text)
    except ValidationError:
        return False
    return text.isascii()


def _name(fields: Fields) -> str:
    name = fields.text("name")
    if not name and not any(field == "name" for field, _reason in fields.problems):
        fields.wrong("name", _("is missing"))
    return name


def _ways(fields: Fields, unknown: list[tuple[str, str]]) -> Iterator[Way]:
    for way in fields.groups("channels"):
        method = way.text("method", 60)
        fees = tuple(Fee(fee.number("value_vnd"), fee.body("text")) for fee in way.groups("fees"))
        time = _duration(way.group("processing"), unknown)
        note = way.body("note")
        if method in METHODS:
            yield Way(method, time, fees, note)
        else:
            unknown.append((way.path + "method", method))


def _duration(fields: Fields, unknown: list[tuple[str, str]]) -> Duration:
    unit = fields.text("unit", 60) or "OTHER"
    found = fields.quantity("qty")
    text = found if isinstance(found, str) else ""
    qty = _number_in(text) if text else found
    if unit not in UNITS:
        unknown.append((fields.path + "unit", unit))
        return Duration(None, "OTHER", text or f"{found or ''} {unit}".strip())
    if isinstance(qty, str) or qty is None:
        return Duration(None, unit, text)
    return Duration(float(qty), unit)


def _number_in(text: str) -> float | None:
    return float(text.replace(",", ".")) if _PLAIN_NUMBER.fullmatch(text) else None


def _step(block: Fields) -> StepBlock:
    return StepBlock(block.body("name"), block.body("text"), block.raw.get("is_one_step") is True)


def _papers(fields: Fields) -> Iterator[PaperRow]:
    for group in fields.groups("checklist_raw"):
        name = group.body("group")
        for item in group.groups("items"):
            originals = item.number("original_qty", largest=1000) or 0
            copies = item.number("copy_qty", largest=1000) or 0
            paper = item.body("name")
            if paper:
                yield PaperRow(name, paper, originals, copies)


def _address(source: Fields) -> str:
    url = source.text("url", 500)
    try:
        if url:
            URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        source.wrong("url", _("is no web address"))
    return url


def _day(source: Fields) -> date | None:
    """The day in the commune's time zone; the portal writes moments in UTC."""
    text = source.text("updated_at", 60)
    if not text:
        return None
    try:
        moment = parse_datetime(text)
        if moment is None or (len(text) == 10 and is_naive(moment)):
            day = parse_date(text)
        else:
            day = moment.date() if is_naive(moment) else localdate(moment)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        source.wrong("updated_at", _("is no date"))
    return day
