import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import HomePage, InfoPage, User
from tests.unit.home_world import founded_commune, info_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def front() -> HomePage:
    return founded_commune()


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("quantri", password="mat-khau-rat-dai"))
    return client


def typed(slug: str) -> dict[str, str]:
    return nested_form_data(
        {
            "title": "Trang mới",
            "slug": slug,
            "summary": "",
            "body": streamfield([]),
            "priority": 0,
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )


def test_a_page_may_not_hide_behind_an_address_of_the_site(front):
    with pytest.raises(ValidationError) as refused:
        info_page(front, "phan-anh", "Phản ánh")
    assert "slug" in refused.value.message_dict


def test_the_editor_is_told_beside_the_field_and_nothing_is_lost(admin, front):
    address = reverse("wagtailadmin_pages:add", args=["home", "infopage", front.pk])
    answer = admin.post(address, typed("phan-anh"))
    assert answer.status_code == 200
    assert "slug" in answer.context["form"].errors
    assert "Trang mới" in answer.text
    assert not InfoPage.objects.filter(title="Trang mới").exists()


def test_the_same_word_is_free_below_another_page(admin, front):
    about = info_page(front, "gioi-thieu", "Giới thiệu")
    address = reverse("wagtailadmin_pages:add", args=["home", "infopage", about.pk])
    assert admin.post(address, typed("phan-anh")).status_code == 302
    assert InfoPage.objects.get(title="Trang mới").slug == "phan-anh"


def test_a_title_with_d_and_marks_makes_a_readable_address(front):
    page = front.add_child(instance=InfoPage(title="Đường đi đến Ủy ban"))
    assert page.slug == "duong-di-den-uy-ban"
