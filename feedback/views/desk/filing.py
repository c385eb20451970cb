"""Writing down for somebody: the resident's form, at the desk, with the same promise and the same slip."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from feedback import handling, tokens
from feedback.access import Reader
from feedback.filing import FIELDS, FilingForm, first_values, offers_for
from feedback.forms import typed
from feedback.handling import Submission
from feedback.models import Case, Kind
from feedback.personal_numbers import mask
from feedback.routing import NobodyCanAnswer
from feedback.tokens import BadToken
from feedback.views.desk.guard import for_staff

TABS = {
    Kind.QUESTION: _("Question"),
    Kind.REPORT: _("Report"),
    Kind.SUGGESTION: _("Suggest"),
    Kind.PRAISE: _("Praise"),
    Kind.CONDUCT: _("An official's conduct"),
}
FILED = "ghi-nhan"  # query of a slip that staff hand over


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def filing(request: HttpRequest, reader: Reader) -> HttpResponse:
    asked, now = request.POST.get("kind") or request.GET.get("loai"), timezone.now()
    kind = next((kind for kind in TABS if kind == asked), Kind.QUESTION)
    words, signed = typed(request.POST, FIELDS), request.POST.get("token", "")
    offers = offers_for(kind, now, words)
    if request.method != "POST":
        form = FilingForm(initial=first_values(now), offers=offers, reader=reader)
        return _show(request, form, tokens.new_form_token(now))
    if "preview" in request.POST or "mask" in request.POST:
        if "mask" in request.POST:
            words |= {name: mask(words[name]) for name in ("text", "name") if name in words}
        return _show(request, FilingForm(initial=words, offers=offers, reader=reader), signed)
    return _file(request, FilingForm(words, request.FILES, offers=offers, reader=reader), signed)


def _file(request: HttpRequest, form: FilingForm, signed: str) -> HttpResponse:
    try:
        token = tokens.read_form_token(signed)
    except BadToken:
        form.add_error(
            None, _("This form could not be recognised. Your words are kept: please send once more.")
        )
        return _show(request, form, tokens.new_form_token(form.offers.now))
    filed_before = Case.objects.filter(token_nonce=token.nonce).first()
    if filed_before is not None:
        return _to_slip(filed_before)
    if not form.is_valid():
        return _show(request, form, signed)
    try:
        return _to_slip(handling.receive(_submission(form, token.nonce), form.offers.now))
    except NobodyCanAnswer:
        form.add_error("topic", _("Nobody is there for this topic just now. Please call the commune."))
        return _show(request, form, signed)


def _submission(form: FilingForm, nonce: str) -> Submission:
    values = form.cleaned_data
    return Submission(
        nonce=nonce,
        **form.sent,
        language=values["language"],
        source=values["source"],
        filed_by=form.reader.user,
        told_at=values["told_at"],
        consent_how=values["consent_how"] or "spoken",
    )


def _to_slip(case: Case) -> HttpResponse:
    address = reverse("feedback:receipt", args=[tokens.receipt_token(case.token_nonce)])
    return HttpResponseRedirect(f"{address}?{FILED}=1", status=303)


def _show(request: HttpRequest, form: FilingForm, token: str) -> HttpResponse:
    kind, address = form.offers.kind, reverse("desk:filing")
    area = form.offers.area(str(form["area"].value() or ""))
    chosen = form.offers.topic(str(form["topic"].value() or ""))
    offered = next((offer for offer in form.offers.all(area) if offer.topic == chosen), None)
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "token": token,
        "tabs": [
            {"title": title, "url": f"{address}?loai={each}", "current": each == kind}
            for each, title in TABS.items()
        ],
        "offered": offered,
        "contact_fields": [form["name"], form["phone"], form["email"]],
        "files_to_choose_again": bool(request.FILES),
    }
    return render(request, "feedback/desk_filing.html", context)
