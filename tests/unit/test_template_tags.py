import re
from datetime import date
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError

from gandan.templatetags.gandan import ICONS, bdi, day_long, hours, icon, money, phone_href

ROOT = Path(__file__).resolve().parents[2]


def drawn(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def test_an_icon_is_hidden_from_screen_readers_and_mirrors_only_when_it_points() -> None:
    assert 'aria-hidden="true"' in icon("clock")
    assert 'class="icon"' in icon("clock")
    assert 'class="icon turn"' in icon("next")


def test_a_misspelt_icon_fails_at_once() -> None:
    with pytest.raises(TemplateSyntaxError, match="clokc"):
        icon("clokc")


def test_every_icon_a_template_names_is_drawn() -> None:
    named = set()
    for page in (ROOT / "templates").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if "wagtailadmin_tags" in text:
            continue  # those draw Wagtail's own icons
        named |= set(
            re.findall(r'\{% icon "([\w-]+)"', text) + re.findall(r'\bicon(?:_after)?="([\w-]+)"', text)
        )
    assert named - {path.stem for path in ICONS.glob("*.svg")} == set()


def test_a_slip_wraps_its_content_and_escapes_its_title() -> None:
    page = drawn(
        '{% slip title=title number="1" torn=True %}<p>a</p>{% stub %}b{% endstub %}{% endslip %}',
        title="<b>",
    )
    assert '<section class="slip torn">' in page
    assert "&lt;b&gt;" in page
    assert '<p>a</p><div class="stub">b</div>' in re.sub(r"\s*\{#.*?#\}|\n", "", page)


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0912 345 678", "tel:0912345678"),
        ("(024) 3825-0000", "tel:02438250000"),
        ("+84 912 345 678", "tel:+84912345678"),
    ],
)
def test_a_phone_number_can_be_dialled_however_it_is_written(written: str, dialled: str) -> None:
    assert phone_href(written) == dialled


def test_amounts_are_written_with_points_and_never_broken() -> None:
    assert money(10000) == "10.000\u00a0đ"
    assert money(0) == "0\u00a0đ"


def test_hours_stay_whole_and_left_to_right_in_a_sentence() -> None:
    assert hours("mở 7:30–11:30 <b>") == 'mở <bdi class="keep" dir="ltr">7:30–11:30</bdi> &lt;b&gt;'


def test_an_empty_code_leaves_no_empty_element() -> None:
    assert bdi("") == ""
    assert bdi("GD-7K4M") == '<bdi dir="ltr">GD-7K4M</bdi>'


def test_a_day_is_written_with_its_weekday() -> None:
    assert "23/11/2026</bdi>" in day_long(date(2026, 11, 23))
