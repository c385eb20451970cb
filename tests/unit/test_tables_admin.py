"""A clerk imports a table in the admin: looks first, confirms, and nobody else gets at the file."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Revision

from guides.models import ProcedurePage
from guides.tables import uploads, views
from home.groups import APPROVER, COORDINATOR, EDITOR, EMERGENCY_PUBLISHER
from home.models import User
from tests.unit.staff_world import found_commune
from tests.unit.tables_world import GUIDES, PAPERS, change, guide, of, write

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/nhap-bang-tinh/"
People = Mapping[str, User]


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[People]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield found_commune()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "PRIVATE_ROOT", tmp_path / "private")
    return tmp_path / "private" / "tables"


def signed_in(person: User, *, checks: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checks)
    client.force_login(person)
    return client


def sent(client: Client, file: Path, name: str = "bảng của tôi.xlsx") -> Any:
    return client.post(UPLOAD, {"table": SimpleUploadedFile(name, file.read_bytes())})


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write(
        tmp_path / "a.xlsx",
        GUIDES=[guide(), guide("6.900901", **{"Tiêu đề": ""})],
        PAPERS=[of(Giấy_tờ="Phiếu")],
    )


def test_a_clerk_sees_what_would_happen_and_then_confirms(people: People, table: Path, kept: Path) -> None:
    clerk = signed_in(people[EDITOR])
    answer = sent(clerk, table)
    assert answer.status_code == 302
    address = answer.headers["Location"]
    shown = clerk.get(address).content.decode()
    assert "bảng của tôi.xlsx" in shown
    assert "trang tính “Thủ tục”, dòng 3, cột B (Tiêu đề)" in shown
    assert "<td>không có</td>" in shown
    assert 'name="confirm"' in shown
    assert not ProcedurePage.objects.exists()
    assert len(list(kept.iterdir())) == 1

    done = clerk.post(address, {"confirm": "1"})
    found = ProcedurePage.objects.get()
    assert f"/admin/pages/{found.pk}/edit/" in done.content.decode()
    assert (found.live, found.owner) == (False, people[EDITOR])
    assert Revision.objects.get(object_id=str(found.pk)).user == people[EDITOR]
    assert list(kept.iterdir()) == []
    assert clerk.get(address).headers["Location"] == UPLOAD


def test_a_clerk_who_decides_against_it_leaves_nothing(people: People, table: Path, kept: Path) -> None:
    clerk = signed_in(people[EDITOR])
    address = sent(clerk, table).headers["Location"]
    assert clerk.post(address, {"cancel": "1"}).headers["Location"] == UPLOAD
    assert list(kept.iterdir()) == []
    assert not ProcedurePage.objects.exists()


def test_nobody_confirms_the_table_of_another(people: People, table: Path) -> None:
    address = sent(signed_in(people[EDITOR]), table).headers["Location"]
    other = signed_in(people[APPROVER])
    assert other.get(address).headers["Location"] == UPLOAD
    assert other.post(address, {"confirm": "1"}).headers["Location"] == UPLOAD
    assert not ProcedurePage.objects.exists()


@pytest.mark.parametrize("token", ["x", "x:y:z", "..%2f..%2fdb.sqlite3", "%00"])
def test_a_token_we_did_not_sign_opens_nothing(people: People, token: str) -> None:
    answer = signed_in(people[EDITOR]).get(f"{UPLOAD}{token}/")
    assert answer.status_code in {302, 404}


def test_a_table_waits_for_two_hours_and_is_then_removed(people: People, table: Path, kept: Path) -> None:
    clerk = signed_in(people[EDITOR])
    address = sent(clerk, table).headers["Location"]
    assert uploads.forget_old(timezone.now() + timedelta(hours=1)) == 0
    later = timezone.now() + timedelta(hours=2, minutes=1)
    with time_machine.travel(later, tick=False):
        clerk.force_login(people[EDITOR])
        assert clerk.get(address).headers["Location"] == UPLOAD
    assert uploads.forget_old(later) == 1
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize("who", [COORDINATOR, EMERGENCY_PUBLISHER])
def test_whoever_may_not_write_guides_finds_no_door(people: People, who: str) -> None:
    client = signed_in(people[who])
    for address in (UPLOAD, f"{UPLOAD}mau.xlsx", f"{UPLOAD}thu-tuc.xlsx", f"{UPLOAD}abc/"):
        assert client.get(address).status_code in {302, 403}, address
        assert client.get(address).headers.get("Location") != UPLOAD
    assert UPLOAD not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("who", [EDITOR, APPROVER, "administrator"])
def test_editors_and_approvers_find_it_in_the_menu(people: People, who: str) -> None:
    client = signed_in(people[who])
    assert client.get(UPLOAD).status_code == 200
    assert reverse("guide_tables:upload") == UPLOAD
    assert UPLOAD in client.get("/admin/").content.decode()


def test_a_form_from_elsewhere_is_refused(people: People, table: Path) -> None:
    clerk = signed_in(people[EDITOR], checks=True)
    assert sent(clerk, table).status_code == 403


def test_the_template_and_the_present_guides_can_be_downloaded(people: People, tmp_path: Path) -> None:
    clerk = signed_in(people[EDITOR])
    blank = load_workbook(BytesIO(clerk.get(f"{UPLOAD}mau.xlsx").content))
    assert {GUIDES, PAPERS} <= set(blank.sheetnames)
    address = sent(clerk, write(tmp_path / "a.xlsx", GUIDES=[guide()])).headers["Location"]
    clerk.post(address, {"confirm": "1"})
    answer = clerk.get(f"{UPLOAD}thu-tuc.xlsx")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="thu-tuc-')
    file = tmp_path / "present.xlsx"
    file.write_bytes(answer.content)
    change(file, GUIDES, 3, "Kết quả", "Cái loa")
    address = sent(clerk, file).headers["Location"]
    assert "kết quả" in clerk.get(address).content.decode()
    clerk.post(address, {"confirm": "1"})
    assert ProcedurePage.objects.get().get_latest_revision_as_object().result == "Cái loa"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"x", "Hãy chọn tệp có đuôi .xlsx, .csv hoặc .zip."),
        ("a.xlsx", b"", "Tệp trống."),
        ("a.xlsx", b"0" * (11 * 1024 * 1024), "Tệp lớn hơn 10 MB."),
    ],
)
def test_a_file_of_the_wrong_kind_is_told_beside_the_field(
    people: People, name: str, content: bytes, sentence: str, kept: Path
) -> None:
    answer = signed_in(people[EDITOR]).post(UPLOAD, {"table": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not kept.exists() or list(kept.iterdir()) == []


def test_a_damaged_table_is_told_and_not_kept(people: People, tmp_path: Path, kept: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK\x03\x04 half")
    clerk = signed_in(people[EDITOR])
    shown = clerk.get(sent(clerk, file).headers["Location"]).content.decode()
    assert "Tệp hỏng, không giải nén được." in shown
    assert 'name="confirm"' not in shown
    assert list(kept.iterdir()) == []


def test_a_table_of_too_many_guides_is_not_written_on_this_screen(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_WRITTEN", 2)
    clerk = signed_in(people[EDITOR])
    rows = [guide(f"6.90090{n}") for n in range(3)]
    address = sent(clerk, write(tmp_path / "a.xlsx", GUIDES=rows)).headers["Location"]
    shown = clerk.get(address).content.decode()
    assert "import_procedures" in shown
    assert 'name="confirm"' not in shown
    clerk.post(address, {"confirm": "1"})
    assert not ProcedurePage.objects.exists()
