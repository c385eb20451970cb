"""The sample commune itself: settings, units, officials, areas, places and info pages, from commune.toml."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from gandan.demo import Tell
from home.demo.info_pages import load_info_pages
from home.demo.people import load_officials, load_units
from home.demo.places import load_areas, load_places
from home.demo.settings import load_home_pages, load_settings

SOURCE = Path(__file__).with_name("commune.toml")


@transaction.atomic
def load(first_day: date, tell: Tell) -> None:
    source: dict[str, Any] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    load_units(source["unit"], tell)
    load_officials(source["official"], source["unit"], tell)
    load_areas(source["area"], tell)
    load_places(source["place"], tell)
    load_settings(source["settings"], source["emergency"], tell)
    load_home_pages(source["home"])
    load_info_pages(source["page"], first_day, tell)
