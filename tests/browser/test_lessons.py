"""Lessons on a phone: one card a screen, progress on the device alone; all of it without scripts and on paper too."""

import pytest

from tools.page_types import PUBLIC

LESSON = "/huong-dan/bai-hoc/quen-mat-khau-vneid/"
DRILL = "/huong-dan/bai-hoc/thu-tai-that-gia/"
TRACK = "/huong-dan/bai-hoc/tu-bao-ve-minh/"
TROUBLE = "/huong-dan/bai-hoc/vneid-khong-vao-duoc/"
SCRIPT_BYTES = 6_000


def cards_seen(page) -> list[str]:
    return [card.get_attribute("id") for card in page.locator(".cards > section").all() if card.is_visible()]


def go_on(page) -> None:
    page.locator(".cards > section:visible .back-and-next a").last.click()


def test_a_phone_shows_one_card_a_screen_and_the_rest_after_the_last(phone):
    page = phone().page
    page.goto(LESSON)
    assert cards_seen(page) == ["the-1"]
    for number in range(2, 8):
        assert not page.locator(".questions").is_visible()
        go_on(page)
        assert cards_seen(page) == [f"the-{number}"]
    assert page.locator(".questions").is_visible()
    page.go_back()
    assert cards_seen(page) == ["the-6"]


def test_a_phone_goes_on_at_the_card_it_was_at_until_told_to_forget(phone):
    visit = phone()
    page = visit.page
    page.goto(LESSON)
    assert not page.locator("[data-on-device]").is_visible()
    for _step in range(3):
        go_on(page)
    page.goto(TROUBLE)
    page.goto(LESSON)
    assert "thẻ 4" in page.locator("[data-go-on]").inner_text()
    page.locator("[data-go-on]").click()
    assert cards_seen(page) == ["the-4"]
    page.goto(LESSON)
    page.locator("[data-forget]").click()
    page.goto(LESSON)
    assert not page.locator("[data-on-device]").is_visible()
    assert page.evaluate("localStorage.length") == 0
    assert visit.context.cookies() == []
    assert visit.strangers() == []


def test_a_track_marks_what_this_phone_has_learned(phone):
    page = phone().page
    page.goto(f"{LESSON}#the-7")
    page.goto(DRILL)
    for message in page.locator("[data-judge]").all():
        message.locator("summary").first.click()
    page.goto(TRACK)
    assert page.locator("[data-mark]:visible").all_inner_texts() == ["Xong", "Xong"]
    assert "2 trong 4" in page.locator("[data-count]").inner_text()


def test_a_phone_that_may_keep_nothing_shows_lessons_all_the_same(phone):
    visit = phone()
    visit.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }});"
    )
    visit.page.goto(LESSON)
    go_on(visit.page)
    assert cards_seen(visit.page) == ["the-2"]
    assert visit.errors == []


def test_a_desk_and_a_phone_without_scripts_show_every_card(phone):
    for page in (phone(width=1280).page, phone(scripts=False).page):
        page.goto(LESSON)
        assert cards_seen(page) == [f"the-{number}" for number in range(1, 8)]
        assert page.locator(".questions").is_visible()


def test_paper_shows_every_card_whichever_the_phone_shows(phone):
    page = phone().page
    page.goto(LESSON)
    page.emulate_media(media="print")
    assert cards_seen(page) == [f"the-{number}" for number in range(1, 8)]


def test_practice_says_how_it_was_without_asking_the_server(phone, scripts):
    visit = phone(scripts=scripts)
    page = visit.page
    page.goto(f"{LESSON}#the-7", wait_until="networkidle")
    assert not page.locator(".outcome:visible").count()
    page.locator("#thu-1 a", has_text="Đăng nhập").click()
    assert "Chưa có mật khẩu" in page.locator(".outcome:visible").inner_text()
    page.locator(".outcome:visible a").click()
    assert not page.locator(".outcome:visible").count()
    page.locator("#thu-1 a", has_text="Quên mật khẩu").click()
    assert "Đúng." in page.locator(".outcome:visible").inner_text()
    assert len([url for url in visit.asked if "/static/" not in url]) == 1  # the lesson itself, once


def test_questions_are_answered_and_a_message_is_judged(phone, scripts):
    page = phone(scripts=scripts).page
    page.goto(f"{LESSON}#hoi-lai")
    page.locator(".questions label", has_text="Tự gõ vào máy mình").click()
    page.locator(".questions button").click()
    assert "Đúng 1 trong 2 câu." in page.locator(".questions").inner_text()
    assert page.url.endswith("?tra-loi-1=2#hoi-lai")
    page.goto(DRILL)
    page.locator("#tin-1 summary", has_text="Tin thật").click()
    assert "Chưa đúng: tin này giả." in page.locator("#tin-1").inner_text()


def test_a_troubleshooter_comes_to_an_end_by_pressing_alone(phone, scripts):
    page = phone(scripts=scripts).page
    page.goto(TROUBLE)
    for words in ("Sai mật khẩu", "Không, hoặc đã đổi số", "Số đã bỏ"):
        page.locator(".trouble-answers a", has_text=words).click()
    page.locator('main a[href^="tel:"]').wait_for()
    page.locator("nav a", has_text="Bạn đang gặp chuyện gì").click()
    assert page.locator(".trouble-answers a").count() == 6


@pytest.mark.parametrize(
    "kind", [kind for kind in PUBLIC if kind.name in {"lesson", "lesson-track"}], ids=str
)
def test_the_script_is_small_and_alone(phone, kind):
    visit = phone()
    sizes = []
    visit.page.on(
        "response", lambda answer: sizes.append(len(answer.body())) if ".js" in answer.url else None
    )
    visit.page.goto(kind.path, wait_until="networkidle")
    assert len(sizes) == 1
    assert sizes[0] <= SCRIPT_BYTES
    assert visit.errors == []
