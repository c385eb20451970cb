"""Readable steps out of the portal's blocks, without losing or moving a word (only the dash that opens a step goes).

A block is cut only before a line that opens a new action at the outer level: "Bước 2:" or, where a block has no
such lines, "- ". Lines below it ("+", "(i)", "a)", plain sentences) stay with their step.
"""

import re
from collections.abc import Iterable

from guides.importing.record import StepBlock

_NUMBERED = re.compile(r"(?:[-–•*]\s*|[a-zđ]\)\s*)?Bước\s+\d+", re.IGNORECASE)
_DASHED = re.compile(r"[-–•]\s*\S")
_BULLET = re.compile(r"^[-–•*]\s*")
_ONLY_A_NUMBER = re.compile(r"(?:[a-zđ]\)\s*)?Bước\s+\d+\s*[:.]?", re.IGNORECASE)
_SAYS_NOTHING = {"mặc định"}


def readable_steps(blocks: Iterable[StepBlock]) -> list[str]:
    return [_BULLET.sub("", step) for block in blocks for step in _steps(block)]


def _steps(block: StepBlock) -> list[str]:
    if block.is_one_step:
        return [block.text] if block.text else []
    pieces = _pieces(block.text)
    name = "" if block.name.lower() in _SAYS_NOTHING else block.name
    if not name:
        return pieces
    if _NUMBERED.match(name):
        return [_joined(name, block.text)]
    return [_joined(name, pieces[0]), *pieces[1:]] if pieces else [name]


def _pieces(text: str) -> list[str]:
    lines = [line for line in text.split("\n") if line]
    for opening in (_NUMBERED, _DASHED):
        if sum(bool(opening.match(line)) for line in lines) > 1:
            return _cut(lines, opening)
    return ["\n".join(lines)] if lines else []


def _cut(lines: list[str], opening: re.Pattern[str]) -> list[str]:
    pieces: list[list[str]] = []
    for line in lines:
        if opening.match(line) or not pieces:
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return ["\n".join(piece) for piece in pieces]


def _joined(name: str, text: str) -> str:
    if not text or text.startswith(name):
        return text or name
    return f"{name} {text}" if _ONLY_A_NUMBER.fullmatch(name) else f"{name}\n{text}"
