"""A resident's photos and papers: kept with the words, seen by whoever answers, gone when the words go."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from feedback import handling, private_files
from feedback.attachments import checked
from feedback.closing import erase_overdue
from feedback.holdings import held
from feedback.models import Case, CaseFile, Hideable, Kind, Topic
from tests.unit import attachment_world as world
from tests.unit.feedback_world import (
    MONDAY,
    WORDS,
    account,
    form_values,
    found_commune,
    later,
    sent,
    signed_in,
)

pytestmark = pytest.mark.django_db
ASK, REPORT = "/phan-anh/hoi/", "/phan-anh/gop-y/"


@pytest.fixture(autouse=True)
def private(settings, tmp_path) -> Path:
    settings.PRIVATE_ROOT = tmp_path
    return tmp_path / "cases"


@pytest.fixture
def commune():
    with time_machine.travel(MONDAY, tick=False):
        yield found_commune()


def photo(content: bytes | None = None, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if content is not None else world.from_a_phone(), "image/jpeg")


def post(client, *files, path=ASK, **changes):
    return client.post(path, form_values(**changes) | {"files": list(files)})


def with_photo(commune, **changes) -> Case:
    return sent(commune, files=(checked(photo()),), **changes)


def on_disk(private: Path) -> set[str]:
    return {file.name for file in private.iterdir()} if private.exists() else set()


def said(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


@pytest.mark.parametrize("path", [ASK, REPORT])
def test_up_to_three_files_go_with_the_words(client, commune, private, path):
    response = post(client, photo(), photo(world.picture("PNG")), photo(world.pdf(2), "don.pdf"), path=path)

    assert response.status_code == 303
    assert [(file.kind, file.pages) for file in Case.objects.get().files.all()] == [
        ("jpeg", None),
        ("png", None),
        ("pdf", 2),
    ]
    assert len(on_disk(private)) == 3


def test_what_lies_in_the_folder_tells_nothing_without_the_key_in_its_row(commune, private):
    file = with_photo(commune).files.get()
    sealed = (private / file.name).read_bytes()

    assert b"JFIF" not in sealed
    assert private_files.content(file).startswith(b"\xff\xd8\xff")
    assert not file.name.lower().startswith("img")
    assert oct(os.stat(private).st_mode & 0o077) == "0o0"


def test_a_fourth_file_and_one_that_is_too_heavy_are_let_go_by_and_the_words_stay(client, commune):
    page = post(client, photo(), photo(), photo(), photo())
    assert "data-form-error" in page.content.decode()
    assert "3" in said(page)
    assert WORDS in said(page)

    page = post(client, photo(b"\xff\xd8\xff" + b"\0" * 11_000_000))
    assert "10 MB" in said(page)
    assert WORDS in said(page)
    assert not Case.objects.exists()


def test_a_file_that_is_not_taken_is_named_by_its_place_and_nothing_is_kept(client, commune, private):
    page = post(client, photo(), photo(world.HEIC))

    assert "iPhone" in said(page)
    assert "2:" in said(page)
    assert WORDS in said(page)
    assert not Case.objects.exists()
    assert on_disk(private) == set()


@pytest.mark.parametrize("button", ["preview", "mask"])
def test_a_page_that_comes_back_says_that_files_must_be_chosen_again(client, commune, button):
    again = "choose your photos and papers again"
    assert again in said(client.post(f"/en{ASK}", form_values(**{button: "1"}) | {"files": [photo()]}))
    assert again in said(client.post(f"/en{ASK}", form_values(text="") | {"files": [photo()]}))
    assert again not in said(client.post(f"/en{ASK}", form_values(text="")))


def test_a_form_sent_twice_keeps_its_files_once(client, commune, private):
    values = form_values()
    first = client.post(ASK, values | {"files": [photo()]})
    second = client.post(ASK, values | {"files": [photo()]})

    assert first.headers["Location"] == second.headers["Location"]
    assert CaseFile.objects.count() == len(on_disk(private)) == 1


def test_with_a_full_disk_the_words_arrive_and_the_slip_says_what_did_not(
    client, commune, private, monkeypatch
):
    def full(name: str, sealed: bytes) -> None:
        if len(on_disk(private)) == 1:
            raise OSError(28, "No space left on device")
        (private / name).write_bytes(sealed)

    monkeypatch.setattr(private_files, "_write", full)
    response = client.post(f"/en{ASK}", form_values() | {"files": [photo(), photo()]}, follow=True)

    assert Case.objects.get().text == WORDS
    assert "there was no room for the photos" in said(response)
    assert not CaseFile.objects.exists()
    assert on_disk(private) == set()


def test_a_disk_that_fills_while_writing_leaves_no_piece_behind(commune, private, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    case = with_photo(commune)

    assert not case.files.exists()
    assert on_disk(private) == set()


def test_a_case_that_is_not_stored_leaves_no_file_behind(commune, private, monkeypatch):
    def collide(*args: object, **kwargs: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(CaseFile.objects, "create", collide)
    with pytest.raises(RuntimeError):
        with_photo(commune)

    assert on_disk(private) == set()


def test_what_a_process_that_died_left_behind_is_swept_away_after_a_day(commune, private):
    kept = with_photo(commune).files.get()
    for name in ("a" * 32, "b" * 32 + ".part"):
        (private / name).write_bytes(b"x")
    days_ago = (MONDAY - timedelta(days=2)).timestamp()
    for file in private.iterdir():
        os.utime(file, (days_ago, days_ago))
    (private / ("c" * 32)).write_bytes(b"just being written")

    assert private_files.sweep(MONDAY) == 2
    assert on_disk(private) == {kept.name, "c" * 32}


def test_whoever_answers_sees_the_photo_and_the_look_is_written_down(commune):
    case = with_photo(commune)
    lan = signed_in(account("lan", commune.lan))
    file = case.files.get()
    address = f"/ban-lam-viec/{case.code}/tep/{file.pk}/"

    assert address in lan.get(f"/ban-lam-viec/{case.code}/").content.decode()
    response = lan.get(address)
    assert response.content == private_files.content(file)
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert case.events.filter(kind="viewed").count() == 1


def test_nobody_else_gets_the_photo(client, commune):
    case, other = with_photo(commune), with_photo(commune, nonce="other")
    file = case.files.get()
    address = f"/ban-lam-viec/{case.code}/tep/{file.pk}/"

    assert client.get(address).status_code == 302
    assert signed_in(account("dung", commune.dung)).get(address).status_code == 404
    lan = signed_in(account("lan", commune.lan))
    assert lan.get(f"/ban-lam-viec/{other.code}/tep/{file.pk}/").status_code == 404
    assert lan.get(f"/ban-lam-viec/{case.code}/tep/0/").status_code == 404


def test_the_photo_beside_a_remark_about_an_official_stays_hidden_from_that_official(commune):
    case = with_photo(commune, kind=Kind.CONDUCT, about=commune.lan)
    address = f"/ban-lam-viec/{case.code}/tep/{case.files.get().pk}/"

    assert signed_in(account("lan", commune.lan)).get(address).status_code == 404
    assert signed_in(account("minh", commune.minh)).get(address).status_code == 200


def test_a_coordinator_hides_a_photo_with_a_reason_and_nobody_gets_it_any_more(commune):
    case = with_photo(commune)
    file = case.files.get()
    minh = signed_in(account("minh", commune.minh))
    form = {"what": f"file-{file.pk}", "reason": Hideable.Why.PRIVATE, "seen": "999999"}

    assert minh.post(f"/ban-lam-viec/{case.code}/an/", form).status_code == 302
    assert minh.get(f"/ban-lam-viec/{case.code}/tep/{file.pk}/").status_code == 404
    assert f"/tep/{file.pk}/" not in minh.get(f"/ban-lam-viec/{case.code}/").content.decode()
    assert held(case)["files"] == []


def test_a_file_that_was_not_restored_is_missing_and_breaks_nothing(commune, private):
    case = with_photo(commune)
    file = case.files.get()
    (private / file.name).unlink()
    lan = signed_in(account("lan", commune.lan))

    assert lan.get(f"/ban-lam-viec/{case.code}/tep/{file.pk}/").status_code == 404
    assert lan.get(f"/ban-lam-viec/{case.code}/").status_code == 200


def test_a_resident_reads_in_the_copy_of_the_data_which_files_are_held(commune):
    files = held(with_photo(commune))["files"]

    assert [(file["kind"], file["pages"]) for file in files] == [("jpeg", None)]
    assert files[0]["bytes"] > 0


def test_when_the_words_are_deleted_the_files_go_too(commune, private, django_capture_on_commit_callbacks):
    case = with_photo(commune)
    with django_capture_on_commit_callbacks(execute=True):
        handling.delete_words(case, later(hours=1))

    assert not CaseFile.objects.exists()
    assert on_disk(private) == set()


def test_files_are_erased_on_the_day_the_words_are(commune, private, django_capture_on_commit_callbacks):
    Topic.objects.update(words_days=100)
    case = with_photo(commune)
    handling.answer(case, commune.lan, account("lan", commune.lan), "Bệnh viện sửa giấy chứng sinh.", MONDAY)
    handling.close(case, MONDAY)

    with django_capture_on_commit_callbacks(execute=True):
        erase_overdue(MONDAY + timedelta(days=99))
    assert len(on_disk(private)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        erase_overdue(MONDAY + timedelta(days=100))
    assert on_disk(private) == set()


def test_an_erasure_that_is_undone_keeps_the_files(commune, private):
    case = with_photo(commune)

    class Undone(Exception):
        pass

    def deleted_and_undone() -> None:
        with transaction.atomic():
            handling.delete_words(case, later(hours=1))
            raise Undone

    with pytest.raises(Undone):
        deleted_and_undone()

    assert private_files.content(case.files.get())
