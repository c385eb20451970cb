from django import template
from django.utils.safestring import SafeString

from gandan.structured_data import json_ld
from guides.facts import five_facts
from guides.structured import guide_things

register = template.Library()


@register.simple_tag(takes_context=True)
def guide_structured_data(context: template.Context) -> SafeString:
    """The JSON-LD block of the guide being shown: for everyone, whatever situation the reader chose."""
    page, commune = context["page"], context.get("commune")
    facts = five_facts(page.sheet, page.locale.language_code)
    name = str(commune.name) if commune else ""
    return json_ld(guide_things(page, facts, str(context["canonical_url"]), name))
