"""Troubleshooters, `go-roi/<slug>.toml`; a translation beside it, `<slug>.en.toml`, holds words only.

    key = "vneid-khong-vao-duoc"         # the slug
    title, summary, app, app_version, verified, checked_on, checked_by, check_again_on, source_name, source_url,
    source_date, also_called, priority, scam_rule, life_events           # as for lessons
    lessons = ["quen-mat-khau-vneid"]    # slugs of related lessons

    [[card]]                             # everybody begins at the first card
    key = "bat-dau"                      # letters without marks, digits, hyphens
    ask = "VNeID báo gì?"                # one question or one action, at most 25 words
    button = ""                          # exact words of a button named in `ask`
    advice = ["…", "…"]                  # steps, when there is something to do first
    answers = ["Sai mật khẩu → quen-mat-khau", "Đang bảo trì → bao-tri"]      # words of the button → key of a card
    trainer = ""
    screen = '''…'''                     # as on a lesson's card

    [[card]]
    key = "xong"
    ask = "Bạn đã vào được."
    end = "solved"                       # or "commune": hotline, next session, form to ask; then no answers

Loading refuses what the admin refuses: answers to nowhere, cards nobody reaches, circles without a way out.
"""

from typing import Any

from gandan.demo import Tell
from gandan.publishing import publish_new
from guides.branch_words import in_words
from guides.branches import faults_in
from guides.demo.lessons import app_and_check, missing_pages
from guides.demo.publishing import index_page, make_rows
from guides.demo.sources import Source, Written
from guides.models import TroubleCard, TroubleshooterPage, TutorialPage

SAME = ("title", "summary", "scam_rule", "life_events", "priority")


class UnsoundCards(ValueError):
    """A file whose cards leave somebody standing."""


def load_troubleshooters(tell: Tell) -> None:
    for page in missing_pages("go-roi", TroubleshooterPage, "troubleshooters", tell):
        _load(page)


def _load(written: Written) -> None:
    parent = index_page(written.language, "bai-hoc")
    if parent is None:
        return
    original = TroubleshooterPage.objects.filter(locale__language_code="vi", slug=written.key).first()
    page = TroubleshooterPage(slug=written.key, locale=parent.locale, **_fields(written.text))
    if original and written.language != "vi":
        page.translation_key = original.translation_key
    rows = [_row(row) for row in written.text.get("card", [])]
    page.cards = make_rows(TroubleCard, rows, parent.locale_id, original, "cards")
    refuse_unsound(written.key, page.cards.all())
    page.lessons = list(
        TutorialPage.objects.filter(locale_id=parent.locale_id, slug__in=written.text.get("lessons", []))
    )
    publish_new(parent, page)


def refuse_unsound(key: str, cards: Any) -> None:
    faults = faults_in([card.node for card in cards])
    if faults:
        raise UnsoundCards(f"go-roi/{key}: " + " ".join(in_words(fault) for fault in faults))


def _fields(text: Source) -> dict[str, Any]:
    return {**{name: text[name] for name in SAME if name in text}, **app_and_check(text)}


def _row(row: Source) -> Source:
    same = {name: value for name, value in row.items() if name not in {"answers", "advice", "end"}}
    return {
        **same,
        "advice": "\n".join(row.get("advice", [])),
        "answers": "\n".join(row.get("answers", [])),
        "ending": row.get("end", ""),
    }
