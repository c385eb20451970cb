from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.models import Page

from guides.demo.publishing import publish
from guides.demo.sources import FOLDER, Source, read
from guides.models import GuidesIndexPage, SessionsPage
from home.models import HomePage


def load_indexes() -> None:
    """Index pages below every home page, whichever of them is missing."""
    source = read(FOLDER / "indexes.toml")
    for home in HomePage.objects.select_related("locale"):
        language = home.locale.language_code
        for row in source["index"]:
            parent = _child(home, row["below"]) if row["below"] else home
            if _child(parent, row["slug"]) is None:
                publish(parent, GuidesIndexPage(lists=row["lists"], **_words(row, language)))
        if _child(home, source["sessions"]["slug"]) is None:
            publish(home, SessionsPage(**_words(source["sessions"], language)))


def index_page(language: str, slug: str) -> GuidesIndexPage | None:
    """The index of that language; None where there is no home page in it."""
    return GuidesIndexPage.objects.filter(locale__language_code=language, slug=slug).first()


def _child(parent: Page | None, slug: str) -> Page | None:
    return parent.get_children().filter(slug=slug).first() if parent else None


def _words(row: Source, language: str) -> dict[str, Any]:
    suffix = "" if language == "vi" else f"_{language}"
    return {
        "slug": row["slug"],
        "title": row[f"title{suffix}"],
        "intro": row[f"intro{suffix}"],
        "translation_key": uuid5(NAMESPACE_URL, f"huong-dong/{row['slug']}"),
    }
