"""Reads CSV files into grids, in whatever encoding and with whatever separator a spreadsheet saved them.

UTF-8 and UTF-16 are known by their marks or by their bytes; what is neither is Windows-1258, the old Vietnamese
encoding, whose separate tone marks are joined to their letters.
"""

import csv
import io
import unicodedata
from pathlib import Path

from django.utils.translation import gettext as _

from guides.tables import safe_zip
from guides.tables.grids import MOST_COLUMNS, MOST_ROWS, Grid, NotATable, too_long
from guides.tables.sheets import sheets

SEPARATORS = ";,\t"
FORMULA_SIGNS = "=+-@\t\r'"  # a cell that opens with one is written behind an apostrophe
LONGEST_CELL = 131_072  # characters, as the csv module reads


def read_csv(file: Path) -> Grid:
    safe_zip.check_size(file)
    return grid_of(file.stem, file.read_bytes())


def read_zip(file: Path) -> list[Grid]:
    safe_zip.check_size(file)
    with safe_zip.opened(file) as archive:
        names = [name for name in archive.namelist() if is_csv(name)]
        if not names:
            raise NotATable(_("The zip file holds no CSV files."))
        return [grid_of(Path(name).stem, archive.read(name)) for name in sorted(names)]


def is_csv(name: str) -> bool:
    """Not the hidden twins that a Mac puts into every zip file."""
    return name.lower().endswith(".csv") and not Path(name).name.startswith(".")


def grid_of(title: str, content: bytes) -> Grid:
    text = decoded(content)
    grid = Grid(title, has_letters=False)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS:
                raise too_long(title)
            if any(cell.strip() for cell in row):
                grid.rows[number] = [unescaped(cell) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        words = {"file": title, "line": rows.line_num}
        raise NotATable(
            _("%(file)s: from line %(line)d on the quotation marks do not match.") % words
        ) from error
    return grid


def decoded(content: bytes) -> str:
    """The text in NFC; `NotATable` when it is in no encoding we know."""
    for encoding in _likely(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return unicodedata.normalize("NFC", text)
    raise NotATable(_("The file is neither UTF-8 nor UTF-16 nor Windows-1258 text. Save it as “CSV UTF-8”."))


def escaped(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] and text[0] in FORMULA_SIGNS else text


def unescaped(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in FORMULA_SIGNS else text


def _likely(content: bytes) -> list[str]:
    if content.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    zeros = [content[start:4096:2].count(0) for start in (0, 1)]
    if max(zeros) > len(content[:4096]) // 8:
        return ["utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"]
    return ["utf-8", "cp1258"]


def _separator(text: str) -> str:
    """The one that cuts the first line into the most headings we know."""
    first = text.split("\n", 1)[0]
    known = [sheet.heading for sheet in sheets().values()]

    def headings(separator: str) -> int:
        cells = [cell.strip(' "\r') for cell in first.split(separator)]
        return max(sum(find(cell) is not None for cell in cells) for find in known)

    return max(SEPARATORS, key=headings)
