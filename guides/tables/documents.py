"""The sheet of legal documents, and the citations that refer to it or to what the site knows already."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from guides.importing.legal import named_law
from guides.importing.legal_documents import DAYS, NamedLaw
from guides.importing.record import LawRow
from guides.importing.typed import Wrong, checked_address, checked_text
from guides.importing.values import Values
from guides.importing.whole import LONGEST
from guides.tables.cells import day_in, text_in
from guides.tables.grids import Remark
from guides.tables.lines import Line, Lines
from guides.tables.site import Site


class Documents:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.laws: dict[str, NamedLaw] = {}
        self.faults: dict[str, list[Remark]] = {}
        self.told: set[str] = set()

    def cite(self, row: Values, line: Line, laws: dict[str, NamedLaw]) -> Iterator[Remark]:
        """Puts the number in its one spelling and the document, with what replaces it, into `laws`."""
        number = row.get("number", "")
        if not number:
            return
        law = self._find(number)
        if law is None:
            reason = _("“%(number)s” is no document the site knows. Describe it on the last sheet.")
            yield line.remark("number", reason % {"number": number})
            return
        row["number"] = law.number
        while law is not None and law.number not in laws:
            laws[law.number] = law
            yield from self.faults.get(law.number, [])
            self.told.add(law.number)
            law = self._find(law.replaced_by) if law.replaced_by else None

    def unread_faults(self) -> list[Remark]:
        return [r for number, remarks in self.faults.items() if number not in self.told for r in remarks]

    def _find(self, number: str) -> NamedLaw | None:
        """As it is written, else in the usual spelling, else as a document that nobody has described yet."""
        for known in (self.laws, self.site.documents):
            if number in known:
                return known[number]
        usual = named_law(LawRow(number, ""))
        if usual is None:
            return None
        return self.laws.get(usual.number) or self.site.documents.get(usual.number) or usual


def read_documents(lines: Lines | None, site: Site) -> Documents:
    documents = Documents(site)
    for line in lines.lines if lines else []:
        law, remarks = _document(line)
        if law.number in documents.laws:
            remarks.append(line.remark("number", _("stands on this sheet twice")))
        documents.laws.setdefault(law.number, law)
        if remarks:
            documents.faults.setdefault(law.number, []).extend(remarks)
    return documents


def _document(line: Line) -> tuple[NamedLaw, list[Remark]]:
    law, remarks = NamedLaw("", "", ""), []
    for name in (*LONGEST, *DAYS, "url"):
        try:
            if line.refused(name):
                raise Wrong(line.refused(name))
            law = replace(law, **{name: _value(name, line)})
        except Wrong as wrong:
            remarks.append(line.remark(name, str(wrong)))
    if not law.number and not remarks:
        remarks.append(line.remark("number", _("is missing")))
    if "" < law.in_force_to < law.in_force_from:
        remarks.append(line.remark("in_force_to", _("It ends before it begins.")))
    return law, remarks


def _value(name: str, line: Line) -> str:
    if name in DAYS:
        return day_in(line.cell(name))
    text = text_in(line.cell(name))
    return checked_address(text) if name == "url" else checked_text(text, LONGEST[name])
