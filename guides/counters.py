"""What is done at one counter: the guides that name it, for readers who scan its poster and for its QR cards."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gandan.qr import qr_svg
from gandan.text import fold
from guides.models import ProcedurePage
from guides.posters import Poster, poster
from home.models import Place
from home.shortlinks import short_url_of_path, short_urls
from home.translated import for_readers, language_of


@dataclass(frozen=True)
class Counter:
    """`name` is "" for everything that is done at the place."""

    place: Place
    name: str
    names: list[str]
    guides: list[ProcedurePage]

    @property
    def title(self) -> str:
        return f"{self.name}, {self.place.local_name}" if self.name else self.place.local_name

    @property
    def query(self) -> str:
        return f"?{urlencode({'quay': self.name})}" if self.name else ""

    @property
    def path(self) -> str:
        return reverse("guides:counter", args=[self.place.key]) + self.query


def counter_of(place_key: str, asked: str) -> Counter | None:
    """None when there is no such place or nothing is done at that counter of it. Three statements."""
    place = Place.objects.filter(key=place_key).first()
    if place is None:
        return None
    guides = list(for_readers(ProcedurePage.objects.filter(places=place)).order_by("-priority", "title"))
    names = sorted({guide.counter for guide in guides if guide.counter}, key=fold)
    name = next((each for each in names if fold(each) == fold(asked)), "") if asked else ""
    kept = [guide for guide in guides if guide.counter == name] if name else guides
    if not kept or (asked and not name):
        return None
    return Counter(place, name, names, kept)


def counter_poster(counter: Counter) -> Poster:
    address = short_url_of_path(counter.path, f"quay {counter.name or counter.place.key}")
    words = _("Scan to see what is done here and what to bring.")
    return poster(counter.title, words, [], address, counter.path)


def qr_cards(counter: Counter) -> list[dict[str, Any]]:
    """The arguments of components/qr_card.html, eight on a side; one statement once every guide has its code."""
    addresses = short_urls(counter.guides)
    return [
        {
            "title": guide.title,
            "qr": qr_svg(addresses[guide.pk], _("QR code of “%(title)s”") % {"title": guide.title}),
            "address": addresses[guide.pk].split("://", 1)[1],
            "language": language_of(guide),
        }
        for guide in counter.guides
    ]
