"""`{{ text|paragraphs }}`: plain words as a page shows them."""

from __future__ import annotations

import re

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Groups of figures, as telephone numbers are written. Unmarked, an Arabic line would turn their order round.
NUMBER = re.compile(r"\+?\d+(?:[ \u00a0]\d+){2,}")


@register.filter
def paragraphs(text: str) -> SafeString:
    """An empty line begins a paragraph; whatever was typed is escaped; numbers keep their direction and their line."""
    escaped = linebreaks_filter(text, autoescape=True)
    return mark_safe(NUMBER.sub(r'<bdi class="amount" dir="ltr">\g<0></bdi>', escaped))  # noqa: S308 -- escaped above
