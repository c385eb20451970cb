import tomllib
from datetime import date

import pytest

from feedback.checking import stranded
from feedback.models import Kind, RoutingRule, Topic
from feedback.sample import SOURCE, load
from gandan import demo
from home.demo import load as load_commune
from tests.unit.founded_once import once_founded

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def quietly(line):
    pass


@pytest.fixture
def loaded():
    once_founded(TODAY)
    load_commune(TODAY, quietly)
    load(TODAY, quietly)


def test_the_sample_commune_has_ten_topics_and_a_rule_for_the_rest(loaded):
    assert Topic.objects.count() == 10
    assert RoutingRule.objects.filter(topic=None, area=None, kind="").exists()


def test_loading_twice_changes_nothing_an_editor_has_changed(loaded):
    Topic.objects.filter(key="ho-tich").update(working_days=9)
    RoutingRule.objects.filter(order=30).delete()
    load(TODAY, quietly)
    assert Topic.objects.get(key="ho-tich").working_days == 9
    assert not RoutingRule.objects.filter(order=30).exists()


def test_every_topic_says_its_name_and_hint_in_three_languages():
    for topic in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["topic"]:
        for field in ("name", "hint"):
            assert all(topic[field + language] for language in ("", "_en", "_ar")), topic["key"]
        assert set(topic["kinds"]) <= set(Kind.values)


def test_every_sample_topic_reaches_somebody(loaded):
    assert stranded(TODAY) == []


def test_topics_are_part_of_the_demo_after_the_commune_itself():
    names = [part.name for part in demo.parts()]
    assert names.index("feedback") > 0
