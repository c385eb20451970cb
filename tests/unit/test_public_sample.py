"""The demo commune shows what it promised and answered, and nothing is added where there is something already."""

from datetime import date

import pytest

from feedback import sample, sample_public
from feedback.models import Commitment, PublishedAnswer
from gandan.search import find
from home.demo import load as load_commune
from home.demo.accounts import load_accounts
from tests.unit.founded_once import once_founded

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def quietly(line):
    pass


@pytest.fixture
def loaded(settings):
    settings.DEMO_PASSWORD = "khong-dung-o-dau"
    once_founded(TODAY)
    load_commune(TODAY, quietly)
    sample.load(TODAY, quietly)
    load_accounts(quietly)
    sample_public.load(TODAY, quietly)


def test_every_fate_of_a_promise_is_shown_once(loaded):
    assert sorted(each.state for each in Commitment.objects.all()) == sorted(Commitment.State.values)
    assert all(each.steps.exists() for each in Commitment.objects.all())


def test_the_pages_of_promises_and_answers_have_something_to_read(loaded, client):
    assert "Lắp 12 bóng đèn đường" in client.get("/cam-ket/").content.decode()
    page = client.get("/phan-anh/tra-loi/").content.decode()
    assert page.count("Mất phiếu hẹn") == 1


def test_every_answer_was_read_by_a_second_person(loaded):
    assert PublishedAnswer.objects.published().count() == PublishedAnswer.objects.count() == 3
    assert "Mất phiếu hẹn thì lấy kết quả thế nào?" in [hit.title for hit in find("mat phieu hen")]


def test_loading_again_adds_nothing(loaded):
    Commitment.objects.filter(state="promised").update(title="Việc khác")
    sample_public.load(TODAY, quietly)

    assert Commitment.objects.count() == len(Commitment.State.values)
    assert Commitment.objects.filter(title="Việc khác").exists()


def test_without_the_sample_accounts_nothing_is_made(settings):
    settings.DEMO_PASSWORD = ""
    once_founded(TODAY)
    load_commune(TODAY, quietly)
    sample_public.load(TODAY, quietly)

    assert not Commitment.objects.exists()
