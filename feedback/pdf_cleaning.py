"""Writes a PDF anew from its pages alone. Run as a process of its own with little memory and time, since a hostile
file may never end: `python -m feedback.pdf_cleaning < given > clean`. What it refuses it names on the error stream.
"""

import io
import resource
import sys

MOST_PAGES = 30
MOST_MEMORY = 400 * 1024 * 1024  # bytes
MOST_SECONDS = 3  # of the processor
MOST_WRITTEN = 20 * 1024 * 1024  # bytes of the clean file

ENCRYPTED, ACTIVE, FORM, LONG, BROKEN, LARGE = "encrypted", "active", "form", "long", "broken", "large"
ACTS = frozenset(
    f"/{name}"
    for name in (
        *("JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "Movie", "Sound"),
        *("Rendition", "GoToE", "GoToR", "SubmitForm", "ImportData", "XFA"),
    )
)
FORMS = frozenset(["/AcroForm"])
LEFT_OUT = (
    "/Annots",
    "/AA",
    "/Metadata",
    "/PieceInfo",
    "/Thumb",
    "/B",
    "/Tabs",
    "/StructParents",
    "/Dur",
    "/Trans",
)


class Refused(Exception):
    """With the name of the reason."""


def clean(given: bytes) -> tuple[bytes, int]:
    """The pages of a harmless PDF without annotations, actions and what it tells of itself; and how many there are."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 after the limits are set
    from pypdf.generic import NameObject  # noqa: PLC0415

    reader = PdfReader(io.BytesIO(given))
    if reader.is_encrypted:
        raise Refused(ENCRYPTED)
    _look_through(reader)
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise Refused(LONG if reader.pages else BROKEN)
    writer = PdfWriter()
    for page in reader.pages:
        for key in LEFT_OUT:
            page.pop(NameObject(key), None)
        writer.add_page(page)
    writer.metadata = None
    written = io.BytesIO()
    writer.write(written)
    if written.tell() > MOST_WRITTEN:
        raise Refused(LARGE)
    return written.getvalue(), len(reader.pages)


def _look_through(reader: "PdfReader") -> None:  # type: ignore[name-defined]  # noqa: F821
    """Refuses what acts, wherever in the file it lies, linked or not."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject  # noqa: PLC0415

    numbers = {(number, generation) for generation, rows in reader.xref.items() for number in rows}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    waiting = [
        reader.trailer,
        *(IndirectObject(number, generation, reader) for number, generation in numbers),
    ]
    seen: set[tuple[int, int]] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            if (value.idnum, value.generation) in seen:
                continue
            seen.add((value.idnum, value.generation))
            value = value.get_object()
        if isinstance(value, DictionaryObject):
            named = {key for key in value if key in ACTS or key in FORMS}
            named |= {kind for key in ("/S", "/Type", "/Subtype") if (kind := str(value.get(key))) in ACTS}
            if named & ACTS:
                raise Refused(ACTIVE)
            if named:
                raise Refused(FORM)
            waiting += list(value.values())
        elif isinstance(value, ArrayObject):
            waiting += list(value)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        written, pages = clean(sys.stdin.buffer.read())
    except Refused as refused:
        sys.stderr.write(str(refused))
        return 1
    except (Exception, MemoryError):  # whatever a broken file makes of the reader
        sys.stderr.write(BROKEN)
        return 1
    sys.stdout.buffer.write(f"{pages}\n".encode() + written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
