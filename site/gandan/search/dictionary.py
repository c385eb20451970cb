"""The dictionary in the database: a change is in force at once here, and in other processes within a second."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Max
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _

from gandan.models import SearchTerm
from gandan.search.terms import (
    LONGEST_MEANING,
    LONGEST_SAID,
    MOST_MEANINGS,
    Dictionary,
    Fault,
    Kind,
    Term,
    Wrong,
    conflicts,
    faults_of,
    read_csv,
    split_meanings,
)
from gandan.text import canonical

SHIPPED = Path(__file__).with_name("dictionary.csv")

CHECKED_EVERY = 1.0  # seconds a process goes on with the entries it knows

_known = Dictionary("", ())
_checked = float("-inf")


def current() -> Dictionary:
    """The entries in use. One statement tells whether the ones this process knows are still right."""
    global _known, _checked
    if monotonic() - _checked < CHECKED_EVERY:
        return _known
    _checked = monotonic()
    state = SearchTerm.objects.aggregate(count=Count("pk"), at=Max("changed_at"))
    version = f"{state['count']}-{state['at'].timestamp() if state['at'] else 0}"
    if version != _known.version:
        rows = SearchTerm.objects.filter(is_active=True)
        _known = Dictionary(version, tuple(map(term_of, rows)))
    return _known


def look_again(**_signal: Any) -> None:
    """At the next search, since an entry was saved or deleted here."""
    global _checked
    _checked = float("-inf")


def watch() -> None:
    post_save.connect(look_again, sender=SearchTerm, dispatch_uid="dictionary saved")
    post_delete.connect(look_again, sender=SearchTerm, dispatch_uid="dictionary deleted")


@cache
def shipped() -> Dictionary:
    """The set that comes with the site."""
    return Dictionary("shipped", tuple(read_csv(SHIPPED.read_text(encoding="utf-8"))))


def load_shipped() -> int:
    """Fills an empty dictionary with the set that comes with the site; how many entries. Editors own it from then on."""
    if SearchTerm.objects.exists():
        return 0
    look_again()
    return len(SearchTerm.objects.bulk_create(map(row_of, shipped().terms), batch_size=500))


def found(_homes: object) -> None:
    load_shipped()


def term_of(row: SearchTerm) -> Term:
    return Term(
        said=canonical(row.said),
        means=split_meanings(row.means),
        kind=Kind(row.kind),
        language=row.language,
        audience=row.audience,
        note=row.note,
        is_active=row.is_active,
    )


def row_of(term: Term) -> SearchTerm:
    return SearchTerm(
        said=term.said,
        key=term.key[1],
        means="\n".join(term.means),
        kind=term.kind,
        language=term.language,
        audience=term.audience,
        note=term.note,
        is_active=term.is_active,
    )


def store(terms: Iterable[Term]) -> tuple[int, int]:
    """(new, changed). What a table does not name stays; an entry that says the same is not touched."""
    known = {term_of(row).key: row for row in SearchTerm.objects.all()}
    new, changed = [], 0
    for term in terms:
        row = known.get(term.key)
        if row is None:
            new.append(row_of(term))
        elif term_of(row) != term:
            fresh = row_of(term)
            fresh.pk = row.pk
            fresh.save()
            changed += 1
    SearchTerm.objects.bulk_create(new, batch_size=500)
    look_again()
    return len(new), changed


def everything() -> list[Term]:
    """Also what is not in use, for a table."""
    return [term_of(row) for row in SearchTerm.objects.all()]


def refuse_faults(term: Term, pk: int | None) -> None:
    """Raises ValidationError when the entry is faulty by itself or does not go with the others."""
    others = [term_of(row) for row in SearchTerm.objects.exclude(pk=pk or 0)]
    wrong = list(faults_of(term))
    wrong += [found for place, found in conflicts([*others, term]) if place == len(others)]
    if wrong:
        raise ValidationError([in_words(Fault(0, found, term.said)) for found in wrong])


def in_words(fault: Fault) -> str:
    """The sentence for an editor; with its row where it comes from a table."""
    sentences = {
        Wrong.NOTHING_SAID: _("Say which words people use."),
        Wrong.NO_MEANING: _("“%(about)s” has no meaning."),
        Wrong.TOO_LONG: _(
            "“%(about)s” is too long: at most %(said)d characters, and %(most)d meanings of %(meaning)d each."
        ),
        Wrong.MEANS_ITSELF: _("“%(about)s” means itself."),
        Wrong.TWICE: _("“%(about)s” is in the dictionary already."),
        Wrong.LOOP: _("The meanings of “%(about)s” lead back to it."),
        Wrong.UNKNOWN_KIND: _("“%(about)s” is no kind: abbreviation, old, everyday or dialect."),
        Wrong.UNKNOWN_LANGUAGE: _("“%(about)s” is no language of this site: vi, en or ar."),
        Wrong.NO_TABLE: _("The first row must have the headings “said” and “means”."),
    }
    limits = {"said": LONGEST_SAID, "most": MOST_MEANINGS, "meaning": LONGEST_MEANING}
    sentence = sentences[fault.wrong] % {"about": fault.about, **limits}
    return (
        _("Row %(row)d: %(sentence)s") % {"row": fault.row, "sentence": sentence} if fault.row else sentence
    )
