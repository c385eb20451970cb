"""Render templates/styleguide.html, every component with sample content, into one file to look at or photograph.

    python tools/styleguide.py var/styleguide.html [vi|en|ar]

Needs no database and no settings of the site. Style sheets are linked by their path on this machine.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import django
import segno
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "site" / "static"
RIGHT_TO_LEFT = {"ar"}
QR = segno.make("huongdong.example/q/ks1", error="m").svg_inline(border=1, omitsize=True)


class SampleForm(forms.Form):
    topic = forms.ChoiceField(
        label="Câu hỏi về việc gì?",
        choices=[("birth", "Khai sinh, kết hôn, khai tử"), ("land", "Đất đai, nhà ở")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="Câu hỏi",
        help_text="Viết như nói. Không dấu cũng được.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    phone = forms.CharField(label="Điện thoại", required=False, help_text="Để xã báo khi có trả lời.")
    consent_contact = forms.BooleanField(label="Xã được gọi cho tôi về việc này.", required=False)


def returned_form() -> SampleForm:
    form = SampleForm({"topic": "", "text": "Căn cước của tôi là 0300 1234 5678", "phone": ""})
    form.is_valid()
    form.add_error("text", "Có 12 chữ số giống số căn cước. Chưa gửi.")
    return form


def links(*titles: str) -> list[dict[str, Any]]:
    return [{"title": title, "url": "#", "current": "page" if title == titles[0] else ""} for title in titles]


def practice() -> dict[str, Any]:
    elements = [
        {"kind": "title", "text": "VNeID"},
        {"kind": "field", "text": "••••••", "target": "thu-1-2", "said": "Chưa nhớ thì chưa gõ được."},
        {"kind": "button", "text": "Quên mật khẩu", "target": "thu-1-3", "is_right": True},
    ]
    return {
        "anchor": "thu-1",
        "task": "Bạn quên mật khẩu. Bấm vào đâu?",
        "elements": elements,
        "outcomes": elements[1:],
    }


def commune() -> dict[str, Any]:
    return {
        "name": "Xã Hương Đồng",
        "full_name": "Ủy ban nhân dân xã Hương Đồng",
        "address": "Số 1 đường Trung tâm, thôn Đoài",
        "hours_lines": ["Thứ Hai – thứ Sáu: 7:30–11:30, 13:30–17:00"],
        "hotline": "0912 345 678",
        "is_sample": True,
        "sample_note": "Trang mẫu: tên xã, người và số liệu không có thật.",
    }


def languages(current: str) -> list[dict[str, Any]]:
    names = {"vi": "Tiếng Việt", "en": "English", "ar": "العربية"}
    return [{"code": c, "label": label, "url": "#", "current": c == current} for c, label in names.items()]


def sample() -> dict[str, Any]:
    labels = ["Ở đâu", "Bao lâu", "Lệ phí", "Mang", "Qua mạng"]
    answers = [
        "Quầy 2, trung tâm xã",
        "Trong ngày",
        "Trong 60 ngày: không thu",
        "Giấy chứng sinh, căn cước",
        "Được",
    ]
    return {
        "icons": sorted(path.stem for path in (ROOT / "site" / "gandan" / "icons").glob("*.svg")),
        "facts": [{"label": label, "answer": answer} for label, answer in zip(labels, answers, strict=True)],
        "steps": ["Lấy số ở máy cạnh cửa. Ngồi chờ gọi số.", "Ký sổ và nhận giấy khai sinh."],
        "hours": ["Thứ Hai – thứ Sáu:", "7:30–11:30, 13:30–17:00"],
        "crumbs": links("Thủ tục", "Sinh con"),
        "kinds": [
            {"title": "Tất cả", "count": 9, "url": "#", "current": True},
            {"title": "Tin", "count": 2, "url": "#"},
        ],
        "facilities": [{"icon": "wifi", "text": "Wi-Fi"}, {"icon": "glasses", "text": "kính đọc"}],
        "counts": [{"label": "Đúng hẹn", "value": "98,96 %"}, {"label": "Đang trễ", "value": "5"}],
        "screen": [
            {"kind": "title", "text": "Đăng nhập VNeID", "pressed": False},
            {"kind": "field", "text": "Mật khẩu", "pressed": False},
            {"kind": "text", "text": "Quên mật khẩu", "pressed": True},
            {"kind": "button", "text": "Đăng nhập", "pressed": False},
            {"kind": "image", "text": "Mã QR", "pressed": False},
            {"kind": "note", "text": "Bản 2.2.3", "pressed": False},
        ],
        "practice": practice(),
        "message": {
            "get_way_display": "Tin nhắn SMS",
            "sender": "Số lạ",
            "text": "Bấm vneid-nangcap.example kẻo bị khóa.",
            "is_fake": True,
            "why": "Giục gấp, và đường dẫn không kết thúc bằng gov.vn.",
        },
        "cards": range(7),
        "bars": [
            {"kind": "early", "start": 0, "width": 47.21},
            {"kind": "on-time", "start": 47.21, "width": 36.62},
            {"kind": "late", "start": 83.83, "width": 4},
            {"kind": "pending-late", "start": 87.83, "width": 2},
            {"kind": "working", "start": 89.83, "width": 4},
        ],
        "page": Paginator(range(60), 20).page(2),
        "form": SampleForm(),
        "returned": returned_form(),
        "qr": mark_safe(QR),  # noqa: S308 (drawn by segno from a fixed address)
        "checked": date(2026, 7, 18),
        "again": date(2027, 1, 18),
        "today": date(2026, 11, 23),
    }


def render(language: str) -> str:
    context = {
        "LANGUAGE_CODE": language,
        "LANGUAGE_BIDI": language in RIGHT_TO_LEFT,
        "home_url": "#",
        "search_url": "#",
        "commune": commune(),
        "menu": links("Thủ tục", "Bài học", "Buổi hỗ trợ", "Hỏi – phản ánh", "Tin xã", "Cán bộ"),
        "footer_links": [links("Thủ tục A–Z", "Bài học"), links("Tra cứu phiếu", "Trợ năng")],
        "languages": languages(language),
        "sample": sample(),
    }
    with translation.override(language):
        return get_template("styleguide.html").render(context)


def main(target: Path, language: str = "vi") -> None:
    sys.path.insert(0, str(ROOT / "site"))
    settings.configure(
        STATIC_URL=f"{STATIC}/",
        INSTALLED_APPS=["django.contrib.staticfiles", "django.forms"],
        LANGUAGES=[("vi", "Tiếng Việt"), ("en", "English"), ("ar", "العربية")],
        LOCALE_PATHS=[ROOT / "site" / "locale"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [ROOT / "templates"],
                "OPTIONS": {"builtins": ["gandan.templatetags.gandan"]},
            }
        ],
    )
    django.setup()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render(language), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
