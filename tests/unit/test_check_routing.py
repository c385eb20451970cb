from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from feedback.models import Topic
from home.models import CommuneSettings, Official
from tests.unit.feedback_world import account, found_commune, send_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return found_commune()


def check():
    """What the command says, and the code it ends with."""
    said = StringIO()
    try:
        call_command("check_routing", stdout=said)
    except CommandError as error:
        return said.getvalue(), error.returncode
    return said.getvalue(), 0


def test_a_commune_where_everybody_can_be_reached_passes(commune):
    said, code = check()
    assert code == 0
    assert "reaches somebody" in said


def test_one_official_away_with_a_deputy_is_no_problem(commune):
    send_away(commune.lan)
    assert check()[1] == 0


def test_an_absent_leader_without_a_deputy_strands_remarks_about_conduct(commune):
    CommuneSettings.objects.update(conduct_reader=None)
    send_away(commune.minh)
    said, code = check()
    assert code == 1
    assert "ho-tich × no area × conduct: nobody can answer" in said
    assert "question" not in said


def test_with_everyone_away_every_topic_area_and_kind_is_listed(commune):
    send_away(*Official.objects.all())
    said, code = check()
    assert code == 1
    assert said.count("nobody can answer") == 2 * 3 * 5


def test_a_closed_topic_may_lead_nowhere(commune):
    send_away(*Official.objects.all())
    Topic.objects.update(is_open=False)
    assert check()[1] == 0


def test_officials_without_an_account_are_noted_but_do_not_fail(commune):
    account("lan", commune.lan)
    said, code = check()
    assert code == 0
    assert "Nguyễn Thị Lan" not in said
    assert "Trần Văn Bình has no account" in said
