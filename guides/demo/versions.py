from copy import deepcopy
from datetime import timedelta
from typing import Any

from django.utils import timezone

from guides.demo.sources import FOLDER, Source, read
from guides.models import PastVersion, ProcedurePage
from guides.versions_facts import changes, shown_fields


def load_versions() -> None:
    for version in read(FOLDER / "ban-cu.toml")["version"]:
        guide = ProcedurePage.objects.filter(slug=version["guide"], locale__language_code="vi").first()
        if guide is not None and not guide.past_count:
            _keep(guide, version)


def _keep(guide: ProcedurePage, version: Source) -> None:
    shown = {**shown_fields(guide), "valid_from": None, "checked_on": None, "check_again_on": None}
    shown |= {name: version[name].strip() for name in ("summary", "requirements")}
    past = PastVersion(
        page=guide,
        number=1,
        sheet=_sheet(guide.sheet, version),
        shown=shown,
        last_day=version["replaced_on"] - timedelta(days=1),
        replaced_on=version["replaced_on"],
        created_at=timezone.now(),
    )
    past.changes = changes(past, guide)
    past.save()
    ProcedurePage.objects.filter(pk=guide.pk).update(past_count=1)


def _sheet(present: dict[str, Any], version: Source) -> dict[str, Any]:
    sheet = deepcopy(present)
    sheet["law"] = [row for row in sheet["law"] if row["number"] not in version["without_law"]]
    sheet["rejections"] = [
        row for row in sheet["rejections"] if row["reason"] not in version["without_rejection"]
    ]
    if version["without_paper_notes"]:
        sheet["papers"] = [{**paper, "note": ""} for paper in sheet["papers"]]
    return sheet
