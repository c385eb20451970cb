from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

PROSE_FEATURES = ["bold", "ol", "ul", "link", "document-link"]


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(label=_("what the picture shows"), max_length=200)
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"


class NoteBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("text"), features=["bold", "link"])

    class Meta:
        icon = "warning"
        label = _("Important note")
        template = "blocks/note.html"


class PhoneBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("who answers"), max_length=120)
    number = blocks.CharBlock(label=_("number"), max_length=30)

    class Meta:
        icon = "mobile-alt"
        label = _("Phone button")
        template = "blocks/phone.html"


class ProseBlocks(blocks.StreamBlock):
    """The body of news and info pages."""

    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=120, template="blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=PROSE_FEATURES, template="blocks/paragraph.html"
    )
    note = NoteBlock()
    picture = PictureBlock()
    phone = PhoneBlock()
