"""“Was this page useful?”: one tap on a page, then thanks and a line if the reader likes. No cookie, no script."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from feedback import limits, tokens, voting
from feedback.forms import RemarkForm, typed
from feedback.headers import never_kept
from feedback.models import PageVote
from feedback.tokens import BadToken
from gandan.proxies import client_address

ANSWERS = {"yes": True, "no": False}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest) -> HttpResponse:
    page = voting.page_to_vote_on(request.POST.get("page", ""))
    answer = request.POST.get("useful", "")
    if page is None or answer not in ANSWERS:
        return redirect("feedback:doors")
    token = tokens.vote_token(_vote_on(page, answer, request))
    return never_kept(HttpResponseRedirect(reverse("feedback:voted", args=[token]), status=303))


def _vote_on(page: Page, answer: str, request: HttpRequest) -> int:
    """The number of the vote, made now or by the click before."""
    address, now = client_address(request), timezone.now()
    known = limits.same_vote(address, page.pk, answer)
    if known is not None:
        return known
    is_over_limit = limits.count_vote(address, now)
    path = page.get_url(request) or ""
    made = voting.vote(page, path, now, is_useful=ANSWERS[answer], is_counted=not is_over_limit)
    limits.remember_vote(address, page.pk, answer, made.pk)
    return made.pk


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def voted(request: HttpRequest, token: str) -> HttpResponse:
    try:
        vote = PageVote.objects.filter(pk=tokens.read_vote_token(token)).first()
    except BadToken:
        vote = None
    if vote is None:
        return redirect("feedback:doors")
    form = RemarkForm(typed(request.POST, ("line", "website")) if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["line"] and not form.cleaned_data["website"]:
            voting.add_line(vote.pk, form.cleaned_data["line"])
        return never_kept(HttpResponseRedirect(f"{request.path}?da-gui", status=303))
    context = {"vote": vote, "form": form, "is_sent": "da-gui" in request.GET or vote.has_line}
    return never_kept(render(request, "feedback/voted.html", context))
