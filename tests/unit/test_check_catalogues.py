from pathlib import Path

import polib
import pytest

from ops import check_catalogues


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A house with one text in its code, translated into both languages."""
    for folder in check_catalogues.SOURCES:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "home" / "views.py").write_text('_("Call %(number)s")\n')
    translate(tmp_path, "vi", "Call %(number)s", "Gọi %(number)s")
    translate(tmp_path, "ar", "Call %(number)s", "اتصل %(number)s")
    return tmp_path


def translate(tree: Path, language: str, text: str, words: str, *flags: str) -> None:
    path = tree / "site" / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
    catalogue.append(polib.POEntry(msgid=text, msgstr=words, flags=list(flags)))
    catalogue.save(str(path))


def test_a_house_with_every_text_translated_passes(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_catalogues.main(tree) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "flags", "fault"),
    [
        ("", [], "not translated"),
        ("Gọi", [], "other placeholders"),
        ("Gọi %(numbre)s", [], "other placeholders"),
        ("Gọi %(number)s", ["fuzzy"], "not reviewed"),
    ],
)
def test_a_translation_that_would_mislead_a_reader_is_named(
    tree: Path, words: str, flags: list[str], fault: str
) -> None:
    translate(tree, "vi", "Call %(number)s", words, *flags)
    assert check_catalogues.faults(tree / "site" / "locale") == [f"vi: {fault}: 'Call %(number)s'"]
    assert check_catalogues.main(tree) == 1


def test_a_language_without_a_catalogue_is_named(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "site" / "locale" / "ar" / "LC_MESSAGES" / "django.po").unlink()
    assert check_catalogues.main(tree) == 1
    assert "ar: " in capsys.readouterr().out


@pytest.mark.skipif(
    not check_catalogues.shutil.which("xgettext"), reason="GNU xgettext is not installed here"
)
def test_a_text_that_nobody_has_entered_yet_is_named(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "templates" / "x.html").write_text('{% load i18n %}{% translate "Print this page" %}')
    assert check_catalogues.main(tree) == 1
    assert "ar: not translated: 'Print this page'" in capsys.readouterr().out
