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


class Subject(models.TextChoices):
    """What people come to a session with; printed on the tally sheet in this order."""

    VNEID = "vneid", _("VNeID account")
    PORTAL = "portal", _("Filing a procedure online")
    PAYMENT = "payment", _("Paying online")
    INSURANCE = "insurance", _("Health and social insurance")
    TAX = "tax", _("Land tax and fees")
    PHONE = "phone", _("Using the phone")
    SCAM = "scam", _("A suspicious message or call")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    DONE = "done", _("Done")
    PARTLY = "partly", _("Partly done")
    NOT_SOLVED = "not_solved", _("Not solved")


class Obstacle(models.TextChoices):
    """Why it was not solved, or only partly."""

    PAPERS = "papers", _("A paper was missing")
    ACCOUNT = "account", _("The account is locked or the number is wrong")
    SYSTEM = "system", _("The app or the portal did not answer")
    OFFICIAL = "official", _("Only an official can answer")
    TIME = "time", _("No time left")
    OTHER = "other", _("Another reason")


class AgeBand(models.TextChoices):
    YOUNG = "young", _("Under 30")
    MIDDLE = "middle", _("30 to 59")
    OLDER = "older", _("60 and over")


class Role(models.TextChoices):
    """What volunteers do at a session."""

    GREETER = "greeter", _("Greeter")
    CHECKER = "checker", _("Checks papers and accounts")
    TYPIST = "typist", _("Helps with typing")
    STUCK = "stuck", _("Desk for those who are stuck")
    SAFETY = "safety", _("Safety and order")
