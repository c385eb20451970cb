"""What a clerk may save and publish of lessons and troubleshooters, posted the way the admin posts it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from gandan.planned import PublishingRefused
from guides.models import (
    Card,
    Check,
    GuidesIndexPage,
    Practice,
    TroubleCard,
    TroubleshooterPage,
    TutorialPage,
)
from home.groups import APPROVER, EDITOR
from home.models import User
from tests.unit.staff_world import found_commune

People = Mapping[str, User]
LONG = "Bấm " + "rất " * 25 + "lâu"
SCREEN = "title: VNeID\nbutton*: Quên mật khẩu\nbutton: Đăng nhập"


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[People]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield found_commune()
        transaction.set_rollback(True)


@pytest.fixture
def index(people: People) -> GuidesIndexPage:
    return GuidesIndexPage.objects.get(lists="lessons", locale__language_code="vi")


@pytest.fixture
def lesson(index) -> TutorialPage:
    page = TutorialPage(title="Quên mật khẩu", slug="quen-mat-khau")
    page.cards = [Card(action="Mở máy.", sort_order=0), Card(action="Bấm dòng Quên mật khẩu.", sort_order=1)]
    page.practices = [Practice(task="Bấm vào đâu?", screen=SCREEN, sort_order=0)]
    page.checks = [Check(question="Mã dùng ở đâu?", answers="Máy mình\nZalo", right=1, sort_order=0)]
    return saved(index, page)


@pytest.fixture
def trouble(index) -> TroubleshooterPage:
    page = TroubleshooterPage(title="Không vào được", slug="khong-vao-duoc")
    page.cards = [
        TroubleCard(key="hoi", ask="Máy báo gì?", answers="Sai mật khẩu → bam\nBận → cho", sort_order=0),
        TroubleCard(key="bam", ask="Bấm quên mật khẩu.", answers="Được → xong", sort_order=1),
        TroubleCard(key="cho", ask="Chờ rồi thử lại.", answers="Được → xong\nVẫn bận → cho", sort_order=2),
        TroubleCard(key="xong", ask="Xong.", ending="solved", sort_order=3),
    ]
    return saved(index, page)


def saved(index: GuidesIndexPage, page: Any) -> Any:
    index.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(client: Client, page: Page, changes: Mapping[str, Any], action: str = "") -> Any:
    """The form as it stands with some changes; `action` "" saves a draft."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form: QueryDict = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    form._mutable = True
    for name, value in changes.items():
        form[name] = value
    if action:
        form[action] = "1"
    return client.post(address, form)


PUBLISH, SUBMIT = "action-publish", "action-submit"


def test_an_unchanged_lesson_and_troubleshooter_are_published_again(people, lesson, trouble) -> None:
    client = signed_in(people[APPROVER])
    for page in (lesson, trouble):
        assert sent(client, page, {}, PUBLISH).status_code == 302


def test_a_card_of_too_many_words_saves_as_a_draft_and_is_not_published(people, lesson) -> None:
    client = signed_in(people[APPROVER])
    change = {"cards-1-action": LONG}
    assert sent(client, lesson, change).status_code == 302
    answer = sent(client, lesson, change, PUBLISH)
    assert answer.status_code == 200
    assert "Thẻ 2 có 27 từ" in answer.content.decode()
    assert sent(signed_in(people[EDITOR]), lesson, change, SUBMIT).status_code == 200
    lesson.refresh_from_db()
    assert lesson.cards.all()[1].action == "Bấm dòng Quên mật khẩu."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"practices-0-screen": "button: A\nbutton: B"}, "Đánh dấu sao"),
        ({"practices-0-screen": "button*: A"}, "Thêm một nút"),
        ({"checks-0-right": "3"}, "Không có câu trả lời số 3"),
        ({"checks-0-answers": "Một"}, "ít nhất hai câu"),
        ({"cards-0-DELETE": "1", "cards-1-DELETE": "1"}, "ít nhất một thẻ"),
    ],
)
def test_an_unfinished_lesson_saves_as_a_draft_and_says_what_is_missing(people, lesson, change, said) -> None:
    client = signed_in(people[APPROVER])
    assert sent(client, lesson, change).status_code == 302
    answer = sent(client, lesson, change, PUBLISH)
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_only_a_sound_file_is_read_aloud(people, lesson) -> None:
    client = signed_in(people[APPROVER])
    document = Document.objects.create(title="Tờ khai", file=ContentFile(b"%PDF", name="to-khai.pdf"))
    answer = sent(client, lesson, {"audio": str(document.pk)}, PUBLISH)
    assert "không phải tệp âm thanh" in answer.content.decode()
    document = Document.objects.create(title="Bài", file=ContentFile(b"ID3", name="bai.MP3"))
    assert sent(client, lesson, {"audio": str(document.pk)}, PUBLISH).status_code == 302


