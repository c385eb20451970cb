"""Papers, steps, people and results: the parts of an official text that are lists."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gandan.text import canonical, fold
from guides.importing.papers import without_bullet
from guides.importing.record import PaperRow

_ORIGINALS = r"bản\s+chính"
_COPIES = r"bản\s+sao"
_ONLY_COUNTS = re.compile(
    r"\s*\((?:\s*(?:và|,|;|\+)?\s*\d{1,3}\s*(?:\([^()]{1,20}\)\s*)?bản\s+(?:chính|sao)\s*)+\)", re.IGNORECASE
)
_COUNTED = re.compile(r"[\s;,.\-–|(]*bản\s+(?:chính|sao)\s*:\s*\d{1,3}\s*(?:bản)?[)\s;,.]*", re.IGNORECASE)
_LAST_COUNT = re.compile(r"bản\s+sao\s*:\s*\d{1,3}\s*\)?\s*[.;]?\s*$", re.IGNORECASE)
_TABLE_HEAD = re.compile(r"^ten giay to(?: mau don to khai)?(?: so luong)?$|^(?:mau don to khai|so luong)$")
_FORM_FILE = re.compile(r"^[^\t]{1,200}\.(?:docx?|pdf|xlsx?|rtf|odt|zip|rar)\s*$", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:[-–+*•]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]{1,4})[.)])\s*\S", re.IGNORECASE)
_GROUP = re.compile(
    r"^\W*(?:giấy tờ (?:phải )?(?:nộp|xuất trình)|lưu ý|(?:đối với )?trường hợp|đối với|hồ sơ[^:]{0,120}gồm)\b",
    re.IGNORECASE,
)
_SETS = re.compile(r"^\W*(?:\w[).]\s*)?(?:số\s+lượng\s+hồ\s+sơ|số\s+lượng|số\s+bộ)\b", re.IGNORECASE)
_COPY_FIRST = re.compile(r"^\W*(?:\d{1,2}\s+)?bản\s+(?:sao|chụp|photo)\b", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]{1,4})[.)]\s+)", re.IGNORECASE)
_NOT_ITEMS = {"khong", "khong co", "thanh phan ho so", "khong quy dinh"}


@dataclass(frozen=True)
class ReadPaper:
    row: PaperRow
    quote: str


def papers_in(lines: Iterable[str]) -> list[ReadPaper]:
    kept = [line.rstrip() for line in lines if line.strip()]
    if any(_LAST_COUNT.search(line) for line in kept):
        return list(_table(kept))
    return list(_list([line for line in kept if not _TABLE_HEAD.match(fold(line[:120]))]))


def _table(lines: list[str]) -> Iterator[ReadPaper]:
    """A row ends with its counts ("Bản sao: 0"); what stands before the table's head, or ends in a colon, is a group."""
    group = ""
    pending: list[str] = []
    for line in lines:
        if _TABLE_HEAD.match(fold(line[:120])):
            group, pending = "\n".join(pending), []
        elif _LAST_COUNT.search(line):
            yield from _paper(group, [*pending, line])
            pending = []
        elif not pending and _is_group(line):
            group = line.strip()
        else:
            pending.append(line)


def _is_group(line: str) -> bool:
    return bool(_GROUP.match(line)) and line.rstrip().endswith(":") and "\t" not in line


def _list(lines: list[str]) -> Iterator[ReadPaper]:
    """A row begins with a bullet or number; without any, every line is a row. Deeper bullets stay with their row."""
    group = ""
    outer = _outer(lines)
    pending: list[str] = []
    for line in lines:
        if _SETS.match(line):
            yield from _paper(group, pending)
            pending = []
        elif _opens_group(line):
            yield from _paper(group, pending)
            group, pending = line.strip(), []
        elif outer is None or _mark(line) == outer or not pending:
            yield from _paper(group, pending)
            pending = [line]
        else:
            pending.append(line)
    yield from _paper(group, pending)


def _opens_group(line: str) -> bool:
    return line.rstrip().endswith(":") and bool(_GROUP.match(_NUMBERING.sub("", line)))


def _outer(lines: list[str]) -> str | None:
    """The mark of the first item that is not the head of a group: rows of this mark are papers."""
    marks = [_mark(line) for line in lines if not _opens_group(line) and not _SETS.match(line)]
    return next((mark for mark in marks if mark), None)


def _mark(line: str) -> str:
    found = _ITEM.match(line)
    if not found:
        return ""
    first = line.strip().lstrip("(")[0]
    return "1" if first.isdigit() else "a" if first.isalpha() else first


def _paper(group: str, lines: list[str]) -> Iterator[ReadPaper]:
    quote = "\n".join(line.strip() for line in lines)
    cells = [cell for line in lines for cell in line.split("\t")]
    kept = [cell.strip() for cell in cells if cell.strip() and not _FORM_FILE.match(cell)]
    plain = (_ONLY_COUNTS.sub("", _COUNTED.sub(" ", cell)).strip() for cell in kept)
    text = "\n".join(filter(None, plain))
    name = _named(text)
    if not name or fold(name) in _NOT_ITEMS:
        return
    originals, copies = _counts(quote)
    yield ReadPaper(PaperRow(group, name, originals, copies), quote)


def _named(text: str) -> str:
    """Line by line canonical, without its bullet, its number and the semicolon of a list."""
    lines = [canonical(line) for line in text.split("\n")]
    name = "\n".join(line for line in lines if line)
    return _NUMBERING.sub("", without_bullet(name)).rstrip(" ;")


def _counts(text: str) -> tuple[int, int]:
    """(originals, copies). Where only words stand: one copy for "bản sao …" in front, else one original."""
    originals, copies = _number(_ORIGINALS, text), _number(_COPIES, text)
    if originals is None and copies is None:
        return (0, 1) if _COPY_FIRST.match(_NUMBERING.sub("", without_bullet(text))) else (1, 0)
    return originals or 0, copies or 0


def _number(words: str, text: str) -> int | None:
    """The last "bản chính: 2", else the last "02 bản chính" or "02 (hai) bản chính"."""
    behind = re.findall(rf"{words}\s*:\s*(\d{{1,3}})\b", text, re.IGNORECASE)
    before = re.findall(rf"\b(\d{{1,3}})[ \t]*(?:\([^()]{{1,20}}\)[ \t]*)?{words}", text, re.IGNORECASE)
    return int((behind or before)[-1]) if behind or before else None


def entries_in(lines: Iterable[str]) -> list[str]:
    """Short entries, one a line or behind semicolons; commas part them only before a capital, outside brackets."""
    pieces = [piece for line in lines for piece in re.split(r";|,(?=\s+[^\W\d_a-zà-ỹđ])(?![^(]*\))", line)]
    found = [_NUMBERING.sub("", without_bullet(canonical(piece))).strip(" .;") for piece in pieces]
    return [piece for piece in dict.fromkeys(found) if piece]


def whole_lines(lines: Iterable[str]) -> list[str]:
    found = [_NUMBERING.sub("", without_bullet(canonical(line))).rstrip(" ;") for line in lines]
    return [line for line in dict.fromkeys(found) if line]
