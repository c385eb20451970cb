"""A guide as a record of the shape that the portal writes and the import reads.

The portal's shape has no place for situations and whatever hangs on them, rejections, cut-off hours, notes beside a
known time, forms: the whole guide stands beside it under one key, which the import prefers. Three keys among the
portal's are our own: `title`, `is_one_step` in a step, and words in `qty` where a time is only a note.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from wagtail.models import Locale

from guides.importing import durations, forms, mapping, whole
from guides.importing.fees import defers_to_province, says_free
from guides.importing.files import write_whole
from guides.importing.values import read_values
from guides.importing.whole_export import as_last_saved, forms_of, whole_document
from guides.models import FeeState, LegalDocument, PaperKind, ProcedurePage

METHODS = {str(ours): theirs for theirs, ours in mapping.METHODS.items()}
UNITS = {str(ours): theirs for theirs, ours in durations.UNITS.items()}
TO_SHOW = "Giấy tờ phải xuất trình"
BY_PROVINCE = "Theo quy định của Hội đồng nhân dân cấp tỉnh"
FREE = "Miễn phí"

Row = dict[str, Any]


def guides_to_export() -> Iterator[ProcedurePage]:
    """Guides in the site's own language, each with what its editors saved last."""
    pages = ProcedurePage.objects.filter(locale=Locale.get_default(), alias_of=None)
    for page in pages.order_by("code", "slug").iterator(chunk_size=50):
        yield as_last_saved(page)


def write_record(folder: Path, page: ProcedurePage) -> Path:
    """The guide, and its forms in a folder beside it."""
    text = json.dumps(guide_document(page), ensure_ascii=False, indent=1) + "\n"
    file = folder / f"{page.code or page.slug}.json"
    write_whole(file, text.encode())
    for fingerprint, form in forms_of(page).items():
        (folder / forms.FOLDER).mkdir(exist_ok=True)
        with form.open_file() as body:
            write_whole(folder / forms.FOLDER / forms.file_name(fingerprint, form.filename), body.read())
    return file


def guide_document(page: ProcedurePage) -> Row:
    """Everything a guide holds, as JSON: the portal's fields and, under `gan_dan`, the guide with its translations."""
    return {**as_record(page), whole.KEY: whole_document(page)}


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
