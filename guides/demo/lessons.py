"""Lessons, `bai-hoc/<slug>.toml`; a translation beside it, `<slug>.en.toml`, holds words only.

key = "quen-mat-khau-vneid"          # the slug
title, summary                       # plain words
level = 1                            # 0 holding the phone · 1 with someone beside · 2 alone · 3 helping others
minutes = 10
app, app_version = "VNeID", "2.2.3"  # the version only where somebody looked
verified = false                     # true: somebody compared the words of the buttons with the app
checked_on, checked_by               # a date; the key of an official
check_again_on, source_name, source_url, source_date
also_called = ["quên mk vneid"]      # as people say it
priority = 3                         # 0 to 3
scam_rule = true
life_events = ["identity"]
related = ["dang-ky-thuong-tru"]     # slugs of guides
skills = ["0.1", "services"]         # keys of guides.models.skills.SKILL_ITEMS
digcomp = ["4"]                      # keys of DIGCOMP_AREAS
transcript = '''…'''                 # only with a sound file, which is added in the admin

[[card]]                             # one action a card, at most 25 words
key, action, button, expect, otherwise, trainer
screen = '''
title: VNeID
field: Mật khẩu
button*: Quên mật khẩu
'''

[[practice]]                         # a drawn screen to press; after | what is said about that element
key = "tap-quen"
task = "Bạn quên mật khẩu. Bấm vào đâu?"
right = "Đúng. Dòng này mở trang lấy lại mật khẩu."
wrong = "Chưa phải."                 # for elements that say nothing themselves
screen = '''
title: VNeID
field: Mật khẩu | Chưa nhớ thì gõ vào đây chưa được.
button*: Quên mật khẩu
button: Đăng nhập | Chưa có mật khẩu thì chưa đăng nhập được.
'''

[[message]]                          # a scam drill: five messages, true or fake; a page may be a drill alone
key = "tin-1"
way = "sms"                          # sms · call · chat · email · paper
sender, text                         # our own words; no address or number that works
fake = true
why, advice                          # how one can tell; what to do

[[check]]                            # one to three questions
key, question, why
answers = ["…", "…"]
right = 2                            # counts from 1
"""

from typing import Any

from django.db.models import Model

from gandan.demo import Tell
from gandan.publishing import publish_new
from guides.demo.publishing import index_page, make_rows
from guides.demo.sources import Source, Written, read_pages
from guides.models import Card, Check, Message, Practice, ProcedurePage, TutorialPage
from guides.models.rows import Row
from home.models import Official

ROWS: tuple[tuple[str, str, type[Row]], ...] = (
    ("card", "cards", Card),
    ("practice", "practices", Practice),
    ("message", "messages", Message),
    ("check", "checks", Check),
)
TAGS = ("skills", "digcomp", "transcript")
SAME = ("title", "summary", "level", "minutes", "scam_rule", "life_events", "priority", *TAGS)
CHECKING = ("checked_on", "check_again_on", "source_name", "source_url", "source_date")


def load_lessons(tell: Tell) -> None:
    for lesson in missing_pages("bai-hoc", TutorialPage, "lessons", tell):
        _load(lesson)


def missing_pages(folder: str, model: type[Model], what: str, tell: Tell) -> list[Written]:
    """The pages of a folder that the commune has not got; also those somebody has renamed come again."""
    existing = set(model._default_manager.values_list("locale__language_code", "slug"))
    missing = [page for page in read_pages(folder) if (page.language, page.key) not in existing]
    if missing:
        tell(f"writing {len(missing)} {what}")
    return missing


def _load(lesson: Written) -> None:
    parent = index_page(lesson.language, "bai-hoc")
    if parent is None:
        return
    original = TutorialPage.objects.filter(locale__language_code="vi", slug=lesson.key).first()
    page = TutorialPage(slug=lesson.key, locale=parent.locale, **_fields(lesson.text))
    if original and lesson.language != "vi":
        page.translation_key = original.translation_key
    for kind, name, model in ROWS:
        rows = [_row(kind, row) for row in lesson.text.get(kind, [])]
        setattr(page, name, make_rows(model, rows, parent.locale_id, original, name))
    related = ProcedurePage.objects.filter(
        locale_id=parent.locale_id, slug__in=lesson.text.get("related", [])
    )
    page.related = list(related)
    publish_new(parent, page)


def _fields(text: Source) -> dict[str, Any]:
    return {**{name: text[name] for name in SAME if name in text}, **app_and_check(text)}


def app_and_check(text: Source) -> dict[str, Any]:
    """What lessons and troubleshooters say alike: the app shown, who checked the words and when."""
    return {
        **{name: text[name] for name in CHECKING if name in text},
        "app_name": text.get("app", ""),
        "app_version": text.get("app_version", ""),
        "is_verified": text.get("verified", False),
        "also_called": "\n".join(text.get("also_called", [])),
        "checked_by": Official.objects.filter(key=text.get("checked_by")).first(),
    }


def _row(kind: str, row: Source) -> Source:
    if kind == "check":
        return {**row, "answers": "\n".join(row["answers"])}
    if kind == "message":
        return {**{name: value for name, value in row.items() if name != "fake"}, "is_fake": row["fake"]}
    return row
