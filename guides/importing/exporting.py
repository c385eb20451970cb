"""A guide as a record of the same shape that the import reads.

What the portal's shape has no place for is left out: situations and whatever hangs on them, rejections, cut-off
hours, notes beside a known time, forms. Three keys are our own: `title`, `is_one_step` in a step, and words in
`qty` where a time is only a note.
"""

import json
import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from wagtail.models import Locale

from guides.importing import durations, mapping
from guides.importing.fees import defers_to_province, says_free
from guides.importing.values import read_values
from guides.models import FeeState, LegalDocument, PaperKind, ProcedurePage

METHODS = {str(ours): theirs for theirs, ours in mapping.METHODS.items()}
UNITS = {str(ours): theirs for theirs, ours in durations.UNITS.items()}
TO_SHOW = "Giấy tờ phải xuất trình"
BY_PROVINCE = "Theo quy định của Hội đồng nhân dân cấp tỉnh"
FREE = "Miễn phí"

Row = dict[str, Any]


def guides_to_export() -> Iterator[ProcedurePage]:
    """Guides with a code in the site's own language, each with what its editors saved last."""
    pages = ProcedurePage.objects.filter(locale=Locale.get_default(), alias_of=None).exclude(code="")
    for page in pages.order_by("code").iterator(chunk_size=50):
        yield page.get_latest_revision_as_object() if page.latest_revision_id else page


def write_record(folder: Path, page: ProcedurePage) -> Path:
    """Whole or not at all, so that an interrupted export leaves no broken file."""
    file = folder / f"{page.code}.json"
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(as_record(page), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(unfinished, file)
    return file


def as_record(page: ProcedurePage) -> Row:
    values = read_values(page)
    where = values["where_note"]
    prefix = mapping.AGENCY_PREFIX
    return {
        "code": page.code,
        "title": values["title"],
        "name": values["official_name"] or values["title"],
        "source_id": values["official_uuid"],
        "category": {"code": "", "name": values["field"]} if values["field"] else None,
        "executing_agency": where.removeprefix(prefix) if where.startswith(prefix) else None,
        "subject_types": values["who_may_apply"].splitlines(),
        "results": values["result"].splitlines(),
        "requirements": values["requirements"],
        "channels": [
            _channel(row, values["terms"]) for row in values["channels"] if row["method"] in METHODS
        ],
        "processing_cases": [],
        "legal_basis": _law(values["legal_basis"]),
        "steps_raw": [{"name": "", "text": row["text"], "is_one_step": True} for row in values["steps"]],
        "checklist_raw": list(_checklist(values["papers"])),
        "source": {"url": values["source_url"], "updated_at": values["source_date"]},
    }


def _channel(channel: Row, terms: Iterable[Row]) -> Row:
    term = _term_of(channel["method"], terms)
    return {
        "method": METHODS[channel["method"]],
        "fees": _fees(term),
        "processing": _processing(term),
        "note": channel["note"],
    }


def _term_of(method: str, terms: Iterable[Row]) -> Row:
    """The row for a way, else the one for every way, else none."""
    general = [term for term in terms if not term["situation"]]
    own = [term for term in general if term["channel"] == method]
    return next(iter([*own, *(term for term in general if not term["channel"])]), {})


def _processing(term: Row) -> Row:
    if term.get("time_value") is not None:
        return {"qty": term["time_value"], "unit": UNITS[term["time_unit"]]}
    return {"qty": term.get("time_note") or None, "unit": "OTHER"}


def _fees(term: Row) -> list[Row]:
    state, text = term.get("fee_state"), term.get("fee_note", "")
    exemptions = term.get("exemptions", "")
    if exemptions and not all(line in text for line in exemptions.splitlines()):
        text = "\n".join(part for part in (text, exemptions) if part)
    if state == FeeState.PROVINCE and not defers_to_province(text):
        text = f"{BY_PROVINCE}\n{text}".strip()
    if state == FeeState.FREE and not says_free(text):
        text = FREE
    amount = term.get("fee_amount") if state == FeeState.AMOUNT else None
    return [{"type": "FEE", "value_vnd": amount, "text": text}] if amount is not None or text else []


def _law(rows: list[Row]) -> list[Row]:
    documents = {
        d.number: d for d in LegalDocument.objects.filter(number__in=[row["number"] for row in rows])
    }
    found = [documents[row["number"]] for row in rows if row["number"] in documents]
    return [
        {
            "code": f"{document.kind} số {document.number}" if document.kind else document.number,
            "name": document.title,
        }
        for document in found
    ]


def _checklist(papers: list[Row]) -> Iterator[Row]:
    def group(paper: Row) -> str:
        return TO_SHOW if paper["kind"] == PaperKind.SHOW else str(paper["only_if"])

    for name, rows in groupby((p for p in papers if p["kind"] != PaperKind.NOT_NEEDED), key=group):
        items = [
            {"name": p["name"], "original_qty": p["originals"], "copy_qty": p["copies"], "attachments": []}
            for p in rows
        ]
        yield {"group": name, "items": items}
