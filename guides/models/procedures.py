from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from gandan.planned import Gap
from guides.elder import elder_context
from guides.gate import missing_in_guide, refuse_incomplete
from guides.guide_form import ProcedureForm
from guides.listing import index_context
from guides.models.choices import AUDIENCES, LIFE_EVENTS, OnlineLevel
from guides.models.rows import same_in_every_language
from guides.models.versions import WithPastVersions
from guides.on_paper import guide_paper_context
from guides.posters import guide_poster
from guides.reading import guide_context
from guides.sheet import build_sheet
from guides.situations import PARAMETER
from guides.typical_words import typical_line
from guides.versions import as_stored, replaced_version, settle_end
from guides.versions_panel import NextVersionPanel
from home.fields import ChoiceSetField
from home.models import BasePage
from home.page_form import reserved_message

CHANGES_SLUG = "thay-doi"  # guides.urls serves it below the index of everything
CODE = RegexValidator(r"^[1-6]\.\d{6}$", _("A procedure code looks like 1.001193."))


class GuidesIndexPage(BasePage):
    """The index of everything, of procedure guides, or of lessons."""

    class Lists(models.TextChoices):
        ALL = "all", _("Guides and lessons")
        PROCEDURES = "procedures", _("Procedure guides")
        LESSONS = "lessons", _("Lessons")

    lists = models.CharField(_("lists"), max_length=12, choices=Lists.choices, default=Lists.ALL)
    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    template = "guides/guides_index_page.html"
    parent_page_types = ["home.HomePage", "guides.GuidesIndexPage"]
    subpage_types = [
        "guides.GuidesIndexPage",
        "guides.ProcedurePage",
        "guides.TutorialPage",
        "guides.TrackPage",
        "guides.TroubleshooterPage",
    ]
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lists"), FieldPanel("intro")]

    class Meta:
        verbose_name = _("index of guides")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        return super().can_exist_under(parent) and lists_of(parent) in {"", cls.Lists.ALL}

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """One on a home page; below it one for procedures and one for lessons, and none below those."""
        most = 2 if lists_of(parent) else 1
        return super().can_create_at(parent) and parent.get_children().type(cls).count() < most

    def clean(self) -> None:
        super().clean()
        if self.slug == CHANGES_SLUG:
            raise ValidationError({"slug": reserved_message()})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}


def lists_of(parent: Page) -> str:
    """What an index of guides lists, one of its `Lists`; empty for any other page."""
    index_page = parent.specific
    return index_page.lists if isinstance(index_page, GuidesIndexPage) else ""


