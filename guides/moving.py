"""A cancelled session that is moved gets a session of its own in its stead; the two know each other."""

from guides.models import Session


def stand_in(session: Session) -> Session | None:
    """The session on the day `session` is moved to, made when there is none yet; None when it is not moved.

    One made earlier follows to the new day and keeps whatever else was changed on it.
    """
    if not session.is_cancelled or session.moved_to is None:
        return None
    instead = Session.objects.filter(replaces=session).first()
    if instead is None:
        return _make(session)
    if instead.date != session.moved_to and not instead.is_cancelled:
        instead.date = session.moved_to
        instead.save()
    return instead


def _make(session: Session) -> Session:
    instead = Session.objects.create(
        series=session.series, replaces=session, date=session.moved_to, **session.shared()
    )
    instead.lessons.set(session.lessons.all())
    return instead
