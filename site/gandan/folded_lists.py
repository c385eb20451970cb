"""Lists and choosers of the admin that find what was typed without tone marks: "nguyen thi" finds Nguyễn Thị Lan.

For models of a few hundred rows: every row is read and folded, so that models need no index of their own.
"""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from gandan.text import fold, fold_words


def matching(rows: QuerySet[Model], fields: list[str], typed: str) -> QuerySet[Model]:
    """The rows in whose fields, taken together, every typed word stands or begins inside a word."""
    words = fold_words(typed)
    found = [
        pk
        for pk, *values in rows.values_list("pk", *fields)
        if all(word in fold(" ".join(str(value or "") for value in values)) for word in words)
    ]
    return rows.filter(pk__in=found)


class FoldedIndexView(IndexView):
    def search_queryset(self, queryset: QuerySet[Model]) -> QuerySet[Model]:
        if not self.is_searching:
            return queryset
        return matching(queryset, list(self.search_fields or []), self.search_query)


class FoldedFilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        required=False,
    )

    def filter(self, objects: QuerySet[Model]) -> QuerySet[Model]:
        rows = super().filter(objects)
        typed = self.cleaned_data.get("q")
        if not typed:
            return rows
        self.is_searching = True
        self.search_query = typed
        fields = rows.model.snippet_viewset.search_fields
        return matching(rows, list(fields), typed)


class FoldedChooseView(ChooseView):
    filter_form_class = FoldedFilterForm


class FoldedChooseResultsView(ChooseResultsView):
    filter_form_class = FoldedFilterForm


class FoldedChooserViewSet(SnippetChooserViewSet):
    choose_view_class = FoldedChooseView
    choose_results_view_class = FoldedChooseResultsView


class FoldedViewSet(SnippetViewSet):
    """Needs `search_fields`: names of text fields, or paths to them. `form_base`: a form that checks more."""

    form_base: ClassVar[type | None] = None
    search_backend_name = None
    search_fields: ClassVar[list[Any]] = []
    index_view_class = FoldedIndexView
    chooser_viewset_class = FoldedChooserViewSet

    def get_form_class(self, for_update: bool = False) -> type:
        if self.form_base is None:
            return super().get_form_class(for_update)
        return self.get_edit_handler().get_form_class()

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        if self.form_base is not None:
            handler.base_form_class = self.form_base
        return handler
