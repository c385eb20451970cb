"""The part "guides" of a content pack: the JSON that `export_procedures` writes, and the forms beside it.

What comes in goes the way of every import. The files of the pack lie in a folder of our own for that moment, under
numbers and fingerprints, never under a name that stands in the archive.
"""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from gandan import packs
from gandan.packs import Line, Pack, PackWriter
from guides.importing import forms
from guides.importing.drafts import NoIndex, find_index
from guides.importing.exporting import guide_document, guides_to_export
from guides.importing.publishing import publish
from guides.importing.report import OUTCOMES, RecordReport, record_lines
from guides.importing.run import Orders, run_import
from guides.importing.storing import Outcome
from guides.importing.whole_export import forms_of
from guides.models import ProcedurePage

NAME = "guides"


def register() -> None:
    label = gettext_lazy("Procedure guides")
    packs.register(packs.Part(10, NAME, label, export_guides, receive_guides, may_take, may_publish))


def may_take(user: Any) -> bool:
    index = find_index(Locale.get_default())
    return index is not None and index.permissions_for_user(user).can_add_subpage()


def may_publish(user: Any) -> bool:
    index = find_index(Locale.get_default())
    return index is not None and index.permissions_for_user(user).can_publish_subpage()


def export_guides(pack: PackWriter) -> list[Line]:
    lines = []
    for page in guides_to_export():
        pack.add_json(f"{NAME}/{page.code or page.slug}.json", guide_document(page))
        lost = []
        for fingerprint, form in forms_of(page).items():
            try:
                with form.open_file() as body:
                    name = forms.file_name(fingerprint, form.filename)
                    pack.add(f"{NAME}/{forms.FOLDER}/{name}", body.read())
            except OSError:
                lost.append(_("the file of the form “%(title)s” is lost") % {"title": form.title})
        lines.append(Line(page.title, _("written"), tuple(lost)))
    pack.count(NAME, len(lines))
    return lines


def receive_guides(pack: Pack, orders: packs.Orders, now: datetime) -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        places = _lay_out(pack, Path(folder))
        if not places:
            return []
        try:
            report = run_import(
                Path(folder), Orders(orders.write, orders.publish, orders.user), now, orders.watch
            )
        except NoIndex as error:
            return [Line(str(packs.label_of(NAME)), str(error), is_refused=True)]
    refused: dict[str, list[str]] = {}
    for refusal in report.refusals:
        reasons = refused.setdefault(places.get(refusal.file.name, refusal.file.name), [])
        reasons.append(f"{refusal.field}: {refusal.reason}" if refusal.field else refusal.reason)
    lines = [_line(record, _publish_translations(record)) for record in report.records]
    return [*lines, *(Line(name, _("refused"), tuple(why), True) for name, why in refused.items())]


def _lay_out(pack: Pack, folder: Path) -> dict[str, str]:
    """The path in the pack by the name of the file here."""
    places = {}
    for number, path in enumerate(pack.paths(NAME, ".json"), start=1):
        if path.count("/") == 1:
            name = f"guide-{number:05}.json"
            (folder / name).write_bytes(pack.body(path) or b"")
            places[name] = path
    beside = folder / forms.FOLDER
    beside.mkdir()
    for path in pack.paths(f"{NAME}/{forms.FOLDER}"):
        body = pack.body(path) or b""
        fingerprint = hashlib.sha1(body, usedforsecurity=False).hexdigest()
        (beside / forms.file_name(fingerprint, path)).write_bytes(body)
    return places


def _line(record: RecordReport, languages: list[str]) -> Line:
    is_touched = record.outcome not in (Outcome.BY_HAND, Outcome.UNCHANGED, Outcome.DELETED)
    remarks = [line.strip() for line in list(record_lines(record))[1:]] if is_touched else []
    if languages:
        remarks.append(_("published in: %(languages)s") % {"languages": ", ".join(languages)})
    return Line(f"{record.code}  {record.title}".strip(), str(OUTCOMES[record.outcome]), tuple(remarks))


def _publish_translations(record: RecordReport) -> list[str]:
    """Of a guide that came in and was published just now; one that lacks something stays a draft."""
    if not record.published or record.outcome is not Outcome.NEW:
        return []
    page = ProcedurePage.objects.filter(locale=Locale.get_default(), code=record.code).first()
    others = page.get_translations().select_related("locale") if page and record.code else []
    return [other.locale.language_code for other in others if not other.live and not publish(other)]
