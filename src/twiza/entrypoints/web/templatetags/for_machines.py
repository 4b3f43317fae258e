"""`{% for_machines %}`: what search engines and shared links read in the head of a public page."""

from __future__ import annotations

from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags
from django.utils.translation import get_language

from twiza.entrypoints.web.public_address import (
    DEFAULT_LANGUAGE,
    LOCALES,
    absolute,
    alternates,
    canonical_path,
    canonical_root,
    is_public,
    languages_of_address,
)
from twiza.entrypoints.web.structured_data import as_script

register = template.Library()


@register.inclusion_tag("web/_for_machines.html", takes_context=True)
def for_machines(context: RequestContext) -> dict[str, Any]:
    """The page's own title and description are said again to whoever shares it; `share_image`, `share_kind` and
    `structured` (words of schema.org) come from the view."""
    request = getattr(context, "request", None)
    if request is None or not is_public(request):
        return {"is_public": False, "is_page": request is not None and request.resolver_match is not None}
    language = get_language() or DEFAULT_LANGUAGE
    root, path, languages = canonical_root(request), canonical_path(request), languages_of_address(request)
    structured = context.get("structured")
    return {
        "is_public": True,
        # What is made up for a demonstration is nobody's answer.
        "is_listed": not settings.DEMO,
        "canonical": root + path,
        "alternates": alternates(root, path, languages),
        "title": _words_of(context, "title"),
        "description": _words_of(context, "description"),
        "kind": context.get("share_kind", "website"),
        "image": absolute(context["share_image"]) if context.get("share_image") else "",
        "locale": LOCALES.get(language, ""),
        "other_locales": [locale for code, locale in LOCALES.items() if code != language and code in languages],
        "site_name": getattr(context.get("site"), "name", ""),
        "data": as_script(structured) if structured else "",
    }


def _words_of(context: RequestContext, block: str) -> str:
    """What a block of the page says, as plain words; whoever shows them escapes them anew."""
    found = context.render_context[BLOCK_CONTEXT_KEY].get_block(block)
    return " ".join(unescape(strip_tags(found.render(context))).split()) if found else ""
