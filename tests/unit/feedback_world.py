"""A small commune for the tests of feedback: two units, their people, topics and rules."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, Site

from feedback import handling, tokens
from feedback.handling import Submission
from feedback.models import Case, Kind, RoutingRule, Topic
from gandan.worktime import VIETNAM
from home.models import Area, CommuneSettings, Official, Unit, User

MONDAY = datetime(2026, 11, 23, 9, 14, tzinfo=VIETNAM)  # Tuesday 24/11/2026 is a holiday
OFFICE = {str(day): "07:30-11:30, 13:30-17:00" for day in range(5)}
ALL_KINDS = [kind.value for kind in Kind]
WORDS = "Giấy chứng sinh ghi sai tên đệm của mẹ thì làm sao?"


def form_values(**changes: object) -> dict[str, object]:
    """What a resident posts, five minutes after the form was shown (`shown_at`)."""
    shown = changes.pop("shown_at", MONDAY - timedelta(minutes=5))
    return {"topic": "ho-tich", "text": WORDS, "token": tokens.new_form_token(shown)} | changes


def found_commune() -> SimpleNamespace:
    """People by key; Lan's deputy is Hoa, Hoa's is Lan; Binh heads the centre; Minh leads, Thao reads about Minh."""
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    site = Site.objects.filter(is_default_site=True).first()
    site = site or Site.objects.create(hostname="testserver", root_page=root, is_default_site=True)
    centre = Unit.objects.create(key="mot-cua", name="Trung tâm", weekly_hours=OFFICE)
    police = Unit.objects.create(
        key="cong-an", name="Công an xã", weekly_hours={**OFFICE, "5": "07:30-11:30"}
    )
    people = {
        key: Official.objects.create(key=key, name=name, title=title, unit=unit)
        for key, name, title, unit in [
            ("lan", "Nguyễn Thị Lan", "Hộ tịch", centre),
            ("hoa", "Lê Thị Hòa", "Chứng thực", centre),
            ("binh", "Trần Văn Bình", "Phụ trách Trung tâm", centre),
            ("minh", "Bùi Quang Minh", "Chủ tịch", centre),
            ("thao", "Vũ Thị Thảo", "Chủ tịch HĐND", centre),
            ("hung", "Đỗ Mạnh Hùng", "Trưởng Công an", police),
            ("dung", "Phạm Văn Dũng", "Cư trú", police),
        ]
    }
    pair(people["lan"], people["hoa"])
    pair(people["hoa"], people["lan"])
    for unit, head in ((centre, "binh"), (police, "hung")):
        unit.head = people[head]
        unit.save()
        unit.refresh_from_db()
    CommuneSettings.objects.update_or_create(
        site=site,
        defaults={
            "name": "Xã Hương Đồng",
            "hotline": "0912 345 678",
            "email": "xa@huongdong.example",
            "leader": people["minh"],
            "conduct_reader": people["thao"],
        },
    )
    areas = {key: Area.objects.create(key=key, name=f"Thôn {key}") for key in ("doai", "bai")}
    topics = {
        "ho-tich": Topic.objects.create(
            key="ho-tich", name="Khai sinh", unit=centre, kinds=ALL_KINDS, order=1
        ),
        "cu-tru": Topic.objects.create(key="cu-tru", name="Tạm trú", unit=police, kinds=ALL_KINDS, order=2),
    }
    RoutingRule.objects.create(
        order=10, topic=topics["ho-tich"], area=areas["bai"], unit=centre, official=people["binh"]
    )
    RoutingRule.objects.create(order=20, topic=topics["ho-tich"], unit=centre, official=people["lan"])
    RoutingRule.objects.create(
        order=30, topic=topics["cu-tru"], kind=Kind.REPORT, unit=police, official=people["hung"]
    )
    return SimpleNamespace(**people, centre=centre, police=police, topics=topics, areas=areas)


def pair(official: Official, deputy: Official) -> None:
    official.deputy = deputy
    official.save()


def send_away(*officials: Official) -> None:
    Official.objects.filter(pk__in=[official.pk for official in officials]).update(is_away=True)


def account(username: str, official: Official | None = None, group: str = "") -> User:
    user = User.objects.create_user(username, email=f"{username}@huongdong.example", password="mat-khau-thu")
    if group:
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    if official is not None:
        Official.objects.filter(pk=official.pk).update(user=user)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(commune: SimpleNamespace, now: datetime = MONDAY, **changes: object) -> Case:
    values = {"nonce": f"nonce-{Case.objects.count()}", "topic": commune.topics["ho-tich"], "text": WORDS}
    return handling.receive(Submission(**{**values, **changes}), now)


def later(**span: float) -> datetime:
    return MONDAY + timedelta(**span)
