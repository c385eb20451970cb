import json
import os
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from gandan.models import SearchTerm
from gandan.search import dictionary
from gandan.search.terms import Fault, Kind, Term, Wrong, read_csv, read_table, write_csv

COLLECTION = Path(os.environ.get("SEARCH_COLLECTION", "../shared/eval"))
PLAIN_NAME = 3  # syllables: a shorter query is a name such as "sổ đỏ", and belongs to nobody
COMMON_SAYINGS = {"sang tên sổ đỏ"}  # what everybody calls it; known from other lists of words as well

ENTRY = Term("sổ đỏ", ("giấy chứng nhận quyền sử dụng đất",), Kind.OLD)
HEADINGS = "said,means,kind\n"


def test_shipped_dictionary_has_at_least_600_entries_and_no_row_is_wrong() -> None:
    terms, faults = read_table(dictionary.SHIPPED.read_text(encoding="utf-8"))

    assert faults == []
    assert len(terms) >= 600
    assert {term.kind for term in terms} == set(Kind)


def test_shipped_dictionary_is_written_with_composed_letters() -> None:
    text = dictionary.SHIPPED.read_text(encoding="utf-8")

    assert unicodedata.is_normalized("NFC", text)


def test_shipped_dictionary_repeats_no_question_of_the_public_collection() -> None:
    queries = COLLECTION / "queries.jsonl"
    if not queries.exists():
        pytest.skip("the collection is not here")
    asked = {json.loads(line)["text"].lower() for line in queries.open(encoding="utf-8")}
    said = {term.said.lower() for term in dictionary.shipped().terms}

    repeated = {text for text in asked & said if len(text.split()) > PLAIN_NAME}

    assert repeated <= COMMON_SAYINGS


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("sổ đỏ,giấy chứng nhận,old\nSỔ ĐỎ,sổ hồng,old\n", Fault(3, Wrong.TWICE, "SỔ ĐỎ")),
        ("sổ đỏ,Sổ đỏ,old\n", Fault(2, Wrong.MEANS_ITSELF, "sổ đỏ")),
        ("một,hai,old\nhai,một,old\n", Fault(2, Wrong.LOOP, "một")),
        ("sổ đỏ,,old\n", Fault(2, Wrong.NO_MEANING, "sổ đỏ")),
        (",giấy,old\n", Fault(2, Wrong.NOTHING_SAID, "")),
        ("sổ đỏ,giấy,unheard\n", Fault(2, Wrong.UNKNOWN_KIND, "unheard")),
        (f"{'a' * 81},giấy,old\n", Fault(2, Wrong.TOO_LONG, "a" * 81)),
    ],
)
def test_faulty_row_is_named_with_its_reason(rows: str, fault: Fault) -> None:
    assert read_table(HEADINGS + rows)[1][0] == fault


def test_table_without_headings_is_refused() -> None:
    assert read_table("sổ đỏ,giấy\n") == ([], [Fault(1, Wrong.NO_TABLE)])


def test_table_reads_back_as_it_was_written() -> None:
    terms = [ENTRY, Term("bcs", ("một, hai", "ba"), note='"lạ"', is_active=False)]

    assert read_csv(write_csv(terms)) == terms


@pytest.mark.django_db
def test_founding_again_leaves_what_editors_changed() -> None:
    dictionary.load_shipped()
    changed = SearchTerm.objects.first()
    assert changed is not None
    changed.means = "điều khác"
    changed.save()

    assert dictionary.load_shipped() == 0
    changed.refresh_from_db()
    assert changed.means == "điều khác"


@pytest.mark.django_db
def test_change_is_in_force_at_the_next_search() -> None:
    dictionary.store([ENTRY])
    before = dictionary.current()
    dictionary.store([Term(ENTRY.said, ("giấy khác",), ENTRY.kind)])

    assert before.terms == (ENTRY,)
    assert dictionary.current().terms[0].means == ("giấy khác",)
    SearchTerm.objects.all().delete()
    assert dictionary.current().terms == ()


@pytest.mark.django_db
def test_unchanged_dictionary_costs_a_search_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    dictionary.store([ENTRY])
    dictionary.current()

    dictionary.look_again()
    with django_assert_num_queries(1):
        dictionary.current()
    with django_assert_num_queries(0):
        dictionary.current()


@pytest.mark.django_db
def test_entry_that_leads_back_to_itself_is_refused_in_the_form_too() -> None:
    dictionary.store([Term("một", ("hai",))])

    with pytest.raises(ValidationError, match="hai"):
        dictionary.refuse_faults(Term("hai", ("một",)), None)


@pytest.mark.django_db
def test_exported_dictionary_is_taken_back_without_a_change(tmp_path: Path) -> None:
    dictionary.store([ENTRY, Term("bcs", ("ba",), is_active=False)])
    file = tmp_path / "terms.csv"
    said = StringIO()

    call_command("export_terms", file)
    call_command("import_terms", file, stdout=said)

    assert said.getvalue() == "0 new, 0 changed\n"


@pytest.mark.django_db
def test_nothing_of_a_faulty_table_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text(HEADINGS + "sổ đỏ,giấy,old\nmột,một,old\n", encoding="utf-8")

    with pytest.raises(CommandError, match="3"):
        call_command("import_terms", file)
    assert not SearchTerm.objects.exists()
