"""Answered questions that everybody may read: a list by topic, and one page each."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from feedback.models import PublishedAnswer, Topic
from gandan.pages import keep_fresh
from home.guide_answers import guide_with

ON_A_PAGE = 20


@require_safe
def published_answers(request: HttpRequest) -> HttpResponse:
    """An unknown topic in the address shows all."""
    topics = Topic.objects.filter(pk__in=PublishedAnswer.objects.published().values("topic"))
    by_key = {topic.key: topic for topic in topics}
    chosen = by_key.get(request.GET.get("linh-vuc", ""))
    answers = PublishedAnswer.objects.published().select_related("topic")
    answers = answers.filter(topic=chosen) if chosen else answers
    context = {
        "page": Paginator(answers, ON_A_PAGE).get_page(request.GET.get("page")),
        "query": f"linh-vuc={chosen.key}&" if chosen else "",
        "tabs": _tabs(list(by_key.values()), chosen),
    }
    return keep_fresh(render(request, "feedback/published_answers.html", context))


@require_safe
def published_answer(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(PublishedAnswer.objects.published().select_related("topic__unit"), key=key)
    context = {"answer": found, "guide": guide_with(found.guide_code)}
    return keep_fresh(render(request, "feedback/published_answer.html", context))


def _tabs(topics: list[Topic], chosen: Topic | None) -> list[dict[str, object]]:
    every = {"title": _("All topics"), "url": "?", "current": chosen is None}
    each = [
        {"title": topic.local_name, "url": f"?linh-vuc={topic.key}", "current": topic == chosen}
        for topic in topics
    ]
    return [every, *each] if len(topics) > 1 else []
