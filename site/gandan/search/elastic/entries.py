"""From an object to what the engine holds of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model
from modelsearch.index import SearchField
from wagtail.models import Page

from gandan.search.backends import SearchBackend
from gandan.search.elastic.document import Entry
from gandan.search.encoding import codes_of, words_of
from gandan.search.registry import Source, sources
from gandan.search.visible import public_pages

Document = dict[str, Any]
LONGEST_TEXT = 100_000  # characters of one text


def identity(model: type[Model], pk: object) -> str:
    return f"{model._meta.label_lower}:{pk}"


def type_of(source: Source) -> str:
    """Names a source in the index, where numbers would change with the order of registration."""
    return f"{source.model._meta.label_lower} {source.kind}"


def documents(model: type[Model], pks: Iterable[int] | None, now: datetime) -> Iterator[tuple[int, Document]]:
    """(primary key, document) of those of the model that everybody may see now; `pks` None means all of them."""
    for source in sources():
        if source.model is not model:
            continue
        found = source.queryset(now).order_by("pk")
        if issubclass(model, Page):
            found = public_pages(found, now).select_related("locale")
        found = found.annotate(**{f"facet_{facet}": _column(of) for facet, of in source.facets.items()})
        if pks is not None:
            found = found.filter(pk__in=pks)
        for instance in found.iterator(chunk_size=200):
            yield instance.pk, document(source, instance)


def document(source: Source, instance: Model) -> Document:
    texts = Texts(instance)
    facets: dict[str, Any] = {facet: _values(getattr(instance, f"facet_{facet}")) for facet in source.facets}
    entry = Entry(
        type=type_of(source),
        kind=source.kind,
        language=instance.locale.language_code if isinstance(instance, Page) else "",
        group=_group(instance),
        priority=getattr(instance, source.priority) if source.priority else 0,
        until=getattr(instance, "expire_at", None),
        title=texts.names,
        body=texts.body,
        summary=texts.summary,
        title_codes=texts.codes_of_names,
        body_codes=texts.codes_of_body,
        code=getattr(instance, "code", "") or None,
        date=getattr(instance, source.dated) if source.dated else None,
        **facets,
    )
    return dict(entry.to_dict(skip_empty=True))


def _column(of: Any) -> Any:
    return F(of) if isinstance(of, str) else of


def _values(held: Any) -> list[str]:
    """Of a column with one value, with several as ",birth,moving,", or whose field gives a list."""
    if isinstance(held, str) and held.startswith(","):
        return [one for one in held.split(",") if one]
    return [held] if isinstance(held, str) and held else list(held or ())


def _group(instance: Model) -> str:
    if isinstance(instance, Page):
        return str(instance.translation_key)
    return identity(type(instance), instance.pk)


class Texts:
    """The searchable texts of an object, folded; its names apart, since a word of a name counts most."""

    def __init__(self, instance: Model) -> None:
        backend = SearchBackend({})
        indexer = backend.index_class.indexer_class(instance, backend)  # type: ignore[attr-defined]
        names = "\n".join(indexer.values(SearchField, names=True))
        summary = getattr(instance, "summary", "") or ""
        rest = " ".join(indexer.values(SearchField, names=False))[:LONGEST_TEXT]
        self.names = list(
            dict.fromkeys(filter(None, (" ".join(words_of(line)) for line in names.splitlines())))
        )
        self.summary = " ".join(words_of(summary))
        self.body = " ".join(words_of(rest))
        self.codes_of_names = " ".join(codes_of(names))
        self.codes_of_body = " ".join(dict.fromkeys(codes_of(rest)))


def content_types() -> dict[type[Model], ContentType]:
    """The registered models; translated pages share one."""
    return ContentType.objects.get_for_models(*{source.model for source in sources()})
