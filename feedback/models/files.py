from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.models.cases import Case
from feedback.models.hiding import Hideable
from gandan.crypto import EncryptedTextField


class CaseFile(Hideable, models.Model):
    """A photo or paper of a resident, written anew by us. The file in the private folder opens with `key` alone,
    so that it is lost for good when the row is erased, in every backup of the folder as well.
    """

    class Kind(models.TextChoices):
        JPEG = "jpeg", "JPEG"
        PNG = "png", "PNG"
        WEBP = "webp", "WebP"
        PDF = "pdf", "PDF"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files", verbose_name=_("case"))
    name = models.CharField(_("name in the private folder"), max_length=32, unique=True, editable=False)
    key = EncryptedTextField(_("key"), editable=False)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField(_("size"), help_text=_("Bytes of the file as it is sent out."))
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True, help_text=_("Of a PDF."))
    added_at = models.DateTimeField(_("added"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a case")
        verbose_name_plural = _("files of cases")

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.name[:6]}"

    @property
    def is_picture(self) -> bool:
        return self.kind != self.Kind.PDF

    @property
    def content_type(self) -> str:
        return "application/pdf" if self.kind == self.Kind.PDF else f"image/{self.kind}"
