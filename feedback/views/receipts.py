"""The slip a resident takes away, behind an address that is a secret for its first two days."""

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from feedback import notices, tokens
from feedback.headers import behind_secret_address
from feedback.models import Case
from feedback.tokens import SHOWS_PIN, BadToken
from feedback.views.asking import FILES_LOST, SENT_BEFORE
from feedback.views.desk.filing import FILED

MAILED = "da-gui-thu"  # query of a slip just sent by e-mail


@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    return _slip(request, token, "feedback/receipt.html")


@require_safe
def receipt_sheet(request: HttpRequest, token: str) -> HttpResponse:
    return _slip(request, token, "feedback/receipt_sheet.html")


@csrf_exempt
@require_POST
def mail_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The secret address of the slip is its guard; within an hour a second press changes nothing."""
    case, pin = _opened(token)
    is_sent = bool(pin) and notices.mail_slip(case, pin, timezone.now())
    address = reverse("feedback:receipt", args=[token]) + (f"?{MAILED}=1" if is_sent else "")
    return behind_secret_address(HttpResponseRedirect(address, status=303))


def _opened(token: str) -> tuple[Case, str]:
    """The case of a slip, and its PIN while that is shown."""
    try:
        nonce = tokens.read_receipt_token(token)
    except BadToken as error:
        raise Http404 from error
    related = ("official", "stands_in_for", "topic")
    case = get_object_or_404(Case.objects.select_related(*related), token_nonce=nonce)
    return case, tokens.pin_of(nonce) if timezone.now() - case.sent_at < SHOWS_PIN else ""


def _slip(request: HttpRequest, token: str, template: str) -> HttpResponse:
    case, pin = _opened(token)
    context = {
        "case": case,
        "pin": pin,
        "is_late": case.is_late(timezone.now()),
        "was_sent_before": SENT_BEFORE in request.GET,
        "was_filed_by_staff": FILED in request.GET,
        "is_without_files": FILES_LOST in request.GET,
        "was_mailed": MAILED in request.GET,
        "may_be_mailed": bool(pin and notices.reachable_by_mail(case)),
        "token": token,
        "track_address": track_address(),
        "qr": track_qr(),
    }
    return behind_secret_address(render(request, template, context))


def track_address() -> str:
    return settings.BASE_URL + reverse("feedback:track")


def track_qr() -> SafeString:
    """The address of the look-up page, never a code or PIN: a QR on paper is read by anybody's phone."""
    code = segno.make(track_address(), error="m", micro=False)
    return mark_safe(  # noqa: S308 (made by segno from our own address)
        code.svg_inline(
            border=1, omitsize=True, svgclass=None, lineclass=None, title=_("QR code: look up a slip")
        )
    )
