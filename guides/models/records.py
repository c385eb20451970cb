from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedRecord(models.Model):
    """The last imported value of each field of a guide, by where it came from.

    "Untouched by the editor" means that the guide's field still equals a value kept here. `values` maps a field's
    name to the value an official record gave it; child rows are lists of dicts without keys of the database.
    `others` holds such a mapping for each other origin: guides of another site, tables.
    """

    code = models.CharField(
        _("procedure code"),
        max_length=255,
        unique=True,
        help_text=_("Or the address of a guide without code."),
    )
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
    others = models.JSONField(default=dict)
    findings = models.JSONField(
        default=list, help_text="What the last import remarked: a list of {kind, field, detail}"
    )
    imported_at = models.DateTimeField(_("imported"))

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")

    def __str__(self) -> str:
        return self.code


class ReceivedLesson(models.Model):
    """The last value a content pack gave to each field of a lesson in one language.

    "Untouched by the editor" means that the lesson's field still equals the value kept here. A lesson an editor
    deleted keeps its row without a page, and does not come back.
    """

    kind = models.CharField(max_length=60, help_text="Model name of the page")
    name = models.CharField(max_length=300, help_text="As the pack names it: vi/its-address")
    language = models.CharField(max_length=10)
    page = models.OneToOneField(
        "wagtailcore.Page",
        verbose_name=_("lesson"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="received_lesson",
    )
    values = models.JSONField(default=dict)
    received_at = models.DateTimeField(_("imported"))

    class Meta:
        verbose_name = _("received lesson")
        verbose_name_plural = _("received lessons")
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "language"], name="one_received_lesson"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
