"""What a table was exported from, kept in the table itself: a mark for each field of each guide.

A field changed in the table is one whose mark differs; it may be written while the site still holds what was
exported. So a clerk may change any guide in a table, and nobody's later work is lost.
"""

from guides.importing.incoming import Marks, mark
from guides.importing.values import Values
from guides.tables.grids import Grid
from guides.tables.sheets import Special

BASE = "Gốc"
Base = dict[str, dict[str, Marks]]  # by guide and field


def base_grid(held: dict[str, Values], written: dict[str, Values]) -> Grid:
    """`held` is what the site held, `written` what the table says when it is read again."""
    names = list(dict.fromkeys(name for values in written.values() for name in values))
    grid = Grid(BASE, {1: [str(Special.GUIDE), *names]})
    for row, (guide, values) in enumerate(written.items(), start=2):
        marks = [
            f"{mark(held[guide][name])}:{mark(values[name])}" if name in values else "" for name in names
        ]
        grid.rows[row] = [guide, *marks]
    return grid


def read_base(grid: Grid) -> Base:
    """Nothing of it is believed but equality: a mark that somebody changed fits no value."""
    if 1 not in grid.rows:
        return {}
    names = [str(cell or "") for cell in grid.rows[1][1:]]
    found: Base = {}
    for row in sorted(grid.rows)[1:]:
        guide, *cells = grid.rows[row]
        marks = {name: _marks(str(cell or "")) for name, cell in zip(names, cells, strict=False) if cell}
        found[str(guide)] = {name: pair for name, pair in marks.items() if all(pair)}
    return found


def _marks(text: str) -> Marks:
    held, _colon, written = text.partition(":")
    return held, written