class ProcedurePage(WithPastVersions, BasePage):
    """A procedure guide: every fact is data in rows; `sheet` is what pages, lists, search and print show of it."""

    code = models.CharField(_("procedure code"), max_length=8, blank=True, validators=[CODE], db_index=True)
    official_name = models.TextField(_("official name"), blank=True)
    official_uuid = models.CharField(_("id on the national portal"), max_length=60, blank=True)
    official_url = models.URLField(_("page on the national portal"), max_length=500, blank=True)
    online_url = models.URLField(_("where to file online"), max_length=500, blank=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    field = models.CharField(_("field"), max_length=200, blank=True)
    life_events = ChoiceSetField(_("life events"), choice_set=LIFE_EVENTS)
    audience = ChoiceSetField(_("for"), choice_set=AUDIENCES)
    who_may_apply = models.TextField(_("who may apply"), blank=True)
    unit = models.ForeignKey(
        "home.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    official = models.ForeignKey(
        "home.Official",
        verbose_name=_("official in charge"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    places = ParentalManyToManyField("home.Place", verbose_name=_("places"), blank=True, related_name="+")
    counter = models.CharField(_("counter"), max_length=80, blank=True)
    where_note = models.CharField(_("note on where"), max_length=200, blank=True)
    online_level = models.CharField(
        _("online?"), max_length=10, choices=OnlineLevel.choices, default=OnlineLevel.UNKNOWN
    )
    online_note = models.CharField(_("note on online"), max_length=200, blank=True)
    bring = models.CharField(
        _("bring, in a few words"), max_length=120, blank=True, help_text=_("Empty: taken from the papers.")
    )
    bring_note = models.CharField(_("note on what to bring"), max_length=200, blank=True)
    no_papers = models.BooleanField(_("no papers are needed"), default=False)
    result = models.TextField(_("result"), blank=True)
    requirements = models.TextField(_("requirements"), blank=True, help_text=_("One a line."))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("The last valid day."))
    sheet = models.JSONField(default=dict, editable=False)
    # Spares the page a statement; belongs to the row, never to a revision.
    past_count = models.PositiveIntegerField(default=0, editable=False)

    template = "guides/procedure_page.html"
    served_with = ("official__unit", "official__deputy")
    parent_page_types = ["guides.GuidesIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("official_name", boost=3),
        index.SearchField("code", boost=5),
        index.SearchField("summary", boost=2),
        index.SearchField("search_body"),
        index.FilterField("code"),
    ]

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("field")]),
                FieldPanel("life_events"),
                FieldPanel("audience"),
                FieldPanel("who_may_apply"),
            ],
            heading=_("What it is and for whom"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("unit"),
                FieldPanel("official"),
                FieldPanel("places"),
                FieldRowPanel([FieldPanel("counter"), FieldPanel("where_note")]),
                FieldRowPanel([FieldPanel("online_level"), FieldPanel("online_note")]),
                FieldPanel("online_url"),
            ],
            heading=_("Where"),
        ),
        FieldPanel("result"),
        FieldPanel("requirements"),
    ]
    facts_panels: ClassVar[list[Any]] = [
        InlinePanel("situations", heading=_("Situations"), label=_("Situation")),
        InlinePanel("channels", heading=_("Ways to hand in"), label=_("Way")),
        InlinePanel("terms", heading=_("Times and fees"), label=_("Time and fee")),
    ]
    papers_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("no_papers"), FieldPanel("bring"), FieldPanel("bring_note")], heading=_("In short")
        ),
        InlinePanel("papers", heading=_("Papers"), label=_("Paper")),
        InlinePanel("steps", heading=_("Steps"), label=_("Step")),
        InlinePanel("rejections", heading=_("Common rejections"), label=_("Rejection")),
    ]
    law_panels: ClassVar[list[Any]] = [
        InlinePanel("legal_basis", heading=_("Legal basis"), label=_("Document")),
        MultiFieldPanel(
            [FieldPanel("official_name"), FieldPanel("official_url"), FieldPanel("official_uuid")],
            heading=_("On the national portal"),
        ),
        MultiFieldPanel(
            [FieldPanel("valid_from"), FieldPanel("valid_to"), NextVersionPanel(heading=_("Next version"))],
            heading=_("Validity"),
        ),
        BasePage.checking_panel,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("The guide")),
            ObjectList(facts_panels, heading=_("Situations, times, fees")),
            ObjectList(papers_panels, heading=_("Papers and steps")),
            ObjectList(law_panels, heading=_("Law and checks")),
            ObjectList(BasePage.promote_panels, heading=_("Finding")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )

    override_translatable_fields: ClassVar[list[SynchronizedField]] = same_in_every_language(
        "code", "official_uuid", "life_events", "audience"
    )
    base_form_class = ProcedureForm
    exclude_fields_in_copy: ClassVar[list[str]] = ["code", "past_count"]  # a copy is another procedure

    class Meta:
        verbose_name = _("procedure guide")
        verbose_name_plural = _("procedure guides")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        return super().can_exist_under(parent) and lists_of(parent) == GuidesIndexPage.Lists.PROCEDURES

    def clean(self) -> None:
        super().clean()
        twins = ProcedurePage.objects.filter(code=self.code, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.code and self.alias_of_id is None and twins.exists():
            raise ValidationError({"code": _("Another guide already has this code.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A draft is noted with `update_fields` on a page that holds the draft's rows: its sheet stays the live one."""
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        self.sheet = build_sheet(self)
        before = as_stored(self)
        refuse_incomplete(self, before)
        past = replaced_version(self, before, timezone.now())
        self.past_count = past.number if past else before.past_count if before else 0
        with transaction.atomic():
            super().save(*args, **kwargs)
            if past is not None:
                past.save()
            settle_end(self, before)

    def missing_for_publishing(self) -> list[Gap]:
        return missing_in_guide(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            **guide_context(self, request, timezone.now()),
        }

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A preview is never saved, and only saving would bring the rows it shows into the sheet."""
        self.sheet = build_sheet(self)
        return super().serve_preview(request, mode_name)

    @path("in/", name="print")
    def print_view(self, request: HttpRequest) -> HttpResponse:
        """The guide on one sheet of paper; a link, since printing must work without scripts."""
        context = guide_paper_context(self, request.GET.get(PARAMETER, ""), timezone.localdate())
        return self.render(request, context_overrides=context, template="guides/procedure_print.html")

    @path("ap-phich/", name="poster")
    def poster_view(self, request: HttpRequest) -> HttpResponse:
        context = {"poster": guide_poster(self, self.get_url(request) or "")}
        return self.render(request, context_overrides=context, template="guides/poster.html")

    @path("tung-buoc/", name="elder")
    def elder_view(self, request: HttpRequest) -> HttpResponse:
        """The guide one step a screen, for the grandchild who holds the phone."""
        context = {
            **super().get_context(request),
            **elder_context(self, request.GET.dict(), timezone.now()),
            "canonical_url": settings.BASE_URL.rstrip("/") + self.get_url(request),
        }
        return TemplateResponse(request, "guides/elder.html", context)

    @property
    def search_body(self) -> str:
        """Everything a reader can read on the guide, in reading order."""
        sheet = self.sheet
        texts = [self.field, self.who_may_apply, self.bring, self.result, self.requirements]
        texts += [row["label"] for row in sheet.get("situations", [])]
        texts += [f"{row['name']} {row['only_if']} {row['note']}" for row in sheet.get("papers", [])]
        texts += [row["text"] for row in sheet.get("steps", [])]
        texts += [f"{row['reason']} {row['how_to_avoid']}" for row in sheet.get("rejections", [])]
        texts += [row["number"] for row in sheet.get("law", [])]
        return "\n".join(text for text in texts if text)

    @property
    def typical_line(self) -> str:
        """What sessions counted, in one sentence; empty while too few were counted. No statement."""
        return typical_line(self.sheet)

    def is_valid(self, today: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= today
        return begun and (self.valid_to is None or today <= self.valid_to)
