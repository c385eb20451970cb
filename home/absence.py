"""Officials who are away, and back: the two moments at which `is_away` and its last day change."""

from datetime import date

from home.models import Official


def go_away(official: Official, until: date | None) -> None:
    """Away from now to the end of that day; without a day until `come_back`."""
    official.is_away, official.away_until = True, until
    official.save(update_fields=["is_away", "away_until"])


def come_back(official: Official) -> None:
    official.is_away, official.away_until = False, None
    official.save(update_fields=["is_away", "away_until"])
