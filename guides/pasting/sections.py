"""Pasted official text cut into its parts by their headings.

Three layouts are known: the page of the national portal ("Trình tự thực hiện:" alone on a line, tables with tabs
between their cells), its cards ("Hình thức nộp: Trực tiếp"), and the annex of a decision ("a) Trình tự thực hiện:",
"1.2. Cách thức thực hiện:"). A heading is known by its words without tone marks, so that it does not matter how
the text was typed. A part may come twice (cards do); a second procedure in one text is cut off and said so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from gandan.text import fold


class Part(StrEnum):
    FRONT = "front"  # before the first heading
    CODE = "code"
    NAME = "name"
    FIELD = "field"
    STEPS = "steps"
    WAYS = "ways"
    CARD = "card"  # one way of the portal's cards
    PAPERS = "papers"
    TIME = "time"
    WHO = "who"
    AGENCY = "agency"
    RESULT = "result"
    FEE = "fee"
    LAW = "law"
    REQUIREMENTS = "requirements"
    CARD_NOTE = "card_note"
    OTHER = "other"  # known headings that say nothing a guide needs


@dataclass
class Section:
    part: Part
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


_HEADINGS = {
    Part.CODE: "ma thu tuc|ma so thu tuc|ma tthc|ma thu tuc hanh chinh|ma so",
    Part.NAME: "ten thu tuc|ten thu tuc hanh chinh|ten tthc|thu tuc|thu tuc hanh chinh",
    Part.FIELD: "linh vuc|ten linh vuc",
    Part.STEPS: "trinh tu|trinh tu thuc hien|cac buoc thuc hien|trinh tu cac buoc thuc hien|quy trinh thuc hien",
    Part.WAYS: "cach thuc|cach thuc thuc hien|cach thuc nop ho so|hinh thuc thuc hien",
    Part.CARD: "hinh thuc nop|hinh thuc nop ho so",
    Part.PAPERS: "thanh phan ho so|thanh phan so luong ho so|thanh phan va so luong ho so|ho so gom|ho so"
    "|ho so bao gom|thanh phan ho so gom|thanh phan ho so bao gom",
    Part.TIME: "thoi han giai quyet|thoi gian giai quyet|thoi han thuc hien|thoi gian thuc hien|thoi han"
    "|thoi han giai quyet ho so|tong thoi gian giai quyet",
    Part.WHO: "doi tuong thuc hien|doi tuong|doi tuong ap dung",
    Part.AGENCY: "co quan thuc hien|co quan giai quyet|co quan co tham quyen|co quan co tham quyen giai quyet"
    "|co quan co tham quyen quyet dinh|co quan truc tiep thuc hien|co quan thuc hien giai quyet",
    Part.RESULT: "ket qua|ket qua thuc hien|ket qua giai quyet|ket qua cua viec thuc hien|san pham",
    Part.FEE: "phi le phi|le phi|phi|phi va le phi|muc thu phi le phi|le phi phi|muc phi",
    Part.LAW: "can cu phap ly|co so phap ly|can cu phap ly cua thu tuc",
    Part.REQUIREMENTS: "yeu cau dieu kien|yeu cau dieu kien thuc hien|dieu kien thuc hien|yeu cau",
    Part.CARD_NOTE: "mo ta",
    Part.OTHER: "so quyet dinh|cap thuc hien|loai thu tuc|co quan phoi hop|dia chi tiep nhan hs"
    "|dia chi tiep nhan ho so|co quan duoc uy quyen|tu khoa|ten mau don mau to khai|mau don mau to khai"
    "|so luong ho so|ngay ban hanh|co quan ban hanh|co quan ban hanh quyet dinh|chi tiet thu tuc hanh chinh"
    "|thong tin cong bo|nguoi co tham quyen|muc do truc tuyen|so bo ho so|tinh trang hieu luc|ngay co hieu luc"
    "|quyet dinh cong bo|bieu mau dinh kem|phi le phi dinh kem",
}
_PART_OF = {fold(words): part for part, all_words in _HEADINGS.items() for words in all_words.split("|")}
# Words that lengthen a heading without changing it: "Kết quả thực hiện thủ tục hành chính (nếu có)".
_TAIL = re.compile(r" (?:(?:cua )?(?:thu tuc hanh chinh|tthc|thu tuc)|neu co|bao gom|gom)$")
_NUMBER = re.compile(
    r"^[\s\-–—+*•#]*(?:(?:[ivx]{1,5}|[a-zđ]|\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)](?:\s+|(?=[^\W\d]))|\(\w{1,3}\)\s*)?"
    r"[\s\-–—+*•]*",
    re.IGNORECASE,
)
_LONGEST_HEADING = 90  # characters
_ALONE = {"thu tuc", "ho so", "ma so", "phi", "le phi", "ket qua", "trinh tu", "cach thuc", "doi tuong"}
_ALONE |= {"thoi han", "yeu cau", "muc phi", "san pham", "mo ta", "thu tuc hanh chinh"}
_TABLE_HEAD = re.compile(r"hinh thuc nop(?: ho so)? thoi (?:han|gian)")
_COLUMNS = (Part.TIME, Part.FEE, Part.CARD_NOTE)


@dataclass(frozen=True)
class Sections:
    found: tuple[Section, ...]
    has_more: bool  # a second procedure follows; it was not read

    def of(self, part: Part) -> list[Section]:
        return [section for section in self.found if section.part is part]

    def text(self, part: Part) -> str:
        return "\n".join(section.text for section in self.of(part)).strip()

    def lines(self, part: Part) -> list[str]:
        return [line for section in self.of(part) for line in section.lines if line.strip()]


def split(lines: Iterable[str]) -> Sections:
    """Every line belongs to the heading above it; what stands behind a heading's colon is its first line."""
    found = [Section(Part.FRONT)]
    for line in lines:
        heading = _heading(line)
        if heading is None or _is_cell(heading[0], found[-1]):
            found[-1].lines.append(line)
            continue
        part, rest = heading
        if _begins_another(part, found):
            return Sections(tuple(found), True)
        found.append(Section(part, [rest] if rest else []))
    return Sections(tuple(found), False)


def _heading(line: str) -> tuple[Part, str] | None:
    if _TABLE_HEAD.match(fold(line[:120])):
        return None
    head, rest = _cut(line)
    if len(head) > _LONGEST_HEADING:
        return None
    words = fold(without_number(head))
    part = _PART_OF.get(words) or _PART_OF.get(_TAIL.sub("", _TAIL.sub("", words)))
    if part is None or (not _ends_as_heading(line, head) and words in _ALONE):
        return None
    return part, rest.strip()


def without_number(line: str) -> str:
    """Without the bullet, letter or number in front of a heading."""
    return _NUMBER.sub("", line)


def _cut(line: str) -> tuple[str, str]:
    """Before and behind the first colon or tab."""
    for place, character in enumerate(line):
        if character in ":\t" and line[:place].strip():
            return line[:place], line[place + 1 :]
    return line, ""


def _ends_as_heading(line: str, head: str) -> bool:
    return len(head) < len(line)


def _is_cell(part: Part, section: Section) -> bool:
    """In the portal's table a cell may begin like a heading: its columns' names, or "Lệ phí : 8000 Đồng"."""
    in_table = any("\t" in line or _TABLE_HEAD.match(fold(line[:120])) for line in section.lines)
    return section.part is Part.WAYS and in_table and part in _COLUMNS


def _begins_another(part: Part, found: list[Section]) -> bool:
    seen = {section.part for section in found}
    return part in seen and part in (Part.NAME, Part.STEPS, Part.CODE) and Part.PAPERS in seen
