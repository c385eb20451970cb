"""The dictionary in the admin: a list with filters, a form that refuses what does not go together, tables in and out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.snippets.views.snippets import CreateView

from gandan.folded_lists import FoldedViewSet
from gandan.models import SearchTerm
from gandan.search import dictionary
from gandan.search.terms import read_table, write_csv
from gandan.search.trying import Tried, try_out

LARGEST_TABLE = 2 * 1024**2  # bytes
MOST_FAULTS = 20


class TermForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            fields = {name: cleaned[name] for name in self.fields if name in cleaned}
            dictionary.refuse_faults(dictionary.term_of(SearchTerm(**fields)), self.instance.pk)
        return cleaned


class FilledCreateView(CreateView):
    """The form with what the address says already filled in."""

    def get_initial_form_instance(self) -> Any:
        instance = super().get_initial_form_instance() or self.model()
        for name in ("said", "language"):
            if given := self.request.GET.get(name, "")[:80]:
                setattr(instance, name, given)
        return instance


class TermViewSet(FoldedViewSet):
    form_base = TermForm
    model = SearchTerm
    icon = "openquote"
    menu_label = gettext_lazy("Search dictionary")
    list_display = ["said", "means", "kind", "language", "is_active"]
    list_filter = ["kind", "language", "is_active"]
    search_fields = ["said", "means", "note"]
    list_per_page = 50
    index_template_name = "wagtailadmin/search/terms.html"
    add_view_class = FilledCreateView
    panels = [
        FieldPanel("said"),
        FieldPanel("means"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language"), FieldPanel("audience")]),
        FieldPanel("note"),
        FieldPanel("is_active"),
    ]


class TableForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy(
            "Table (CSV) with the headings said, means, kind, language, audience, note, active"
        ),
        help_text=gettext_lazy(
            "Nothing is taken when a row is wrong. Entries that the table does not name stay."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class TryForm(forms.Form):
    typed = forms.CharField(label=gettext_lazy("What somebody types"), max_length=200)
    said = forms.CharField(label=gettext_lazy("New entry: people say"), max_length=80, required=False)
    means = forms.CharField(
        label=gettext_lazy("New entry: means"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("said")) != bool(cleaned.get("means")):
            raise forms.ValidationError(_("An entry to try needs both what people say and what it means."))
        return cleaned


class DictionaryScreen(WagtailAdminTemplateMixin, View):
    template_name = "wagtailadmin/search/dictionary.html"
    page_title = gettext_lazy("Search dictionary")
    header_icon = "openquote"
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {
            "url": reverse_lazy("wagtailsnippets_gandan_searchterm:list"),
            "label": gettext_lazy("Search dictionary"),
        },
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("gandan.change_searchterm"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def show(self, **context: Any) -> HttpResponse:
        shown = {"table_form": TableForm(), "try_form": TryForm(), **context}
        return self.render_to_response(self.get_context_data(**shown))


class TryIt(DictionaryScreen):
    def get(self, request: HttpRequest) -> HttpResponse:
        if "typed" not in request.GET:
            return self.show()
        form = TryForm(request.GET)
        return self.show(try_form=form, tried=_tried(form.cleaned_data) if form.is_valid() else None)


class TakeTable(DictionaryScreen):
    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("search_dictionary")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TableForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(table_form=form)
        text = _text_of(form)
        terms, faults = read_table(text) if text is not None else ([], [])
        for fault in faults[:MOST_FAULTS]:
            form.add_error("table", dictionary.in_words(fault))
        if len(faults) > MOST_FAULTS:
            form.add_error("table", _("And %(count)d more.") % {"count": len(faults) - MOST_FAULTS})
        if form.errors:
            return self.show(table_form=form)
        new, changed = dictionary.store(terms)
        words = ngettext(
            "%(new)d new entry, %(changed)d changed.", "%(new)d new entries, %(changed)d changed.", new
        )
        messages.success(request, words % {"new": new, "changed": changed})
        return redirect("wagtailsnippets_gandan_searchterm:list")


class GiveTable(DictionaryScreen):
    def get(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponse(write_csv(dictionary.everything()), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="tu-dien-tim-kiem.csv"'
        return response


def _text_of(form: TableForm) -> str | None:
    """None, with the reason in the form, for a file that is no text in UTF-8."""
    upload = form.cleaned_data["table"]
    if upload.size > LARGEST_TABLE:
        form.add_error("table", _("The file is larger than 2 MB."))
        return None
    try:
        return str(upload.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        form.add_error("table", _("The file is not in UTF-8. In Excel choose “CSV UTF-8” when saving."))
        return None


def _tried(typed: dict[str, Any]) -> Tried:
    return try_out(typed["typed"], typed["said"], typed["means"])


def urls() -> list[URLPattern]:
    return [
        path("search-dictionary/", TryIt.as_view(), name="search_dictionary"),
        path("search-dictionary/take/", TakeTable.as_view(), name="search_dictionary_take"),
        path("search-dictionary/table/", GiveTable.as_view(), name="search_dictionary_table"),
    ]
