"""Mail to volunteers about their places: session, day, hours, place and role, never a word about a resident.

Messages go to the outbox inside the caller's transaction, each under a key of its own, so that a retry stores none
twice. An account without an address reads the same in its room.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from guides.helping.people import shown_name
from guides.models import Helper, Session
from guides.promise_words import weekday_in_words
from home.groups import COORDINATOR
from home.hours import read_clock
from home.models import User

SHORT_NOTICE = 2  # days before the session within which coordinators are told that somebody withdrew
Words = str | Promise


def tell_confirmed(helper: Helper) -> None:
    _tell(helper, "confirmed", _("Your place is confirmed"), _("Thank you. The commune counts on you:"))


def tell_declined(helper: Helper) -> None:
    _tell(helper, "declined", _("Not needed this time"), helper.sentence)


def tell_taken_over(helper: Helper) -> None:
    words = _("Somebody else has taken over your place. You need not come:")
    _tell(helper, "swapped", _("Your place was taken over"), words)


def tell_cancelled(helper: Helper) -> None:
    words = _("This session was cancelled, you need not come. %(reason)s")
    _tell(helper, "cancelled", _("Session cancelled"), words, {"reason": helper.session.reason})


def tell_followed(helper: Helper, cancelled: Session) -> None:
    """Of the session that stands in for a cancelled one."""
    words = _(
        "The session on %(day)s was moved. Your part moved with it; if you cannot come, say so in your room:"
    )
    _tell(helper, "moved", _("Session moved"), words, {"day": f"{cancelled.date:%d/%m}"})


def tell_changed(helper: Helper) -> None:
    words = _("Day, hours or place have changed. If you cannot come, say so in your room:")
    _tell(helper, "changed", _("Session changed"), words)


def remind(helper: Helper) -> None:
    _tell(helper, "reminder", _("Tomorrow you help"), _("A reminder of the session tomorrow:"))


def tell_withdrawn(helper: Helper) -> None:
    """To the coordinators, when it is so late that nobody may look at the list in time."""
    days = helper.notice.days
    if days > SHORT_NOTICE:
        return
    with translation.override(settings.LANGUAGE_CODE):
        words = ngettext(
            "A volunteer withdrew %(n)d day before the session:",
            "A volunteer withdrew %(n)d days before the session:",
            days,
        ) % {"n": days}
        subject = gettext("A place is free again")
        address = settings.BASE_URL + reverse("helping:session", args=[helper.session_id])
        people = User.objects.filter(groups__name=COORDINATOR, is_active=True).exclude(email="")
        addresses = people.values_list("email", flat=True)
        _send(subject, f"{words} {shown_name(helper.user)}", helper, address, addresses, "withdrawn")


def language_of(user: User) -> str:
    """The language the account is set to, Vietnamese unless it is one of ours."""
    chosen = UserProfile.objects.filter(user=user).values_list("preferred_language", flat=True).first()
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _tell(
    helper: Helper, what: str, subject: Words, words: Words, values: dict[str, str] | None = None
) -> None:
    if not helper.user.email or not helper.user.is_active:
        return
    with translation.override(language_of(helper.user)):
        address = settings.BASE_URL + reverse("helping:mine", args=[helper.session_id])
        sentence = (str(words) % values if values else str(words)).strip()
        _send(str(subject), sentence, helper, address, [helper.user.email], what)


def _send(subject: str, sentence: str, helper: Helper, address: str, to: Iterable[str], what: str) -> None:
    session = helper.session
    day = f"{weekday_in_words(session.date)} {session.date:%d/%m/%Y}"
    context = {
        "sentence": sentence,
        "session": session,
        "when": f"{read_clock(session.starts)}–{read_clock(session.ends)}, {day}",
        "helper": helper,
        "address": address,
    }
    body = render_to_string("email/helping.txt", context)
    message = EmailMessage(
        f"{subject}: {session.date:%d/%m} {session.title}"[:150],
        body,
        headers={"X-Outbox-Key": _key(helper, what)},
    )
    message.to = list(to)
    if message.to:
        message.send()


def _key(helper: Helper, what: str) -> str:
    """One message of a kind for each change of a helper's row; a reminder and a change are one for each new day."""
    session = helper.session
    moment = (
        f"{session.date}-{session.starts:%H%M}-{session.ends:%H%M}-{session.place_id}"
        if what in {"reminder", "changed"}
        else f"{helper.changed_at:%Y%m%d%H%M%S%f}"
    )
    return f"helper-{helper.pk}-{what}-{moment}"
