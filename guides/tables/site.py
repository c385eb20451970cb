"""What a table may refer to without saying it again: the guides and the legal documents that the site has."""

from functools import cached_property

from wagtail.models import Locale

from guides.importing.legal_documents import NamedLaw, as_named_law
from guides.importing.whole_export import as_last_saved
from guides.models import LegalDocument, ProcedurePage
from guides.tables.lines import Line
from guides.tables.table import Table


class Site:
    @cached_property
    def guides(self) -> dict[str, int]:
        """Keys of pages by code, or by address where a guide has no code."""
        pages = ProcedurePage.objects.filter(locale=Locale.get_default(), alias_of=None)
        return {code or slug: pk for pk, code, slug in pages.values_list("pk", "code", "slug")}

    @cached_property
    def documents(self) -> dict[str, NamedLaw]:
        documents = LegalDocument.objects.select_related("replaced_by")
        return {document.number: as_named_law(document) for document in documents}

    def situations(self, guide: str, table: Table, lines: dict[str, list[Line]]) -> dict[str, str]:
        """Words by key, asked for only where the table itself does not say them."""
        if "situations" in table.sheets and (lines.get("situations") or guide in table.base):
            return {}
        if guide not in self.guides:
            return {}
        page = as_last_saved(ProcedurePage.objects.get(pk=self.guides[guide]))
        return {row.key: row.label for row in page.situations.all()}