def refused(page: Page) -> list[str]:
    """The fields named when the page's latest words are published by a program, without the form."""
    read_today = Page.objects.get(pk=page.pk).live_revision
    with pytest.raises(PublishingRefused) as refusal:
        page.save_revision().publish()
    assert Page.objects.get(pk=page.pk).live_revision == read_today
    return [field for field, _reason in refusal.value.gaps]


def test_no_road_publishes_a_lesson_that_its_form_would_not_save(lesson) -> None:
    assert lesson.missing_for_publishing() == []
    lesson.cards = [Card(action=LONG)]
    lesson.practices = [Practice(task="?", screen="button: A")]
    lesson.checks = [Check(question="?", answers="A\nB", right=9)]
    assert refused(lesson) == ["cards", "practices", "checks"]
    lesson.cards = []
    assert refused(lesson)[0] == "cards"


def test_no_road_publishes_a_troubleshooter_that_leads_nowhere(trouble) -> None:
    assert trouble.missing_for_publishing() == []
    trouble.cards = [TroubleCard(key="hoi", ask=LONG, answers="Được → khong-co")]
    assert refused(trouble) == ["cards", "cards"]


def test_a_day_is_not_planned_for_a_troubleshooter_that_leads_nowhere(trouble) -> None:
    trouble.cards = [TroubleCard(key="hoi", ask="Được chưa?", answers="Được → khong-co")]
    trouble.go_live_at = timezone.now() + timedelta(days=2)
    with pytest.raises(PublishingRefused):
        trouble.save_revision().publish()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cards-1-answers": "Được → khong-co"}, ["bam", "khong-co"]),
        ({"cards-0-answers": "Sai mật khẩu → bam"}, ["Không câu trả lời nào dẫn tới thẻ “cho”"]),
        ({"cards-2-answers": "Vẫn bận → cho"}, ["Từ thẻ “cho” chỉ đi vòng tròn"]),
        ({"cards-1-answers": ""}, ["Thẻ “bam” không có câu trả lời"]),
        ({"cards-3-answers": "Lại → hoi"}, ["vừa là chỗ kết thúc vừa có câu trả lời"]),
        ({"cards-2-key": "bam"}, ["trùng với một thẻ"]),
        ({"cards-3-DELETE": "1"}, ["dẫn tới “xong”"]),
        ({"cards-1-ask": LONG}, ["Thẻ 2 có 27 từ"]),
    ],
)
@pytest.mark.parametrize("action", ["", PUBLISH])
def test_cards_that_leave_somebody_standing_are_not_even_saved(people, trouble, change, said, action) -> None:
    answer = sent(signed_in(people[APPROVER]), trouble, change, action)
    assert answer.status_code == 200
    for words in said:
        assert words in answer.content.decode()


def test_the_order_of_the_editor_decides_where_one_begins(people, trouble) -> None:
    """The end moved to the top: nobody comes to the other cards any more."""
    order = {f"cards-{number}-ORDER": str(number + 2) for number in range(3)} | {"cards-3-ORDER": "1"}
    answer = sent(signed_in(people[APPROVER]), trouble, order)
    assert "Không câu trả lời nào dẫn tới thẻ “hoi”" in answer.content.decode()


def test_a_new_card_without_a_key_gets_one_from_its_words(people, trouble) -> None:
    client = signed_in(people[APPROVER])
    change = {
        "cards-1-answers": "Được → xong\nChưa được → hoi-nguoi-cua-xa",
        "cards-TOTAL_FORMS": "5",
        "cards-4-id": "",
        "cards-4-ask": "Hỏi người của xã",
        "cards-4-key": "",
        "cards-4-ending": "commune",
        "cards-4-ORDER": "5",
    }
    assert sent(client, trouble, change, PUBLISH).status_code == 302
    trouble.refresh_from_db()
    assert trouble.cards.last().key == "hoi-nguoi-cua-xa"
