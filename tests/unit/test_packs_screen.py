"""The admin's screen for content packs: download, look at, take in."""

import io
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from gandan.packs import Pack, PackWriter
from guides.models import TutorialPage
from home.groups import APPROVER, COORDINATOR, EDITOR, VOLUNTEER
from home.models import User
from home.packs import parking
from tests.unit.staff_world import found_commune

ADDRESS = "/admin/packs/"


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker) -> Iterator[Mapping[str, User]]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield found_commune()
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()


@pytest.fixture
def people(commune, db, settings, tmp_path: Path) -> Mapping[str, User]:
    settings.PRIVATE_ROOT = tmp_path
    return commune


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def pack(title: str = "Bài của xã kia") -> bytes:
    file = io.BytesIO()
    writer = PackWriter(file, date(2031, 4, 2), "Xã Kia")
    lesson = {"slug": "bai", "lesson": {"title": title, "cards": [{"action": "Bấm"}]}}
    content = {"version": 1, "kind": "tutorialpage", "name": "vi/bai", "languages": {"vi": lesson}}
    writer.add_json("lessons/tutorialpage-bai.json", content)
    writer.close()
    return file.getvalue()


def upload(client: Client, body: bytes) -> Any:
    return client.post(f"{ADDRESS}upload/", {"pack": SimpleUploadedFile("goi.zip", body)})


def kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.zip"))


@pytest.mark.parametrize(
    ("who", "may"), [(EDITOR, True), (APPROVER, True), (COORDINATOR, False), (VOLUNTEER, False)]
)
def test_packs_open_to_those_who_write_guides(people, who, may):
    client = signed_in(people[who])
    assert (client.get(ADDRESS).status_code == 200) == may
    assert (upload(client, pack()).status_code == 200) == may
    assert (client.post(f"{ADDRESS}download/", {"parts": "lessons"}).status_code == 200) == may


def test_a_downloaded_pack_is_sound_and_named_by_its_day(people):
    answer = signed_in(people[EDITOR]).post(f"{ADDRESS}download/", {"parts": ["guides", "lessons"]})
    assert "goi-noi-dung-" in answer.headers["Content-Disposition"]
    assert Pack(io.BytesIO(b"".join(answer.streaming_content))).manifest["parts"] == {
        "guides": 0,
        "lessons": 0,
    }


def test_a_download_of_nothing_is_answered_with_a_sentence(people):
    answer = signed_in(people[EDITOR]).post(f"{ADDRESS}download/", {})
    assert answer.status_code == 200
    assert answer.context["parts_form"].errors["parts"]


def test_looking_at_a_pack_writes_nothing_and_taking_it_makes_drafts(people, tmp_path):
    editor = signed_in(people[EDITOR])
    answer = upload(editor, pack())
    assert "Bài của xã kia" in answer.content.decode()
    assert "Gói của Xã Kia, làm ngày 02/04/2031" in answer.content.decode()
    assert TutorialPage.objects.count() == 0
    assert len(kept(tmp_path)) == 1
    taken = editor.post(f"{ADDRESS}take/", {"token": answer.context["token"], "publish": "on"})
    assert "Bài của xã kia" in taken.content.decode()
    page = TutorialPage.objects.get()
    assert (page.live, page.cards.get().action) == (False, "Bấm")
    assert page.latest_revision.user == people[EDITOR]
    assert kept(tmp_path) == []


def test_only_those_who_may_publish_can_publish_a_pack(people):
    approver = signed_in(people[APPROVER])
    token = upload(approver, pack()).context["token"]
    approver.post(f"{ADDRESS}take/", {"token": token, "publish": "on"})
    assert TutorialPage.objects.get().live


def test_a_hostile_pack_is_refused_beside_the_field_and_kept_nowhere(people, tmp_path):
    answer = upload(signed_in(people[EDITOR]), pack() + b"<script>")
    assert answer.status_code == 200
    assert answer.context["upload_form"].errors["pack"]
    assert kept(tmp_path) == []


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "A" * 22, "A" * 21 + "/"])
def test_a_token_nobody_was_given_takes_nothing(people, token):
    answer = signed_in(people[EDITOR]).post(f"{ADDRESS}take/", {"token": token})
    assert answer.headers["Location"] == ADDRESS
    assert TutorialPage.objects.count() == 0


def test_somebody_elses_pack_cannot_be_taken(people):
    token = upload(signed_in(people[EDITOR]), pack()).context["token"]
    signed_in(people[APPROVER]).post(f"{ADDRESS}take/", {"token": token})
    assert TutorialPage.objects.count() == 0


def test_titles_from_a_pack_are_letters_and_no_html(people):
    html = upload(signed_in(people[EDITOR]), pack("<img src=x onerror=alert(1)>")).content.decode()
    assert "<img src=x" not in html


def test_packs_nobody_took_are_forgotten_after_a_day(people, tmp_path):
    now = datetime(2031, 4, 2, tzinfo=UTC)
    tokens = [parking.park(io.BytesIO(b"x"), 1) for _number in range(2)]
    ages = dict(zip(tokens, (timedelta(hours=23), timedelta(hours=25)), strict=True))
    for token, age in ages.items():
        place = parking.parked(token, 1)
        assert place is not None
        os.utime(place, ((now - age).timestamp(),) * 2)
    assert parking.clear(now) == 1
    assert [parking.parked(token, 1) is not None for token in tokens] == [True, False]
