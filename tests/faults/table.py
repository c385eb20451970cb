"""What drills measured, printed as tables when all are done."""

from collections.abc import Sequence

_tables: dict[str, list[str]] = {}


def note(heading: str, cells: Sequence[object], widths: Sequence[int]) -> None:
    """One line below the heading; numbers stand to the right, text to the left."""
    parts = [
        f"{cell:>{width}}" if isinstance(cell, int | float) else f"{cell!s:{width}}"
        for cell, width in zip(cells, widths, strict=True)
    ]
    _tables.setdefault(heading, []).append("  ".join(parts).rstrip())


def lines() -> list[str]:
    return [line for heading, rows in _tables.items() for line in ("", heading, *rows)]
