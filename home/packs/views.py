"""The admin's screen for content packs: download one, or upload one, read the report, then take it in."""

import tempfile
from typing import IO, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gandan.packs import Orders, Pack, Part, Report, label_of, parts, receive_pack, write_pack
from gandan.zips import Refused
from home.models import User
from home.packs.forms import PartsForm, UploadForm
from home.packs.parking import park, parked
from home.packs.words import commune_name, origin, unknown_lines

IN_MEMORY = 10 * 1024**2  # bytes of a pack that is being made; larger ones go through a file


class PackScreen(WagtailAdminTemplateMixin, View):
    template_name = "wagtailadmin/home/packs.html"
    page_title = gettext_lazy("Content packs")
    header_icon = "folder-open-inverse"
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse_lazy("content_packs"), "label": gettext_lazy("Content packs")},
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        assert isinstance(request.user, User)  # the admin lets nobody else in
        self.person = request.user
        self.known = parts_for(self.person)
        if not self.known:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def show(self, **context: Any) -> HttpResponse:
        forms = {"parts_form": PartsForm(known=self.known), "upload_form": UploadForm()}
        return self.render_to_response(self.get_context_data(**{**forms, **context}))


class PacksView(PackScreen):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()


class DownloadPack(PackScreen):
    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("content_packs")

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = PartsForm(request.POST, known=self.known)
        if not form.is_valid():
            return self.show(parts_form=form)
        chosen = [part for part in self.known if part.name in form.cleaned_data["parts"]]
        today = timezone.localdate()
        file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # the response closes it
        write_pack(file, chosen, today, commune_name())
        file.seek(0)
        name = f"goi-noi-dung-{today:%Y-%m-%d}.zip"
        return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


class UploadPack(PackScreen):
    """Looks at a pack and says what would be done."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("content_packs")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(upload_form=form)
        file: IO[bytes] = form.cleaned_data["pack"].file
        try:
            pack = Pack(file)
            report = receive_pack(pack, self.known, Orders(write=False), timezone.now())
        except Refused as refused:
            form.add_error("pack", _("This pack was refused: %(reason)s") % {"reason": refused})
            return self.show(upload_form=form)
        token = park(file, self.person.pk)
        may_publish = any(part.may_publish(self.person) for part in self.known)
        return self.show(token=token, may_publish=may_publish, **shown(pack, report))


class TakePack(PackScreen):
    """Takes in a pack that was looked at before."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("content_packs")

    def post(self, request: HttpRequest) -> HttpResponse:
        place = parked(request.POST.get("token", ""), self.person.pk)
        if place is None:
            messages.error(request, _("This pack is no longer here. Upload it again."))
            return redirect("content_packs")
        try:
            with place.open("rb") as file:
                pack = Pack(file)
                report = self._receive(pack)
        except Refused as refused:
            messages.error(request, _("This pack was refused: %(reason)s") % {"reason": refused})
            return redirect("content_packs")
        finally:
            place.unlink(missing_ok=True)
        messages.success(request, _("The pack was taken in."))
        return self.show(is_done=True, **shown(pack, report))

    def _receive(self, pack: Pack) -> Report:
        user = self.person
        publish = "publish" in self.request.POST and all(part.may_publish(user) for part in self.known)
        return receive_pack(pack, self.known, Orders(publish=publish, user=user), timezone.now())


def parts_for(user: Any) -> list[Part]:
    return [part for part in parts() if part.may_take(user)]


def shown(pack: Pack, report: Report) -> dict[str, Any]:
    lines = [(label_of(name), lines) for name, lines in report.lines.items()]
    return {
        "origin": origin(pack),
        "report": lines,
        "unknown": unknown_lines(report),
        "refused": report.refused,
    }
