"""One address of every type of page, for pictures and browser tests.

A receipt has a secret address of its own: `tools.demo_case` sends the question that it belongs to.
"""

from collections.abc import Iterator
from dataclasses import dataclass

RIGHT_TO_LEFT = {"ar"}


@dataclass(frozen=True)
class PageType:
    """`languages` are those the page is translated into; `path` is the Vietnamese one, without a prefix."""

    name: str
    path: str
    languages: tuple[str, ...] = ("vi",)
    status: int = 200

    def address(self, language: str = "vi") -> str:
        return self.path if language == "vi" else f"/{language}{self.path}"


ALL = ("vi", "en", "ar")
GUIDE = PageType("guide", "/huong-dan/thu-tuc/dang-ky-khai-sinh/", ALL)
GUIDE_SHEET = PageType("guide-sheet", "/huong-dan/thu-tuc/dang-ky-khai-sinh/in/", ALL)
SESSION = PageType("session", "/buoi-ho-tro/1/", ALL)  # the first of the demo
PACK = PageType("session-pack", "/buoi-ho-tro/1/bo-in/", ALL)  # behind sign-in
HOME = PageType("home", "/", ALL)
GUIDES = PageType("guides", "/huong-dan/")
PROCEDURES = PageType("procedures", "/huong-dan/thu-tuc/")

PUBLIC = [
    HOME,
    GUIDES,
    PROCEDURES,
    GUIDE,
    GUIDE_SHEET,
    PageType("guide-poster", "/huong-dan/thu-tuc/dang-ky-khai-sinh/ap-phich/", ALL),
    PageType("counter", "/quay/trung-tam/", ALL),
    PageType("counter-poster", "/quay/trung-tam/ap-phich/"),
    PageType("counter-cards", "/quay/trung-tam/the-qr/"),
    PageType("guide-situation", f"{GUIDE.path}?truong-hop=khong-chung-sinh", ALL),
    PageType("guide-when", f"{GUIDE.path}?cach=online&truong-hop=qua-60-ngay&ngay=23/11/2026&gio=16:00", ALL),
    PageType("guide-when-bad", f"{GUIDE.path}?cach=post&ngay=31/02/2026&gio=25", ALL),
    PageType("guide-elder", f"{GUIDE.path}tung-buoc/", ALL),
    PageType("guide-elder-day", f"{GUIDE.path}tung-buoc/?truong-hop=qua-60-ngay&buoc=99", ALL),
    PageType("lessons", "/huong-dan/bai-hoc/", ALL),
    PageType("changes", "/huong-dan/thay-doi/", ALL),
    PageType("changes-month", "/huong-dan/thay-doi/?thang=2026-10"),
    PageType("past-versions", "/huong-dan/thu-tuc/tro-cap-huu-tri-xa-hoi/ban-cu/"),
    PageType("past-version", "/huong-dan/thu-tuc/tro-cap-huu-tri-xa-hoi/ban-cu/1/"),
    PageType("lesson", "/huong-dan/bai-hoc/quen-mat-khau-vneid/", ("vi", "en")),
    PageType("sessions", "/buoi-ho-tro/", ALL),
    SESSION,
    PageType(
        "lesson-judged", "/huong-dan/bai-hoc/quen-mat-khau-vneid/?tra-loi-1=2&tra-loi-2=3", ("vi", "en")
    ),
    PageType("lesson-trainer", "/huong-dan/bai-hoc/quen-mat-khau-vneid/huong-dan-vien/", ("vi", "en")),
    PageType("lesson-sheet", "/huong-dan/bai-hoc/quen-mat-khau-vneid/in/", ("vi", "en")),
    PageType("drill", "/huong-dan/bai-hoc/thu-tai-that-gia/", ALL),
    PageType("drill-sheet", "/huong-dan/bai-hoc/thu-tai-that-gia/in/", ALL),
    PageType("lesson-track", "/huong-dan/bai-hoc/tu-bao-ve-minh/", ALL),
    PageType("troubleshooter", "/huong-dan/bai-hoc/vneid-khong-vao-duoc/", ALL),
    PageType(
        "troubleshooter-end",
        "/huong-dan/bai-hoc/vneid-khong-vao-duoc/?the=hoi-xa&di=may-bao-gi.con-so-cu.bi-khoa.bam-quen",
        ALL,
    ),
    PageType("troubleshooter-sheet", "/huong-dan/bai-hoc/vneid-khong-vao-duoc/in/", ALL),
    PageType("news", "/tin-tuc/"),
    PageType("news-item", "/tin-tuc/mo-cua-buoi-toi/"),
    PageType("info", "/gioi-thieu/"),
    PageType("search", "/tim-kiem/?q=dang+ky+khai+sinh", ALL),
    PageType("search-nothing", "/tim-kiem/?q=xyzzy+qwrty", ALL),
    PageType("doors", "/phan-anh/", ALL),
    PageType("ask", "/phan-anh/hoi/", ALL),
    PageType("report", "/phan-anh/gop-y/", ALL),
    PageType("complaint", "/phan-anh/khieu-nai/", ALL),
    PageType("denunciation", "/phan-anh/to-cao/", ALL),
    PageType("track", "/phan-anh/tra-cuu/", ALL),
    PageType("officials", "/can-bo/", ALL),
    PageType("places", "/dia-diem/", ALL),
    PageType("campaigns", "/chien-dich/", ALL),
    PageType("campaign", "/chien-dich/45-ngay-dem-giup-ba-con-lam-viec-so/", ALL),
    PageType("no-signal", "/ngoai-tuyen/", ALL),
    PageType("not-found", "/khong-co-trang-nay/", ALL, status=404),
    PageType("sign-in", "/tai-khoan/login/"),
]

VOLUNTEERS_LETTER = PageType(
    "volunteers-letter", "/tinh-nguyen/thu-cam-on/?tu=2026-01-01&den=2100-01-01", ALL
)
# Rooms behind the sign-in, by the demo user who opens them. The session's page is the first one the board lists.
FOR_VOLUNTEERS = [
    PageType("volunteers-room", "/tinh-nguyen/", ALL),
    PageType("volunteers-hours", "/tinh-nguyen/gio/", ALL),
    VOLUNTEERS_LETTER,
]
FOR_COORDINATORS = [
    PageType("board", "/tinh-nguyen/dieu-phoi/"),
    PageType("board-past", "/tinh-nguyen/dieu-phoi/?xem=da-qua"),
    PageType("board-hours", "/tinh-nguyen/dieu-phoi/gio/?tu=2026-01-01&den=2100-01-01"),
]


def in_languages(pages: list[PageType]) -> Iterator[tuple[PageType, str]]:
    for page in pages:
        for language in page.languages:
            yield page, language
