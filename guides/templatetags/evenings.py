"""Sessions and their helpers as the volunteers' room writes them."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.helping import people
from guides.models import Helper, Session
from guides.promise_words import weekday_in_words
from home.hours import read_clock
from home.models import User

register = template.Library()

LOOKS = {
    Helper.State.OFFERED: "wait",
    Helper.State.CONFIRMED: "ok",
}  # of the state chip; the others have ended


@register.filter
def evening(session: Session) -> SafeString:
    """ "thứ Năm 26/11 · 19:00–21:00", each part whole and left to right."""
    return format_html(
        '<span class="keep">{} <bdi dir="ltr">{}</bdi></span> · <bdi class="keep" dir="ltr">{}–{}</bdi>',
        weekday_in_words(session.date),
        date_format(session.date, "d/m"),
        read_clock(session.starts),
        read_clock(session.ends),
    )


@register.filter
def person(user: User) -> str:
    return people.shown_name(user)


@register.filter
def look(helper: Helper) -> str:
    return (
        "new"
        if helper.is_confirmed and helper.swap_asked_at
        else LOOKS.get(Helper.State(helper.state), "ended")
    )


@register.filter
def state(helper: Helper) -> str:
    if helper.is_confirmed and helper.swap_asked_at:
        return _("Looks for somebody else")
    return helper.get_state_display()


@register.filter
def notice(helper: Helper) -> str:
    """How early somebody withdrew."""
    days = max(0, helper.notice.days)
    return ngettext("%(n)d day before", "%(n)d days before", days) % {"n": days}
