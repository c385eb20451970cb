"""The style sheets keep the rules that readers on weak networks, in Arabic and on paper depend on."""

import re
from pathlib import Path

import brotli
import pytest

CSS = Path(__file__).resolve().parents[2] / "site" / "static" / "css"
SHEETS = sorted(CSS.glob("*.css"))

PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height"
    r"|(?:min|max)-(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
)


def rules(sheet: Path) -> str:
    """The sheet without comments and without the conditions of media queries, which have no logical form."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"@media[^{]*", "@media ", text)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, of "#RRGGBB" or "#RGB"."""
    digits = colour.lstrip("#")
    full = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def tokens(dark: bool) -> dict[str, str]:
    light_part, dark_part = (CSS / "site.css").read_text(encoding="utf-8").split("prefers-color-scheme: dark")
    found = dict(re.findall(r"--([\w-]+): (#[0-9A-F]+);", light_part))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9A-F]+);", dark_part)) if dark else found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_sheet_knows_left_from_right(sheet: Path) -> None:
    assert PHYSICAL.findall(rules(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_sheet_styles_by_id_or_asks_another_server(sheet: Path) -> None:
    text = rules(sheet)
    assert re.findall(r"^\s*[^@{}:;]*#[a-z][\w-]*[^{};]*\{", text, flags=re.MULTILINE) == []
    assert "//" not in text


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_only_paper_overrules_with_important(sheet: Path) -> None:
    before_print = rules(sheet).split("@layer paper")[0]
    assert "!important" not in before_print


def test_the_sheet_of_every_page_weighs_at_most_five_and_a_half_kilobytes() -> None:
    assert len(brotli.compress((CSS / "site.css").read_bytes())) <= 5_500


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "slip", "straw", "rose"])
def test_text_stands_out_seven_to_one_and_edges_three_to_one(ground: str, dark: bool) -> None:
    colours = tokens(dark)
    for text in ("ink", "soft", "red", "act"):
        assert contrast(colours[text], colours[ground]) >= 7, text
    assert contrast(colours["line"], colours[ground]) >= 3
    assert contrast(colours["on"], colours["act"]) >= 7
    assert contrast(colours["on"], colours["red"]) >= 7
    assert contrast(colours["on-gold"], colours["gold"]) >= 7
