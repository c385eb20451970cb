from typing import Any

from gandan.demo import Tell
from gandan.publishing import publish_new
from guides.demo.publishing import index_page, make_rows
from guides.demo.sources import Source, Written, read_pages
from guides.models import (
    Channel,
    LegalBasis,
    LegalDocument,
    Paper,
    ProcedurePage,
    Rejection,
    Situation,
    Step,
    Term,
)
from home.models import Official, Place, Unit

ROWS = (
    ("situation", "situations", Situation),
    ("channel", "channels", Channel),
    ("term", "terms", Term),
    ("paper", "papers", Paper),
    ("step", "steps", Step),
    ("rejection", "rejections", Rejection),
    ("legal", "legal_basis", LegalBasis),
)
LINKS = frozenset({"key", "unit", "official", "places", "checked_by", "also_called"})


def load_procedures(tell: Tell) -> None:
    existing = set(ProcedurePage.objects.values_list("locale__language_code", "slug"))
    missing = [guide for guide in read_pages("thu-tuc") if (guide.language, guide.key) not in existing]
    if missing:
        tell(f"writing {len(missing)} procedure guides")
    documents = {document.number: document for document in LegalDocument.objects.all()}
    for guide in missing:
        _load(guide, documents)


def _load(guide: Written, documents: dict[str, LegalDocument]) -> None:
    parent = index_page(guide.language, "thu-tuc")
    if parent is None:
        return
    original = ProcedurePage.objects.filter(locale__language_code="vi", slug=guide.key).first()
    page = ProcedurePage(slug=guide.key, locale=parent.locale, **_fields(guide.text))
    if original and guide.language != "vi":
        page.translation_key = original.translation_key
    for kind, name, model in ROWS:
        rows = [_row(kind, row, documents) for row in guide.text.get(kind, [])]
        setattr(page, name, make_rows(model, rows, parent.locale_id, original, name))
    page.places = list(Place.objects.filter(key__in=guide.text.get("places", [])))
    publish_new(parent, page)


def _fields(text: Source) -> dict[str, Any]:
    """The page's own fields; people and units are named by key and may be missing in another commune."""
    own = {field.name for field in ProcedurePage._meta.concrete_fields} - LINKS
    return {
        **{name: value for name, value in text.items() if name in own},
        "also_called": "\n".join(text.get("also_called", [])),
        "unit": Unit.objects.filter(key=text.get("unit")).first(),
        "official": Official.objects.filter(key=text.get("official")).select_related("unit").first(),
        "checked_by": Official.objects.filter(key=text.get("checked_by")).select_related("unit").first(),
    }


def _row(kind: str, row: Source, documents: dict[str, LegalDocument]) -> Source:
    if kind == "legal":
        return {"key": row["key"], "document": documents[row["number"]], "note": row.get("note", "")}
    if kind == "paper":
        return {**row, "situations": ",".join(row.get("situations", []))}
    return row
