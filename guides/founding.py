"""The sections a new commune begins with: guides, procedures, lessons and help sessions, in each language."""

from wagtail.models import Page

from gandan.founding import Homes, place
from guides.models import GuidesIndexPage, SessionsPage

INDEXES = {  # (title, introduction) by language
    "huong-dan": {
        "vi": ("Hướng dẫn", "Thủ tục viết cho dễ hiểu, và bài học dùng điện thoại làm việc với xã."),
        "en": ("Guides", "Procedures in plain words, and lessons for dealing with the commune by phone."),
        "ar": ("الأدلة", "إجراءات بلغة بسيطة، ودروس لإنجاز معاملاتك مع البلدية بالهاتف."),
    },
    "thu-tuc": {
        "vi": ("Thủ tục", "Mỗi việc ghi rõ: nộp ở đâu, bao lâu, lệ phí, mang theo gì, qua mạng được không."),
        "en": (
            "Procedures",
            "Each says where to go, how long, the fee, what to bring and whether it works online.",
        ),
        "ar": (
            "الإجراءات",
            "كل إجراء يبيّن: أين تذهب، وكم يستغرق، والرسوم، وماذا تُحضر، وهل يتم عبر الإنترنت.",
        ),
    },
    "bai-hoc": {
        "vi": ("Bài học", "Mỗi thẻ một việc. Học một mình, hoặc nhờ người ngồi cạnh."),
        "en": ("Lessons", "One action a card. Learn alone, or with someone beside you."),
        "ar": ("الدروس", "كل بطاقة خطوة واحدة. تعلّم وحدك أو مع شخص بجانبك."),
    },
    "buoi-ho-tro": {
        "vi": ("Buổi hỗ trợ", "Miễn phí, không cần đăng ký. Người biết chỉ người chưa biết."),
        "en": ("Help sessions", "Free, no need to sign up. Those who know show those who do not yet."),
        "ar": ("جلسات المساعدة", "مجانية وبلا تسجيل. من يعرف يعلّم من لا يعرف بعد."),
    },
}


def found_guides(homes: Homes) -> None:
    guides = place(homes, "huong-dan", lambda language: _index("huong-dan", language, "all"))
    place(guides, "thu-tuc", lambda language: _index("thu-tuc", language, "procedures", in_menus=True))
    place(guides, "bai-hoc", lambda language: _index("bai-hoc", language, "lessons", in_menus=True))
    place(homes, "buoi-ho-tro", _sessions)


def _index(slug: str, language: str, lists: str, *, in_menus: bool = False) -> Page:
    title, intro = INDEXES[slug][language]
    return GuidesIndexPage(title=title, intro=intro, lists=lists, show_in_menus=in_menus)


def _sessions(language: str) -> Page:
    title, intro = INDEXES["buoi-ho-tro"][language]
    return SessionsPage(title=title, intro=intro, show_in_menus=True)
