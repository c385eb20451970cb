from home.models.base import BasePage
from home.models.pages import HomePage, InfoPage
from home.models.people import Official, Unit, User
from home.models.places import Area, Place, PlaceCounter
from home.models.settings import CommuneSettings, EmergencyNumber
from home.models.shortlink import ShortLink

__all__ = [
    "Area",
    "BasePage",
    "CommuneSettings",
    "EmergencyNumber",
    "HomePage",
    "InfoPage",
    "Official",
    "Place",
    "PlaceCounter",
    "ShortLink",
    "Unit",
    "User",
]
