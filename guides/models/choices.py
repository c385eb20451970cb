from django.db import models
from django.utils.translation import gettext_lazy as _

LIFE_EVENTS = [
    ("birth", _("Having a child")),
    ("marriage", _("Getting married")),
    ("death", _("A death in the family")),
    ("moving", _("Moving home")),
    ("older", _("Older people")),
    ("building", _("Building or mending a house")),
    ("business", _("Opening a shop")),
    ("identity", _("Papers and accounts")),
]

AUDIENCES = [
    ("citizen", _("Vietnamese citizens")),
    ("overseas", _("Vietnamese living abroad")),
    ("foreigner", _("Foreigners")),
    ("organisation", _("Organisations and businesses")),
]


class Method(models.TextChoices):
    COUNTER = "counter", _("At the counter")
    ONLINE = "online", _("Online")
    POST = "post", _("By post")
    PHONE = "phone", _("By phone")


class OnlineLevel(models.TextChoices):
    FULL = "full", _("Everything online")
    PARTIAL = "partial", _("Partly online")
    NONE = "none", _("Not online")
    UNKNOWN = "unknown", _("Not known")


class TimeUnit(models.TextChoices):
    HOUR = "hour", _("hours")
    DAY = "day", _("days")
    WORKING_DAY = "working_day", _("working days")
    MONTH = "month", _("months")
    OTHER = "other", _("other, see the note")


class FeeState(models.TextChoices):
    AMOUNT = "amount", _("An amount")
    FREE = "free", _("Free")
    PROVINCE = "province", _("Set by the province")
    UNKNOWN = "unknown", _("Not known")


class PaperKind(models.TextChoices):
    SUBMIT = "submit", _("Hand in")
    SHOW = "show", _("Show")
    NOT_NEEDED = "not_needed", _("Not needed")


SITUATION_ICONS = [
    ("paper", _("a paper")),
    ("baby", _("a baby")),
    ("clock", _("a clock")),
    ("person", _("a person")),
    ("rings", _("two rings")),
    ("house", _("a house")),
    ("truck", _("a lorry")),
    ("elder", _("an elderly person")),
    ("phone", _("a telephone")),
    ("coin", _("a coin")),
]
