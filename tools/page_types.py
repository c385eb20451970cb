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
HOME = PageType("home", "/", ALL)
GUIDES = PageType("guides", "/huong-dan/")
PROCEDURES = PageType("procedures", "/huong-dan/thu-tuc/")

PUBLIC = [
    HOME,
    GUIDES,
    PROCEDURES,
    GUIDE,
    GUIDE_SHEET,
    PageType("lessons", "/huong-dan/bai-hoc/"),
    PageType("lesson", "/huong-dan/bai-hoc/quen-mat-khau-vneid/", ("vi", "en")),
    PageType("sessions", "/buoi-ho-tro/"),
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
    PageType("not-found", "/khong-co-trang-nay/", ALL, status=404),
    PageType("sign-in", "/tai-khoan/login/"),
]


def in_languages(pages: list[PageType]) -> Iterator[tuple[PageType, str]]:
    for page in pages:
        for language in page.languages:
            yield page, language
