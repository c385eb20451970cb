"""A lesson out of another site in the words of this one: what it names and we do not have is left out, and said."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents.models import Document
from wagtail.images import get_image_model

from guides.importing.incoming import Form
from guides.importing.shape import Kind
from guides.packs.columns import Cell, Link
from guides.packs.lesson_reading import Lesson
from guides.packs.lesson_values import LeaveOut, Values, with_each_cell
from guides.packs.naming import page_named
from guides.packs.pictures import Picture


class Fit:
    """`pictures` and `documents`: those that the fitted values show, to be kept when something is written."""

    def __init__(self, lesson: Lesson, coming: set[str]) -> None:
        self.lesson = lesson
        self.coming = coming  # names of pages that come in with the same pack
        self.pictures: list[Picture] = []
        self.documents: dict[str, Form] = {}
        self.remarks: list[str] = []

    def values(self, values: Values) -> Values:
        return with_each_cell(self.lesson.model, values, self._fitted)

    def _fitted(self, cell: Cell, value: Any, place: str) -> Any:
        if not value:
            return value
        if cell.link is Link.PAGES:
            return [name for name in value if self._has_page(name, cell, place)]
        if cell.link is Link.PAGE:
            return value if self._has_page(value, cell, place) else self._nothing(cell)
        if cell.link is Link.PICTURE:
            return self._picture(value, cell, place)
        if cell.column and cell.column.kind in (Kind.KEY, Kind.KEYS):
            return self._keyed(cell, value, place)
        if cell.column and cell.column.kind is Kind.FORM:
            return self._document(value, cell, place)
        return value

    def _has_page(self, name: str, cell: Cell, place: str) -> bool:
        has = name in self.coming or page_named(name, cell.field.related_model) is not None
        if not has:
            self._remark(place, name)
        return has

    def _nothing(self, cell: Cell) -> Any:
        if not cell.field.null:
            raise LeaveOut
        return cell.empty

    def _keyed(self, cell: Cell, value: Any, place: str) -> Any:
        wanted = [value] if isinstance(value, str) else value
        known = set(cell.field.related_model.objects.filter(key__in=wanted).values_list("key", flat=True))
        for key in wanted:
            if key not in known:
                self._remark(place, key)
        if isinstance(value, str):
            return value if value in known else self._nothing(cell)
        return sorted(known)

    def _picture(self, mark: str, cell: Cell, place: str) -> Any:
        picture = self.lesson.pictures.get(mark)
        if picture is not None:
            self.pictures.append(picture)
            return picture.known_as
        if get_image_model().objects.filter(file_hash=mark).exists():
            return mark
        self._remark(place, _("a picture"))
        return self._nothing(cell)

    def _document(self, mark: str, cell: Cell, place: str) -> Any:
        form = self.lesson.documents.get(mark)
        if form is not None:
            self.documents[mark] = form
            return mark
        if Document.objects.filter(file_hash=mark).exists():
            return mark
        self._remark(place, _("a file"))
        return None if cell.field.null else self._nothing(cell)

    def _remark(self, place: str, word: str) -> None:
        said = _("%(place)s: this site has no “%(word)s”, left empty") % {"place": place, "word": word}
        if said not in self.remarks:
            self.remarks.append(said)
