"""From a record to the values of a guide.

Values are what JSON can hold, one entry a field, child rows as lists of dicts: the same shape that `storing`
reads back from a guide to see what an editor has changed. Doubt is never resolved here: a time that the record
contradicts stays unknown with every time named in its note, a fee is what `fees` says. What we add is Vietnamese
(see `durations`). The day of the check stays empty: an import is not a check.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from guides.importing import durations, papers
from guides.importing.fees import fee_facts
from guides.importing.findings import Finding, Kind
from guides.importing.incoming import Incoming, Origin
from guides.importing.legal import named_law, shorten
from guides.importing.record import Fee, OfficialRecord, Way
from guides.importing.steps import readable_steps
from guides.models.choices import AUDIENCES, Method, OnlineLevel, TimeUnit

METHODS = {"DIRECT": Method.COUNTER, "ONLINE": Method.ONLINE, "POSTAL": Method.POST}
AGENCY_PREFIX = "Cơ quan giải quyết: "
CASES_PREFIX = "Tùy trường hợp: "
DIFFERENT_PREFIX = "Nguồn nêu các thời hạn khác nhau: "
PORTALS = {"dichvucong.gov.vn": "Cổng Dịch vụ công quốc gia"}
SAYS_NOTHING = {"không", "không có", "không quy định", "không yêu cầu", "không có quy định"}
LONGEST = {"title": 255, "where_note": 200, "time_note": 500}

_AUDIENCE_WORDS = [
    ("người việt nam định cư", "overseas"),
    ("tổ chức", "organisation"),
    ("doanh nghiệp", "organisation"),
    ("hợp tác xã", "organisation"),
    ("người nước ngoài", "foreigner"),
    ("công dân", "citizen"),
    ("cán bộ", "citizen"),
    ("hộ gia đình", "citizen"),
]


def map_record(record: OfficialRecord) -> Incoming:
    """Its findings are only what had to be shortened; `contradictions` judges the record itself."""
    laws = {law.number: law for row in record.law if (law := named_law(row))}
    agency = AGENCY_PREFIX + record.agency if record.agency else ""
    title = record.title or readable_title(record.name)
    values = {
        "title": shorten(title, LONGEST["title"]),
        "official_name": record.name,
        "official_uuid": record.source_id,
        "official_url": record.source_url,
        "field": record.category,
        "audience": audience(record.subjects),
        "who_may_apply": "\n".join(record.subjects),
        "where_note": shorten(agency, LONGEST["where_note"]),
        "online_level": _online_level(record.ways),
        "result": "\n".join(papers.without_bullet(line) for line in record.results),
        "requirements": ""
        if record.requirements.lower().rstrip(".") in SAYS_NOTHING
        else record.requirements,
        "source_name": source_name(record.source_url),
        "source_url": record.source_url,
        "source_date": record.source_date.isoformat() if record.source_date else None,
        "channels": _channels(record.ways),
        "terms": _terms(record),
        "papers": [_paper(row) for row in record.papers if not papers.is_note(row)],
        "steps": [{"channel": "", "situation": "", "text": text} for text in readable_steps(record.steps)],
        "legal_basis": [{"number": number, "note": ""} for number in laws],
    }
    cut = [("name", title, "title"), ("executing_agency", agency, "where_note")]
    findings = [
        Finding(Kind.SHORTENED, name, shorten(text, 120))
        for name, text, key in cut
        if len(text) > LONGEST[key]
    ]
    return Incoming(
        file=record.file,
        code=record.code,
        fingerprint=record.fingerprint,
        origin=Origin.OFFICIAL,
        values=values,
        laws=laws,
        findings=findings,
    )


def readable_title(name: str) -> str:
    """The official name without the word "Thủ tục" in front, its first letter capital."""
    title = name.strip(" .;:")
    if title.lower().startswith("thủ tục ") and len(title) > len("thủ tục "):
        title = title[len("thủ tục ") :].lstrip(" :")
    return title[:1].upper() + title[1:]


def audience(subjects: Iterable[str]) -> list[str]:
    """Keys of AUDIENCES in their order; a word we do not know stays only in `who_may_apply`."""
    found = set()
    for subject in subjects:
        found |= {key for words, key in _AUDIENCE_WORDS if subject.lower().startswith(words)}
    return [key for key, _label in AUDIENCES if key in found]


def source_name(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return PORTALS.get(host, host)[:200]


def _online_level(ways: Iterable[Way]) -> str:
    """The records do not say whether all or part can be done online; that they name no online way, they do."""
    methods = {way.method for way in ways}
    return OnlineLevel.NONE if methods and "ONLINE" not in methods else OnlineLevel.UNKNOWN


def _by_method(ways: Iterable[Way]) -> dict[str, list[Way]]:
    """Rows of the same method together: 71 of the 284 real records repeat one."""
    grouped: dict[str, list[Way]] = {}
    for way in ways:
        grouped.setdefault(METHODS[way.method], []).append(way)
    return {method: grouped[method] for method in METHODS.values() if method in grouped}


def _channels(ways: Iterable[Way]) -> list[dict[str, Any]]:
    return [
        {"method": str(method), "note": "\n".join(dict.fromkeys(way.note for way in rows if way.note))}
        for method, rows in _by_method(ways).items()
    ]


def _terms(record: OfficialRecord) -> list[dict[str, Any]]:
    """One row a way; one for all ways where all say the same."""
    terms = [_term(str(method), record, rows) for method, rows in _by_method(record.ways).items()]
    if not terms and record.cases:
        terms = [_term("", record, [])]
    if len({repr({**term, "channel": ""}) for term in terms}) == 1:
        return [{**terms[0], "channel": ""}]
    return terms


def _term(method: str, record: OfficialRecord, ways: list[Way]) -> dict[str, Any]:
    fees: list[Fee] = [fee for way in ways for fee in way.fees]
    fee = fee_facts(fees)
    return {
        "channel": method,
        "situation": "",
        **_time(record, ways),
        "cut_off": None,
        "fee_state": str(fee.state),
        "fee_amount": fee.amount,
        "fee_note": fee.note,
        "exemptions": fee.exemptions,
    }


def _time(record: OfficialRecord, ways: list[Way]) -> dict[str, Any]:
    own, cases = durations.of_ways(ways), durations.of_cases(record)
    stated = sorted(own | cases | durations.against(ways))
    if len(stated) == 1 and stated[0].value.is_integer():
        return {"time_value": int(stated[0].value), "time_unit": str(stated[0].unit), "time_note": ""}
    words = "; ".join(map(str, stated))
    if len(stated) > 1:
        words = (DIFFERENT_PREFIX if own else CASES_PREFIX) + words
    said = dict.fromkeys([words, *(way.time.text for way in ways)])
    note = shorten("\n".join(line for line in said if line), LONGEST["time_note"])
    return {"time_value": None, "time_unit": str(TimeUnit.OTHER), "time_note": note}


def _paper(row: papers.PaperRow) -> dict[str, Any]:
    return {
        "name": papers.without_bullet(row.name),
        "kind": str(papers.kind(row)),
        "originals": row.originals,
        "copies": row.copies,
        "only_if": papers.only_if(row),
        "note": "",
        "situations": "",
        "form_file": None,
    }
