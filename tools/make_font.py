"""Make the heading font of the site: one weight, cut to what Vietnamese and English headings need.

    python tools/make_font.py BeVietnamPro-Bold.ttf LICENSE

The source is the TTF and the licence text of the PyPI package `fontpkg-be-vietnam-pro` (version 1.2, OFL 1.1).
The result replaces site/static/fonts/gan-dan-700.woff2 and OFL.txt. It is run by hand, when the letters
change: the made files are kept in the repository, so that no build needs the package. The family is renamed,
as a cut-down font must not be taken for the original.
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "site" / "static" / "fonts"
FAMILY = "Gan Dan"

# Of the name table: family, full name, PostScript name, typographic family.
SHOWN_NAMES = {1: FAMILY, 4: f"{FAMILY} Bold", 6: "GanDan-Bold", 16: FAMILY}

BASIC_LATIN = set(range(0x20, 0x7F))
# Latin-1 letters of Vietnamese, Ăă, Đđ, Ĩĩ, Ũũ, Ơơ, Ưư, and the block U+1EA0–1EF9 that holds the rest.
VIETNAMESE = {ord(c) for c in "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư"} | set(range(0x1EA0, 0x1EFA))
# Text pasted from some phones keeps its marks apart: grave, acute, tilde, hook above, dot below.
COMBINING_MARKS = {0x300, 0x301, 0x303, 0x309, 0x323}
SIGNS = {ord(c) for c in "\u00a0·×–—‘’“”…₫"}


def cut(source: Path) -> TTFont:
    """Return the font reduced to our letters, with kerning and placed marks but no other features."""
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=BASIC_LATIN | VIETNAMESE | COMBINING_MARKS | SIGNS)
    subsetter.subset(font)
    return font


def rename(font: TTFont) -> None:
    for record in font["name"].names:
        if record.nameID in SHOWN_NAMES:
            record.string = SHOWN_NAMES[record.nameID]


def main(source: Path, licence: Path) -> None:
    font = cut(source)
    rename(font)
    font.flavor = "woff2"
    target = FONTS / "gan-dan-700.woff2"
    font.save(target)
    shutil.copyfile(licence, FONTS / "OFL.txt")
    print(f"{target.name}: {target.stat().st_size / 1000:.1f} KB, {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
