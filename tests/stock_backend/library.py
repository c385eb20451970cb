"""A shelf of books, a few meetings and two trees of animals, as modelsearch's own backend tests expect to find them."""

from datetime import date, time
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from modelsearch.test.testapp.models import (
    AgendaItem,
    Author,
    Book,
    Character,
    Meeting,
    MPAnimal,
    Novel,
    NSAnimal,
    ProgrammingGuide,
    Speaker,
)

MIDDLE_EARTH, WESTEROS = "Middle Earth", "Westeros"
RING = ("Frodo Baggins", "Bilbo Baggins", "Samwise Gamgee")
THRONES = ("Jon Snow", "Arya Stark")
NOVELS: list[tuple[str, str, int, date, str, tuple[str, ...]]] = [
    ("The Hobbit", "Tolkien", 310, date(1937, 9, 21), MIDDLE_EARTH, ("Bilbo Baggins", "Thorin Oakenshield")),
    ("The Fellowship of the Ring", "Tolkien", 423, date(1954, 7, 29), MIDDLE_EARTH, RING),
    ("The Two Towers", "Tolkien", 352, date(1954, 11, 11), MIDDLE_EARTH, RING),
    ("The Return of the King", "Tolkien", 440, date(1955, 10, 20), MIDDLE_EARTH, RING),
    ("A Game of Thrones", "Martin", 694, date(1996, 8, 6), WESTEROS, THRONES),
    ("A Clash of Kings", "Martin", 768, date(1998, 11, 16), WESTEROS, THRONES),
    ("A Storm of Swords", "Martin", 973, date(2000, 5, 1), WESTEROS, THRONES),
    ("Foundation", "Asimov", 255, date(1951, 6, 1), "The Galaxy", ("Hari Seldon",)),
]
PROTAGONISTS = {"The Hobbit": "Bilbo Baggins", "The Fellowship of the Ring": "Frodo Baggins"}
GUIDES: list[tuple[str, tuple[str, ...], int, date, str]] = [
    ("JavaScript: The good parts", ("Douglas Crockford",), 176, date(2008, 5, 8), "js"),
    ("JavaScript: The Definitive Guide", ("David Flanagan",), 1032, date(1996, 8, 18), "js"),
    ("Learning Python", ("Mark Lutz", "David Ascher"), 1160, date(1999, 4, 9), "py"),
    (
        "Two Scoops of Django 1.11",
        ("Daniel Roy Greenfeld", "Audrey Roy Greenfeld"),
        531,
        date(2017, 8, 1),
        "py",
    ),
    ("Programming Rust", ("Jim Blandy", "Jason Orendorff"), 622, date(2017, 12, 21), "rs"),
]
SCIENCE_FICTION = 10  # the number the tests know Foundation by
FANTASY = range(1, 8)


def fill() -> None:
    authors = {
        "Tolkien": Author.objects.create(name="J. R. R. Tolkien", date_of_birth=date(1892, 1, 3)),
        "Martin": Author.objects.create(name="George R.R. Martin", date_of_birth=date(1948, 9, 20)),
        "Asimov": Author.objects.create(name="Isaac Asimov", date_of_birth=date(1920, 1, 2)),
    }
    numbers = [*FANTASY, SCIENCE_FICTION]
    for number, (title, author, pages, day, setting, people) in zip(numbers, NOVELS, strict=True):
        novel = Novel.objects.create(
            id=number, title=title, number_of_pages=pages, publication_date=day, setting=setting
        )
        novel.authors.add(authors[author])
        known = {name: Character.objects.create(name=name, novel=novel) for name in people}
        if title in PROTAGONISTS:
            Novel.objects.filter(pk=number).update(protagonist=known[PROTAGONISTS[title]])
    for number, (title, names, pages, day, language) in enumerate(GUIDES, start=11):
        guide = ProgrammingGuide.objects.create(
            id=number, title=title, number_of_pages=pages, publication_date=day, programming_language=language
        )
        guide.authors.add(*(Author.objects.create(name=name) for name in names))
    plain = Book.objects.create(
        id=16, title="The Rust Programming Language", number_of_pages=440, publication_date=date(2018, 8, 7)
    )
    plain.authors.add(*(Author.objects.create(name=name) for name in ("Steve Klabnik", "Carol Nichols")))
    _meetings()
    _animals()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Book]):
            cursor.execute(statement)


def _meetings() -> None:
    Meeting.objects.create(name="Breakfast yoga", start_time=time(8))
    Meeting.objects.create(name="Evening yoga", start_time=time(18))
    stand_up = Meeting.objects.create(name="Stand-up meeting", start_time=time(9, 30))
    Speaker.objects.create(
        name="Arthur Doyle", agenda_item=AgendaItem.objects.create(meeting=stand_up, topic="Plans of the day")
    )


def _animals() -> None:
    for model in (MPAnimal, NSAnimal):
        animal: Any = model.add_root(name="Animal")
        mammal = animal.add_child(name="Mammal")
        model.objects.get(pk=animal.pk).add_child(name="Reptile")
        for name in ("Dog", "Cat"):
            model.objects.get(pk=mammal.pk).add_child(name=name)
