"""The two forms a resident fills in. No session, no cookie: the signed token in the form is its only guard."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from feedback import handling, limits, tokens
from feedback.forms import AskForm, typed
from feedback.handling import Submission
from feedback.headers import for_one_reader
from feedback.models import Case, Kind
from feedback.offers import Offers
from feedback.personal_numbers import mask
from feedback.routing import NobodyCanAnswer
from feedback.tokens import BadToken, FormToken
from feedback.uploads import Quota
from gandan.proxies import client_address

TABS = {
    Kind.REPORT: _("Report"),
    Kind.SUGGESTION: _("Suggest"),
    Kind.PRAISE: _("Praise"),
    Kind.CONDUCT: _("An official's conduct"),
}
LONGEST_CARRIED = 200  # characters of a search that found nothing
FILES_LOST = "khong-tep"  # query of a receipt whose files could not be kept
SENT_BEFORE = "da-gui"  # query of a receipt whose form was sent once more with other words


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest) -> HttpResponse:
    return _form_page(request, Kind.QUESTION, Quota.of(request))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    quota = Quota.of(request)
    asked = request.POST.get("kind") or request.GET.get("loai")
    return _form_page(request, next((kind for kind in TABS if kind == asked), Kind.REPORT), quota)


def _form_page(request: HttpRequest, kind: Kind, quota: Quota) -> HttpResponse:
    now = timezone.now()
    offers = Offers(kind, now)
    offers.about = offers.official(request.POST.get("about", "")) if kind == Kind.CONDUCT else None
    if request.method != "POST":
        chosen = {"topic": request.GET.get("chu-de", ""), "area": request.GET.get("khu-vuc", "")}
        chosen["text"] = request.GET.get("noi-dung", "")[:LONGEST_CARRIED]
        token = tokens.new_form_token(now, request.GET.get("tu", ""))
        return _show(request, AskForm(initial=typed(chosen), offers=offers), token)
    words = typed(request.POST)
    signed = request.POST.get("token", "")
    if "preview" in request.POST or "mask" in request.POST:
        if "mask" in request.POST:
            words |= {name: mask(words[name]) for name in ("text", "name") if name in words}
        return _show(request, AskForm(initial=words, offers=offers), signed, is_preview=True)
    form = AskForm(words, request.FILES, offers=offers)
    form.refuse_files(quota.refused)
    return _send(request, form, signed, offers)


def _send(request: HttpRequest, form: AskForm, signed: str, offers: Offers) -> HttpResponse:
    try:
        token = tokens.read_form_token(signed)
    except BadToken:
        form.add_error(
            None, _("This form could not be recognised. Your words are kept: please send once more.")
        )
        return _show(request, form, tokens.new_form_token(offers.now))
    sent_before = Case.objects.filter(token_nonce=token.nonce).first()
    if sent_before is not None:
        return _to_receipt(sent_before, AskForm(form.data, offers=offers))
    if token.is_expired(offers.now):
        form.add_error(
            None, _("This form is older than seven days. Your words are kept: please send once more.")
        )
        return _show(request, form, tokens.new_form_token(offers.now, token.page_path))
    if not form.is_valid():
        return _show(request, form, signed)
    submission = _submission(form, token, _held_for(request, form, token))
    try:
        case = handling.receive(submission, offers.now)
        return _to_receipt(case, form, is_without_files=bool(submission.files) and not case.files.exists())
    except NobodyCanAnswer:
        form.add_error("topic", _("Nobody is there for this topic just now. Please call the commune."))
        return _show(request, form, signed)


def _submission(form: AskForm, token: FormToken, held_for: str) -> Submission:
    return Submission(
        nonce=token.nonce,
        **form.sent,
        language=get_language() or "vi",
        held_for=held_for,
        page_path=token.page_path,
    )


def _held_for(request: HttpRequest, form: AskForm, token: FormToken) -> str:
    """Why a person should look at this first; nothing is ever refused for it."""
    is_over_limit = limits.count_sent(client_address(request), form.offers.now)
    if form.cleaned_data["website"]:
        return Case.Hold.TRAP
    if is_over_limit:
        return Case.Hold.LIMIT
    return Case.Hold.FAST if token.was_filled_too_fast(form.offers.now) else ""


def _to_receipt(case: Case, form: AskForm, *, is_without_files: bool = False) -> HttpResponse:
    address = reverse("feedback:receipt", args=[tokens.receipt_token(case.token_nonce)])
    if form.is_valid() and form.cleaned_data["text"] != case.text:
        address += f"?{SENT_BEFORE}=1"
    elif is_without_files:
        address += f"?{FILES_LOST}=1"
    return for_one_reader(HttpResponseRedirect(address, status=303))


def _show(request: HttpRequest, form: AskForm, token: str, *, is_preview: bool = False) -> HttpResponse:
    context = _chosen(form) | {
        "form": form,
        "kind": form.offers.kind,
        "tabs": _tabs(form.offers.kind),
        "contact_fields": [form["name"], form["phone"], form["email"]],
        "token": token,
        "is_preview": is_preview,
        "retention": form.offers.retention,
        "files_to_choose_again": bool(request.FILES),
    }
    return for_one_reader(render(request, "feedback/ask.html", context))


def _tabs(current: str) -> list[dict[str, Any]]:
    """Each kind of remark has a page of its own, so that who answers can be said exactly; questions have one."""
    if current == Kind.QUESTION:
        return []
    return [
        {"title": title, "url": f"?loai={kind}", "current": kind == current} for kind, title in TABS.items()
    ]


def _chosen(form: AskForm) -> dict[str, Any]:
    area = form.offers.area(str(form["area"].value() or ""))
    return {
        "area": area,
        "topics": form.offers.all(area),
        "chosen_topic": form.offers.topic(str(form["topic"].value() or "")),
    }
