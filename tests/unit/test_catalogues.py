import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from gandan.catalogues import forget_loaded

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The Vietnamese catalogue of a house that has no other."""
    path = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + 'msgid "Cost"\nmsgstr "Lệ phí"\n', encoding="utf-8")
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    forget_loaded()
    yield path
    forget_loaded()


def compiled() -> str:
    words = StringIO()
    call_command("compile_catalogues", stdout=words)
    return words.getvalue().strip()


class TestCompiling:
    def test_a_new_translation_is_read_after_compiling(self, catalogue: Path) -> None:
        assert compiled() == "Catalogues: 1 compiled, 0 already up to date."
        with translation.override("vi"):
            assert translation.gettext("Cost") == "Lệ phí"

    def test_a_catalogue_that_did_not_change_is_left_alone(self, catalogue: Path) -> None:
        compiled()
        assert compiled() == "Catalogues: 0 compiled, 1 already up to date."

    def test_a_catalogue_put_back_from_an_older_copy_is_compiled_again(self, catalogue: Path) -> None:
        compiled()
        catalogue.write_text(HEADER + 'msgid "Cost"\nmsgstr "Phí"\n', encoding="utf-8")
        os.utime(catalogue, (1_000_000_000, 1_000_000_000))
        assert compiled().startswith("Catalogues: 1 compiled")
        with translation.override("vi"):
            assert translation.gettext("Cost") == "Phí"

    def test_a_doubtful_translation_is_not_shown(self, catalogue: Path) -> None:
        catalogue.write_text(HEADER + '#, fuzzy\nmsgid "Fax at home"\nmsgstr "Lệ phí"\n', encoding="utf-8")
        compiled()
        with translation.override("vi"):
            assert translation.gettext("Fax at home") == "Fax at home"

    def test_a_broken_catalogue_is_named_and_leaves_the_compiled_one(self, catalogue: Path) -> None:
        compiled()
        before = catalogue.with_suffix(".mo").read_bytes()
        catalogue.write_text(HEADER + 'msgid "Cost\nmsgstr', encoding="utf-8")
        with pytest.raises(CommandError, match=r"django\.po"):
            compiled()
        assert catalogue.with_suffix(".mo").read_bytes() == before
        assert [path.name for path in catalogue.parent.iterdir() if path.suffix == ".part"] == []
