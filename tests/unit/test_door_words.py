"""Which words belong at the doors of complaint and denunciation, and that the forms store nothing of them."""

import unicodedata
from types import SimpleNamespace

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from feedback.door_words import Door, door_of
from feedback.models import Case
from tests.unit.feedback_world import MONDAY, form_values, found_commune

STOPPED = [
    ("Tôi tố cáo ông trưởng thôn ăn chặn tiền hỗ trợ", Door.DENUNCIATION),
    ("toi to cao can bo dia chinh", Door.DENUNCIATION),
    ("Cán bộ đòi phong bì mới làm", Door.DENUNCIATION),
    ("can bo nhan hoi lo", Door.DENUNCIATION),
    ("bị hàng xóm đánh đập", Door.DENUNCIATION),
    ("Chồng tôi bạo hành mẹ con tôi", Door.DENUNCIATION),
    ("nhà bên buôn ma tuý", Door.DENUNCIATION),
    ("có người dọa giết tôi", Door.DENUNCIATION),
    ("Mở sòng đánh bạc ở xóm", Door.DENUNCIATION),
    ("He asked me for a bribe", Door.DENUNCIATION),
    ("طلب مني رشوة", Door.DENUNCIATION),
    ("Hỏi: bị đòi phong bì thì làm thế nào?", Door.DENUNCIATION),
    ("Tố cáo cán bộ nhận tiền, tố cáo nộp ở đâu", Door.DENUNCIATION),
    ("Tôi tố cáo ông A lấy đất, cần gì nữa không", Door.DENUNCIATION),
    ("chong toi bao hanh", Door.DENUNCIATION),
    ("kế toán tham ô tiền quỹ", Door.DENUNCIATION),
    ("Tôi khiếu nại quyết định thu hồi đất số 12", Door.COMPLAINT),
    ("toi khieu nai ve quyet dinh xu phat", Door.COMPLAINT),
    ("Không đồng ý với quyết định bồi thường", Door.COMPLAINT),
    ("đề nghị hủy quyết định xử phạt", Door.COMPLAINT),
    ("I want to appeal the decision", Door.COMPLAINT),
    ("أعترض على قرار البلدية", Door.COMPLAINT),
]
THROUGH = [
    "",
    "Đăng ký khai sinh cần giấy tờ gì?",
    "Làm đơn khiếu nại ở đâu, cần gì?",
    "Thủ tục tố cáo như thế nào?",
    "Cho hỏi mẫu đơn khiếu nại",
    "How do I write a formal complaint?",
    "Đăng ký cai nghiện ma túy tự nguyện",
    "Đánh số nhà, gắn biển",
    "Phong bì đựng hồ sơ mua ở đâu",
    "Bãi rác bốc mùi, đề nghị thu gom",
    "Cán bộ làm việc rất nhiệt tình",
    "Quyết định công nhận hộ nghèo bao giờ có?",
    "Chị bán cá ở chợ Bái",
    "Hỏi cách làm đơn khiếu nại",
    "hoi cach lam don khieu nai",
    "Cháu xin hỏi giờ thăm ở bệnh viện xã",
    "chau hoi gio tham o benh vien",
    "Thủ tục tổ chức đám ở nhà văn hóa",
    "Quán này có bán chem chép không",
    "Rừng bị cháy ăn vào vườn nhà tôi",
    "rung bi chay an vao vuon",
    "Con tôi bị đánh rơi giấy khai sinh",
    "Lịch tuyên truyền phòng chống bạo lực gia đình",
    "Hỏi về chương trình phòng, chống tham nhũng của xã",
    "giết mổ gia súc cần giấy phép gì",
]


@pytest.mark.parametrize(("text", "door"), STOPPED)
def test_a_complaint_or_denunciation_is_sent_to_its_own_door(text: str, door: Door) -> None:
    assert door_of(text) is door
    assert door_of(unicodedata.normalize("NFD", text).upper()) is door


@pytest.mark.parametrize("text", THROUGH)
def test_whoever_only_asks_or_writes_of_something_else_goes_through(text: str) -> None:
    assert door_of(text) is None


ASK, REPORT = "/phan-anh/hoi/", "/phan-anh/gop-y/"
COMPLAINT = "Tôi khiếu nại quyết định thu hồi đất số 12"
DENUNCIATION = "Tôi tố cáo cán bộ địa chính vòi tiền"


@pytest.fixture
def commune(db: None) -> SimpleNamespace:
    return found_commune()


def posted(client: Client, text: str, path: str = ASK, **changes: str) -> HttpResponse:
    with time_machine.travel(MONDAY, tick=False):
        return client.post(path, form_values(text=text, **changes))


@pytest.mark.parametrize(
    ("text", "where"), [(COMPLAINT, "/phan-anh/khieu-nai/"), (DENUNCIATION, "/phan-anh/to-cao/")]
)
def test_such_words_are_kept_on_the_page_stored_nowhere_and_shown_their_door(client, commune, text, where):
    page = posted(client, text)
    shown = page.content.decode()
    assert page.status_code == 200
    assert "data-form-error" in shown
    assert text in shown
    assert f'href="{where}"' in shown
    assert 'href="/phan-anh/"' in shown[shown.index(f'href="{where}"') :]
    assert not Case.objects.exists()


def test_a_complaint_may_be_sent_anyway_as_a_remark(client, commune):
    assert 'name="anyway"' in posted(client, COMPLAINT).content.decode()
    assert posted(client, COMPLAINT, REPORT, anyway="1").status_code == 303
    assert Case.objects.get().kind == "report"


def test_a_denunciation_is_never_taken_in_whatever_is_posted(client, commune):
    shown = posted(client, DENUNCIATION, anyway="1").content.decode()
    assert "data-form-error" in shown
    assert 'name="anyway"' not in shown
    assert not Case.objects.exists()
