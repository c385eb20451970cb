"""A whole guide out of another site, in the words of this one: what it names and we do not have is left out, and said."""

from typing import Any

from wagtail.documents.models import Document

from guides.importing.findings import Finding
from guides.importing.findings import Kind as Remark
from guides.importing.incoming import Form, Incoming, Origin, Translation
from guides.importing.record import OfficialRecord
from guides.importing.shape import Column, Kind, page_columns
from guides.importing.values import Values
from guides.importing.whole import KEY, WholeGuide


def map_whole(record: OfficialRecord, whole: WholeGuide) -> Incoming:
    findings: list[Finding] = []
    fit = _Fit(whole.forms, findings)
    return Incoming(
        file=record.file,
        code=record.code,
        fingerprint=record.fingerprint,
        origin=Origin.GUIDE,
        values=fit.values(whole.values),
        laws=whole.documents,
        findings=findings,
        slug=whole.slug,
        forms=whole.forms,
        translations={
            language: Translation(found.slug, fit.values(found.values), found.ties)
            for language, found in whole.translations.items()
        },
    )


class _Fit:
    """Takes out of values what only the site they come from knows."""

    def __init__(self, forms: dict[str, Form], findings: list[Finding]) -> None:
        self.forms = forms
        self.findings = findings

    def values(self, values: Values) -> Values:
        kept = dict(values)
        for column in page_columns():
            if column.kind in (Kind.KEY, Kind.KEYS) and kept.get(column.name):
                self._keep_known(kept, column)
        if "papers" in kept:
            kept["papers"] = [self._with_known_form(row) for row in kept["papers"]]
        return kept

    def _keep_known(self, values: Values, column: Column) -> None:
        wanted = [values[column.name]] if column.kind is Kind.KEY else values[column.name]
        known = set(column.related.objects.filter(key__in=wanted).values_list("key", flat=True))
        unknown = [key for key in wanted if key not in known]
        if unknown:
            self._remark(f"{KEY}.guide.{column.name}", ", ".join(unknown))
            del values[column.name]
            if known:
                values[column.name] = sorted(known)

    def _with_known_form(self, row: dict[str, Any]) -> dict[str, Any]:
        fingerprint = row.get("form_file")
        if not fingerprint or self._has(fingerprint):
            return row
        form = self.forms.get(fingerprint)
        self._remark(f"{KEY}.guide.papers.form_file", form.title if form else fingerprint)
        return {**row, "form_file": None}

    def _has(self, fingerprint: str) -> bool:
        form = self.forms.get(fingerprint)
        has_file = form is not None and form.body is not None
        return has_file or Document.objects.filter(file_hash=fingerprint).exists()

    def _remark(self, field: str, word: str) -> None:
        found = Finding(Remark.UNKNOWN_WORD, field, word)
        if found not in self.findings:
            self.findings.append(found)
