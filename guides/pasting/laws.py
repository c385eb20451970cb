"""Legal texts that a pasted text names: number, kind, day, issuer, title."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gandan.text import canonical
from guides.importing.legal import has_number, named_law
from guides.importing.legal_documents import NamedLaw
from guides.importing.papers import without_bullet
from guides.importing.record import LawRow
from guides.pasting.words import day_in

_NUMBER = r"\d+(?:\.\d+)?/(?:\d{4}/)?[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ0-9]+)*"
_KIND = r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị)"
_CITED = re.compile(
    rf"{_KIND}\s+(?:[^\W\d][^;.\n/]{{0,60}}?\s)?(?:số\s+)?{_NUMBER}[^;\n]{{0,400}}", re.IGNORECASE
)
_ISSUER = re.compile(
    r"\bcủa\s+((?:Bộ trưởng\s+|Chủ tịch\s+)?(?:Chính phủ|Thủ tướng Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội"
    r"|Bộ\s+[A-ZĐÀ-Ỹ][^;,.\n]{2,60}?|(?:Hội đồng nhân dân|Ủy ban nhân dân|UBND|HĐND)\s+[^;,.\n]{2,60}?))"
    r"(?=\s+(?:quy định|hướng dẫn|về|sửa đổi|ban hành|công bố|bãi bỏ|Quy định|Hướng dẫn|Về)\b|\s*[;,.:]|\s*$)"
)
_ITEM = re.compile(r"^\s*(?:[-–+*•]|\(?(?:\d{1,2}|[a-zđ])[.)])\s*\S", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*\(?(?:\d{1,2}|[a-zđ])[.)]\s+", re.IGNORECASE)
_TABLE_HEAD = re.compile(
    r"^\s*số\s+ký\s+hiệu\b|^\s*trích\s+yếu\s*$|^\s*ngày\s+ban\s+hành\s*$|^\s*cơ\s+quan\s+ban\s+hành\s*$",
    re.IGNORECASE,
)
_ONLY_NUMBER = re.compile(rf"\s*(?:{_KIND}\s+)?(?:số\s+)?({_NUMBER})\s*", re.IGNORECASE)
_NUMBER_IN_FRONT = re.compile(rf"({_NUMBER})[\s.:,–-]+(.+)", re.DOTALL)
_GLUED = re.compile(r"(\d/[A-ZĐ0-9-]+)(ngày)\b")  # "53/2025/TT-BCAngày"
_ONLY_DAY = re.compile(r"\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\s*")


@dataclass(frozen=True)
class ReadLaw:
    row: LawRow
    law: NamedLaw | None
    quote: str


def laws_in(lines: Iterable[str]) -> list[ReadLaw]:
    """From the part "Căn cứ pháp lý": one text of law an item, known by the first number in it."""
    return _once(_read(cells) for cells in _items(lines))


def laws_cited(text: str) -> list[ReadLaw]:
    """From anywhere in a text that has no such part."""
    return _once(_read([match[0].strip()]) for match in _CITED.finditer(text))


def _items(lines: Iterable[str]) -> Iterator[list[str]]:
    """Each item as the cells of its row; sentences are one cell."""
    pending: list[str] = []
    kept = [line for line in lines if line.strip() and not _TABLE_HEAD.match(line)]
    is_table = any("\t" in line for line in kept)
    for line in kept:
        for piece in [line] if is_table else _pieces(line):
            if pending and _begins(piece):
                yield pending
                pending = []
            pending += [cell.strip() for cell in piece.split("\t") if cell.strip()]
    if pending:
        yield pending


def _pieces(line: str) -> list[str]:
    """Several texts of law behind semicolons in one line."""
    pieces = line.split(";")
    cut: list[str] = [pieces[0]]
    for piece in pieces[1:]:
        if re.match(rf"\s*(?:và\s+)?{_KIND}\b", piece) and has_number(piece):
            cut.append(piece)
        else:
            cut[-1] += ";" + piece
    return cut


def _begins(piece: str) -> bool:
    first = re.sub(r"\s*([/-])\s*", r"\1", piece.split("\t")[0])
    starts = re.match(rf"\s*(?:[-–+*•]\s*|\(?\d{{1,2}}[.)]\s+)?(?:{_KIND}|{_NUMBER})(?!\w)", first)
    return bool(starts) or (bool(_ITEM.match(piece)) and not _ONLY_DAY.fullmatch(piece))


def _read(cells: list[str]) -> ReadLaw:
    quote = "\t".join(cells)
    apart = [_GLUED.sub(r"\1 \2", canonical(cell)) for cell in cells]
    kept = [_NUMBERING.sub("", without_bullet(cell)).rstrip(" ;.") for cell in apart]
    if len(kept) > 1 and has_number(kept[0]):
        days = [cell for cell in kept[1:] if _ONLY_DAY.fullmatch(cell)]
        after = kept[kept.index(days[0]) + 1 :] if days else []
        name = " ".join(cell for cell in kept[1:] if cell not in days and cell not in after)
        return _law(LawRow(kept[0], name), quote, " ".join(days), " ".join(after))
    text = " ".join(kept)
    if _ONLY_NUMBER.fullmatch(text):
        return _law(LawRow(text, ""), quote, "", "")
    in_front = _NUMBER_IN_FRONT.fullmatch(text)
    row = LawRow(in_front[1], in_front[2]) if in_front else LawRow("", text)
    return _law(row, quote, "", "")


def _law(row: LawRow, quote: str, day: str, issuer: str) -> ReadLaw:
    law = named_law(row)
    if law is None:
        return ReadLaw(row, None, quote)
    found = _ISSUER.search(row.name)
    own = _own_words(row.name)
    named = canonical(found[1]) if found and found[0] in own else ""
    dated = day_in(day) or day_in(own)
    said = replace(law, date=dated.isoformat() if dated else "", issuer=(issuer or named)[:200])
    return ReadLaw(row, said, quote)


def _own_words(name: str) -> str:
    """The name as far as it speaks of the text itself: the day of a text it changes is not its own."""
    numbers = list(re.finditer(_NUMBER, name, re.IGNORECASE))
    return name[: numbers[1].start()] if len(numbers) > 1 else name


def _once(found: Iterable[ReadLaw]) -> list[ReadLaw]:
    rows: dict[str, ReadLaw] = {}
    for read in found:
        rows.setdefault(read.law.number if read.law else read.quote, read)
    return list(rows.values())
