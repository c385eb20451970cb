"""The two frameworks lessons are tagged with. Tags are for trainers and reports: they promise no certificate.

Decision 757/QĐ-BKHCN of 29/04/2025 (framework of basic digital knowledge and skills, version 1.0, in force from the
day it was signed). Its annex I was read through reprints in the press only, up to item 1.3: those carry the
framework's own numbers. What the same reprints say the framework also covers stands here by subject, without a
number; once the annex is read, these get their numbers and a migration of the stored keys.

DigComp 3.0 (European Commission, Joint Research Centre, fifth version of the framework): its five competence areas in
the order of the framework, with its numbers. Areas only: its 21 competences are too fine for a lesson of ten minutes.
"""

from django.utils.translation import gettext_lazy as _

SKILL_ITEMS = [
    ("0.1", _("0.1 Using the device")),
    ("0.2", _("0.2 Using apps on the device")),
    ("1.1", _("1.1 Finding information on the internet")),
    ("1.2", _("1.2 Judging what is found")),
    ("1.3", _("1.3 Keeping what is found")),
    ("services", _("Public services online")),
    ("payment", _("Paying and buying online")),
    ("contact", _("Talking to others online")),
    ("safety", _("Safety and personal data")),
    ("ai", _("Using artificial intelligence")),
]

DIGCOMP_AREAS = [
    ("1", _("1 Information: search, evaluation, management")),
    ("2", _("2 Communication and collaboration")),
    ("3", _("3 Content creation")),
    ("4", _("4 Safety, wellbeing, responsible use")),
    ("5", _("5 Finding and solving problems")),
]
