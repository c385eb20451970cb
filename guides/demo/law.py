from guides.demo.sources import FOLDER, Source, read
from guides.models import LegalDocument

FIELDS = ("kind", "title", "issuer", "url", "date", "in_force_from", "in_force_to")


def load_law() -> None:
    documents = [row for path in sorted(FOLDER.glob("legal*.toml")) for row in read(path)["document"]]
    made = {row["number"]: _made(row) for row in documents}
    for row in documents:
        document, is_new = made[row["number"]]
        if is_new and row.get("replaced_by"):
            document.replaced_by = LegalDocument.objects.get(number=row["replaced_by"])
            document.save(update_fields=["replaced_by"])


def _made(row: Source) -> tuple[LegalDocument, bool]:
    values = {field: row[field] for field in FIELDS if field in row}
    return LegalDocument.objects.get_or_create(number=row["number"], defaults=values)
