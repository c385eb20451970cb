"""A draft on the device, only for whoever asks for it; and a form that waits for the network instead of losing words."""

import json

ASK = "/phan-anh/hoi/"
WORDS = "Cháu mới sinh, nhà em hỏi giấy khai sinh cần mang theo gì ạ?"
KEEP, SEND = "[data-draft-box] input", "button[type=submit]:not([name])"
ALL_KEPT = "JSON.stringify(localStorage)"


def begun(phone, keep: bool = True):
    visit = phone()
    page = visit.page
    page.goto(ASK)
    page.locator("input[name=topic]").first.check()
    if keep:
        page.check(KEEP)
    page.fill("#id_text", WORDS)
    return visit, page


def test_without_the_tick_nothing_is_left_on_the_phone(phone):
    visit, page = begun(phone, keep=False)
    page.fill("#id_phone", "0912 345 678")
    page.goto("/")

    assert page.evaluate(ALL_KEPT) == "{}"
    assert visit.errors == []


def test_with_the_tick_topic_and_words_come_back_and_the_contact_does_not(phone):
    visit, page = begun(phone)
    page.fill("#id_phone", "0912 345 678")
    assert "0912" not in page.evaluate(ALL_KEPT)
    page.goto("/")
    page.goto(ASK)

    assert page.input_value("#id_text") == WORDS
    assert page.locator("input[name=topic]").first.is_checked()
    assert page.input_value("#id_phone") == ""
    assert page.locator("[data-draft-box] [role=status]").inner_text()
    assert visit.errors == []


def test_the_draft_is_deleted_by_its_button_and_by_taking_the_tick_away(phone):
    _visit, page = begun(phone)
    page.click("[data-draft-box] button")
    assert page.evaluate(ALL_KEPT) == "{}"
    assert page.input_value("#id_text") == WORDS

    page.check(KEEP)
    assert page.evaluate(ALL_KEPT) != "{}"
    page.uncheck(KEEP)
    assert page.evaluate(ALL_KEPT) == "{}"


def test_after_a_day_the_draft_is_gone(phone):
    _visit, page = begun(phone)
    page.evaluate(
        """() => Object.keys(localStorage).forEach((key) => {
            const draft = JSON.parse(localStorage[key]);
            draft.at -= 24 * 60 * 60 * 1000 + 1;
            localStorage[key] = JSON.stringify(draft);
        })"""
    )
    page.goto(ASK)

    assert page.input_value("#id_text") == ""
    assert page.evaluate(ALL_KEPT) == "{}"


def test_after_sending_nothing_is_left(phone):
    _visit, page = begun(phone)
    page.click(SEND)
    page.wait_for_selector("[data-case-code]")

    assert page.evaluate(ALL_KEPT) == "{}"


def test_without_a_network_the_words_stay_and_are_sent_once_when_it_is_back(phone):
    visit, page = begun(phone)
    visit.context.set_offline(True)
    page.click(SEND)
    page.wait_for_function("document.querySelector('[data-draft-box] [role=status]').textContent !== ''")
    assert page.input_value("#id_text") == WORDS
    assert ASK in page.url

    visit.context.set_offline(False)
    page.wait_for_selector("[data-case-code]")
    assert page.evaluate(ALL_KEPT) == "{}"


def test_a_form_that_arrived_though_its_answer_was_lost_gives_the_same_slip(phone):
    _visit, page = begun(phone)
    kept = page.evaluate("({...localStorage})")
    page.click(SEND)
    first = page.wait_for_selector("[data-case-code]").get_attribute("data-case-code")
    page.evaluate("(kept) => Object.assign(localStorage, kept)", kept)
    page.goto(ASK)
    page.click(SEND)

    assert page.wait_for_selector("[data-case-code]").get_attribute("data-case-code") == first


def test_a_draft_that_somebody_spoilt_breaks_nothing(phone):
    visit, page = begun(phone)
    for spoilt in ("{", "null", json.dumps({"at": "x"}), "[]"):
        page.evaluate(
            "(spoilt) => Object.keys(localStorage).forEach((key) => (localStorage[key] = spoilt))", spoilt
        )
        page.goto(ASK)
        assert page.locator("#id_text").is_visible()
        page.check(KEEP)
        page.fill("#id_text", WORDS)

    assert visit.errors == []
