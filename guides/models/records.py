from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedRecord(models.Model):
    """The last imported value of each field of an official record.

    "Untouched by the editor" means that the guide's field still equals the value kept here. `values` maps a
    field's name to its value; child rows are lists of dicts without keys of the database.
    """

    code = models.CharField(_("procedure code"), max_length=8, unique=True)
    page = models.OneToOneField(
        "guides.ProcedurePage",
        verbose_name=_("guide"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="imported_record",
    )
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the record as it was read")
    values = models.JSONField(default=dict)
    findings = models.JSONField(
        default=list, help_text="What the last import remarked: a list of {kind, field, detail}"
    )
    imported_at = models.DateTimeField(_("imported"))

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")

    def __str__(self) -> str:
        return self.code
