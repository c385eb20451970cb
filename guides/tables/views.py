"""A clerk's way with tables, without a developer: download, fill in, upload, look at what would happen, confirm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale

from gandan.progress import without_page_log
from guides.importing.drafts import find_index
from guides.importing.exporting import guides_to_export
from guides.importing.report import Report
from guides.importing.run import Orders
from guides.importing.storing import Outcome
from guides.tables import uploads
from guides.tables.exporting import tables_of
from guides.tables.grids import NotATable
from guides.tables.report_rows import Summary, summary_of
from guides.tables.run import import_table
from guides.tables.safe_zip import LARGEST_FILE, MEGABYTE
from guides.tables.table import ENDINGS
from home.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_WRITTEN = 100  # guides; some ten seconds


class TableForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy(
            "An Excel file (.xlsx), a CSV file, or a zip file of CSV files; 10 MB at most."
        ),
        error_messages={"empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def clean_table(self) -> Any:
        table = self.cleaned_data["table"]
        if not table.name.lower().endswith(ENDINGS):
            raise forms.ValidationError(_("Choose a file whose name ends in .xlsx, .csv or .zip."))
        if table.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than %(size)d MB.") % {"size": LARGEST_FILE // MEGABYTE}
            )
        return table


def may_import(user: User) -> bool:
    """Whoever may write and change guides below the index of procedures: editors and approvers."""
    index = find_index(Locale.get_default())
    if index is None:
        return bool(user.is_superuser)
    permissions = index.permissions_for_user(user)
    return bool(permissions.can_add_subpage() and permissions.can_edit())


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    user = _clerk(request)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("guide_tables:check", uploads.keep(form.cleaned_data["table"], user))
    return render(request, "wagtailadmin/tables/upload.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """What the table would do; posted, it is done and the file is forgotten."""
    user = _clerk(request)
    kept = uploads.find(token, user)
    if kept is None:
        messages.error(request, _("This table is no longer here. Upload it once more."))
        return redirect("guide_tables:upload")
    if request.method == "POST" and "cancel" in request.POST:
        uploads.forget(kept)
        return redirect("guide_tables:upload")
    if request.method == "POST":
        return _done(request, kept, user)
    report, reason = _read(kept, Orders(write=False))
    if report is None:
        uploads.forget(kept)
    return _answer(request, kept, report, reason, is_done=False)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    _clerk(request)
    ((_name, content),) = tables_of([], ".xlsx")
    return _download("mau-thu-tuc.xlsx", content)


@require_safe
def present(request: HttpRequest) -> HttpResponse:
    _clerk(request)
    ((_name, content),) = tables_of(guides_to_export(), ".xlsx")
    return _download(f"thu-tuc-{timezone.localdate().isoformat()}.xlsx", content)


def _done(request: HttpRequest, kept: uploads.Kept, user: User) -> HttpResponse:
    planned, reason = _read(kept, Orders(write=False))
    if planned is None or not _summary(planned).may_be_confirmed:
        return _answer(request, kept, planned, reason, is_done=False)
    report, reason = _read(kept, Orders(by=user))
    uploads.forget(kept)
    return _answer(request, kept, report, reason, is_done=True)


def _read(kept: uploads.Kept, orders: Orders) -> tuple[Report | None, str]:
    """The report, or the reason why there is none."""
    try:
        with without_page_log():
            return import_table(kept.file, orders, timezone.now(), lambda guides, _total: guides), ""
    except NotATable as error:
        return None, str(error)


def _summary(report: Report) -> Summary:
    return summary_of(report, MOST_WRITTEN)


def _answer(
    request: HttpRequest, kept: uploads.Kept, report: Report | None, reason: str, *, is_done: bool
) -> HttpResponse:
    context = {
        "name": kept.name,
        "reason": reason,
        "summary": _summary(report) if report else None,
        "is_done": is_done,
        "most": MOST_WRITTEN,
        "outcomes": Outcome,
    }
    return render(request, "wagtailadmin/tables/report.html", context)


def _clerk(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not may_import(request.user):
        raise PermissionDenied
    return request.user


def _download(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
