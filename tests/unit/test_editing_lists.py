"""What clerks keep in lists: places, officials, sessions, short addresses; posted the way their forms post it."""

from collections.abc import Mapping
from datetime import date, time

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.test.utils.wagtail_tests import WagtailTestUtils

from feedback.models import RoutingRule, Topic
from guides.models import Card, GuidesIndexPage, Session, SessionSeries, TutorialPage
from home.groups import COORDINATOR, EDITOR
from home.models import Official, Place, ShortLink, Unit, User
from tests.unit.staff_world import found_commune

People = Mapping[str, User]


@pytest.fixture
def people(db) -> People:
    return found_commune()


@pytest.fixture
def desk(db) -> Unit:
    return Unit.objects.create(key="mot-cua", name="Bộ phận Một cửa")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(model: type, view: str, *args: object) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def post(client: Client, form_address: str, **typed: str):
    """What a browser sends back after the clerk has typed into some fields."""
    html = client.get(form_address).content.decode()
    forms = WagtailTestUtils.get_soup(html).find_all("form")
    index = next(n for n, form in enumerate(forms) if form.find("input", {"name": next(iter(typed))}))
    sent: QueryDict = querydict_from_html(html, form_index=index)
    sent._mutable = True
    for name, value in typed.items():
        sent[name] = value
    return client.post(form_address, sent)


def errors(answer) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)


def test_a_place_needs_no_key_and_takes_hours_as_they_are_written(people):
    clerk = signed_in(people[COORDINATOR])
    answer = post(
        clerk, address(Place, "add"), name="Trạm y tế", address="Thôn Bãi", weekly_hours_0="7h30-11h30"
    )
    assert answer.status_code == 302, errors(answer)
    place = Place.objects.get(key="tram-y-te")
    assert place.weekly_hours == {"0": "07:30-11:30"}


def test_a_second_place_of_the_same_name_gets_a_key_of_its_own(people):
    clerk = signed_in(people[COORDINATOR])
    for _ in range(2):
        assert post(clerk, address(Place, "add"), name="Nhà văn hóa", address="Thôn Bãi").status_code == 302
    assert set(Place.objects.values_list("key", flat=True)) == {"nha-van-hoa", "nha-van-hoa-2"}


@pytest.mark.parametrize("typed", ["sáng sớm", "7:30-25:00", "11:30-7:30"])
def test_hours_nobody_can_read_are_told_with_what_was_typed(people, typed):
    clerk = signed_in(people[COORDINATOR])
    answer = post(clerk, address(Place, "add"), name="Trạm y tế", address="Thôn Bãi", weekly_hours_0=typed)
    assert typed in errors(answer)["weekly_hours"][0]
    assert f'value="{typed}"' in answer.content.decode()


def test_an_official_cannot_stand_in_for_themselves(people, desk):
    lan = Official.objects.create(key="lan", name="Nguyễn Thị Lan", title="Công chức", unit=desk)
    answer = post(
        signed_in(people[COORDINATOR]), address(Official, "edit", lan.pk), is_away="on", deputy=str(lan.pk)
    )
    assert "deputy" in errors(answer)


def test_an_official_whom_a_rule_names_is_not_deleted_and_the_rule_is_told(people, desk):
    lan = Official.objects.create(key="lan", name="Nguyễn Thị Lan", title="Công chức", unit=desk)
    topic = Topic.objects.create(key="khai-sinh", name="Khai sinh", unit=desk)
    RoutingRule.objects.create(order=7, topic=topic, unit=desk, official=lan)
    clerk = signed_in(people[COORDINATOR])
    for refused in (
        clerk.post(address(Official, "delete", lan.pk), follow=True),
        clerk.post(f"/admin/bulk/home/official/delete/?id={lan.pk}", follow=True),
    ):
        assert "7: Khai sinh" in refused.content.decode()
    assert Official.objects.filter(pk=lan.pk).exists()


def test_a_cancelled_session_says_why(people):
    place = Place.objects.create(key="nha-van-hoa", name="Nhà văn hóa", address="Thôn Bãi")
    evening = Session.objects.create(
        title="VNeID", place=place, date=date(2026, 12, 1), starts=time(19), ends=time(21)
    )
    editor = signed_in(people[EDITOR])
    edit = address(Session, "edit", evening.pk)
    assert "reason" in errors(post(editor, edit, title="VNeID", is_cancelled="on"))
    assert post(editor, edit, title="VNeID", is_cancelled="on", reason="Bão").status_code == 302
    assert "ends" in errors(post(editor, edit, title="VNeID", ends="18:00"))


def test_a_series_runs_forward_and_on_some_weekday(people):
    place = Place.objects.create(key="nha-van-hoa", name="Nhà văn hóa", address="Thôn Bãi")
    editor = signed_in(people[EDITOR])
    typed = {"title": "Lớp tối", "place": str(place.pk), "first_day": "2026-12-31"}
    backwards = post(editor, address(SessionSeries, "add"), **typed, last_day="2026-12-01", weekdays="tue")
    assert "last_day" in errors(backwards)
    assert "weekdays" in errors(post(editor, address(SessionSeries, "add"), **typed, last_day="2026-12-31"))


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"code": "A B!"}, "code"), ({"code": "abc"}, "page"), ({"code": "abc", "path": "huong-dan"}, "path")],
)
def test_a_short_address_that_leads_nowhere_is_refused(people, typed, field):
    assert field in errors(post(signed_in(people[EDITOR]), address(ShortLink, "add"), **typed))


def test_a_lesson_with_its_cards_can_be_given_to_a_translator(people):
    index = GuidesIndexPage.objects.get(lists="lessons", locale__language_code="vi")
    lesson = TutorialPage(title="Cài VNeID", slug="cai-vneid", life_events=["identity"])
    lesson.cards = [Card(key="mo", action="Mở kho ứng dụng", sort_order=0)]
    index.add_child(instance=lesson)
    lesson.save_revision().publish()
    english = Locale.objects.get(language_code="en")
    answer = signed_in(people[EDITOR]).post(
        f"/admin/localize/submit/page/{lesson.pk}/", {"locales": [str(english.pk)]}
    )
    assert answer.status_code == 302
    translated = lesson.get_translation(english).specific
    assert translated.life_events == ["identity"]
    assert translated.cards.get().key == "mo"
