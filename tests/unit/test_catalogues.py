import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import polib
import pytest
from django import forms
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.formats import date_format

from gandan import translating
from gandan.catalogues import forget_loaded
from gandan.msgids import Message, UntranslatableText, Words, collect

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


MESSAGES_OF_PYTHON = """
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _, ngettext as plural, pgettext

class Place(models.Model):
    name = models.CharField(_("name"), help_text=_("As residents "
                                                   "say it."))
    class Kind(models.TextChoices):
        OFFICE = "office", _("Office")
    def closed(self, count, word):
        _(word), plural("%(n)d day", "%(n)d days", count), pgettext("of a door", "Closed")
        return translation.gettext("Call first")

_("Everywhere")
print("not for people")
"""
MESSAGES_OF_TEMPLATE = """
{% load i18n %}{# {% translate "a comment" %} #}
{% translate "Where to go" %} {% include "x.html" with label=_("Fee") only %}
{{ _("How long") }} {{ x|default:_("none") }}
{% blocktranslate trimmed with day=today %}
  Checked on {{ day }},
  100 % sure.
{% endblocktranslate %}
{% blocktranslate count n=papers %}{{ n }} paper{% plural %}{{ n }} papers{% endblocktranslate %}
{% translate "Open" context "a button" %}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with one model file, one public template and one page of the desk."""
    for path, text in {
        "home/models/places.py": MESSAGES_OF_PYTHON,
        "home/migrations/0001.py": 'from django.utils.translation import gettext as _\n_("old")\n',
        "templates/home/page.html": MESSAGES_OF_TEMPLATE,
        "templates/feedback/desk.html": '{% translate "Take it on" %}{% translate "Fee" %}',
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


class TestCollecting:
    def test_every_way_of_asking_for_a_translation_is_found(self, house: Path) -> None:
        assert {(m.words.context, m.words.msgid, m.words.plural) for m in collect(house).values()} == {
            ("", "name", ""),
            ("", "As residents say it.", ""),
            ("", "Office", ""),
            ("", "%(n)d day", "%(n)d days"),
            ("of a door", "Closed", ""),
            ("", "Call first", ""),
            ("", "Everywhere", ""),
            ("", "Where to go", ""),
            ("", "Fee", ""),
            ("", "How long", ""),
            ("", "none", ""),
            ("", "Checked on %(day)s, 100 %% sure.", ""),
            ("", "%(n)s paper", "%(n)s papers"),
            ("a button", "Open", ""),
            ("", "Take it on", ""),
        }

    def test_words_that_only_staff_meets_are_told_apart(self, house: Path) -> None:
        messages = collect(house).values()
        assert {m.words.msgid for m in messages if not m.public} == {
            "name",
            "As residents say it.",
            "Take it on",
        }

    def test_words_met_in_two_places_name_both(self, house: Path) -> None:
        assert collect(house)["", "Fee"].sources == {
            "templates/feedback/desk.html",
            "templates/home/page.html",
        }

    def test_words_put_together_at_run_time_are_refused(self, house: Path) -> None:
        code = 'from django.utils.translation import gettext as _\n_(f"Fee: {1}")\n'
        (house / "home" / "fees.py").write_text(code, encoding="utf-8")
        with pytest.raises(UntranslatableText, match=r"home/fees\.py:2"):
            collect(house)


def message(msgid: str, plural: str = "", *, public: bool = True) -> Message:
    return Message(Words(msgid, plural), {"templates/page.html"}, public)


def catalogue_of(*entries: polib.POEntry, language: str = "vi") -> polib.POFile:
    made = polib.POFile()
    made.metadata = {"Plural-Forms": translating.PLURAL_FORMS[language]}
    made.extend(entries)
    return made


def lacks(catalogue: polib.POFile, *messages: Message, language: str = "vi") -> list[str]:
    return list(translating.faults(catalogue, language, {("", m.words.msgid): m for m in messages}))


class TestKeepingInStep:
    def test_new_words_come_gone_words_go_and_translations_stay(self) -> None:
        made = catalogue_of(
            polib.POEntry(msgid="Fee", msgstr="Lệ phí"), polib.POEntry(msgid="Fax", msgstr="Fax")
        )
        found = {("", "Fee"): message("Fee"), ("", "Bring"): message("Bring")}
        assert translating.bring_in_step(made, found) == (1, 1)
        assert [(entry.msgid, entry.msgstr) for entry in made] == [("Bring", ""), ("Fee", "Lệ phí")]

    def test_what_is_missing_untranslated_or_doubtful_is_listed(self) -> None:
        made = catalogue_of(
            polib.POEntry(msgid="Fee"), polib.POEntry(msgid="Bring", msgstr="Mang", flags=["fuzzy"])
        )
        assert lacks(made, message("Fee"), message("Bring"), message("Where")) == [
            "vi: untranslated 'Fee' (templates/page.html)",
            "vi: missing 'Where' (templates/page.html)",
            "vi: fuzzy 'Bring'",
        ]

    def test_arabic_may_lack_what_only_staff_meets(self) -> None:
        made = catalogue_of(language="ar")
        assert lacks(made, message("help", public=False), language="ar") == []
        assert len(lacks(made, message("Fee"), language="ar")) == 1

    @pytest.mark.parametrize(
        ("msgid", "msgstr", "sound"),
        [
            ("Call %(name)s", "Gọi %(name)s", True),
            ("Call %(name)s", "Gọi %(ten)s", False),
            ("Call %(name)s", "Gọi xã", False),
            ("%(hour)d:%(minute)02d", "%(hour)d giờ %(minute)02d", True),
            ("After {hour}: {day}.", "Sau {hour}: {day}.", True),
            ("After {hour}: {day}.", "Sau {gio}: {day}.", False),
            ("or <a>call</a>", "hoặc <a>gọi</a>", True),
            ("or <a>call</a>", "hoặc <a>gọi<a>", False),
            ("100 %% sure", "chắc chắn 100 %%", True),
        ],
    )
    def test_a_translation_keeps_what_is_filled_in(self, msgid: str, msgstr: str, sound: bool) -> None:
        made = catalogue_of(polib.POEntry(msgid=msgid, msgstr=msgstr))
        assert (lacks(made, message(msgid)) == []) is sound

    def test_the_first_arabic_forms_may_say_the_number_as_a_word(self) -> None:
        forms = ["لا أيام", "يوم واحد", "يومان", "%(n)d أيام", "%(n)d يومًا", "%(n)d يوم"]
        entry = polib.POEntry(
            msgid="%(n)d day", msgid_plural="%(n)d days", msgstr_plural=dict(enumerate(forms))
        )
        made = catalogue_of(entry, language="ar")
        assert lacks(made, message("%(n)d day", "%(n)d days"), language="ar") == []
        entry.msgstr_plural[5] = "يوم"
        assert len(lacks(made, message("%(n)d day", "%(n)d days"), language="ar")) == 1


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def in_the_house(self, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings, "BASE_DIR", house)
        monkeypatch.setattr(settings, "LOCALE_PATHS", [house / "site" / "locale"])

    def test_a_first_run_writes_both_catalogues_and_a_second_changes_nothing(self, house: Path) -> None:
        call_command("collect_messages", stdout=StringIO())
        written = {path: path.read_bytes() for path in house.glob("site/locale/*/LC_MESSAGES/django.po")}
        call_command("collect_messages", stdout=StringIO())
        assert {path.parents[1].name for path in written} == {"vi", "ar"}
        assert all(path.read_bytes() == content for path, content in written.items())

    def test_the_check_fails_while_words_lack_a_translation(self) -> None:
        call_command("collect_messages", stdout=StringIO())
        with pytest.raises(
            CommandError, match=r"ar: untranslated 'Where to go' \(templates/home/page\.html\)"
        ):
            call_command("collect_messages", check=True, stdout=StringIO())

    def test_a_file_that_cannot_be_read_leaves_the_catalogues_alone(self, house: Path) -> None:
        call_command("collect_messages", stdout=StringIO())
        before = translating.catalogue_path("vi").read_bytes()
        (house / "home" / "half_written.py").write_text("def", encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("collect_messages", stdout=StringIO())
        assert translating.catalogue_path("vi").read_bytes() == before


# Names, and words that Vietnamese writes as English does.
SAME_IN_VIETNAMESE = {"Wagtail", "URL"}


class TestWordsOfDjangoAndWagtail:
    def test_every_word_of_the_daily_screens_is_vietnamese(self, shared: Path) -> None:
        seen = json.loads((shared / "data" / "editor_strings.json").read_text(encoding="utf-8"))
        with translation.override("vi"):
            english = [
                row["msgid"]
                for row in seen
                if row["msgid"] not in SAME_IN_VIETNAMESE
                and translation.ngettext(row["msgid"], row.get("plural", row["msgid"]), 1) == row["msgid"]
                and translation.gettext(row["msgid"]) == row["msgid"]
            ]
        assert english == []

    def test_weekdays_are_written_as_words(self) -> None:
        with translation.override("vi"):
            days = [date_format(date(2026, 11, 23) + timedelta(days=day), "l") for day in range(7)]
        assert days == ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]

    def test_an_empty_field_is_asked_for_in_plain_words(self) -> None:
        with translation.override("vi"):
            assert forms.CharField.default_error_messages["required"] == "Xin điền ô này."
