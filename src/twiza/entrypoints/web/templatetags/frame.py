"""`{% kept_header %}`, `{% kept_footer %}`: what stands above and below every public page, drawn once for all pages alike."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.template import Engine
from django.template.context import Context, RequestContext
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from twiza.entrypoints.ui.addresses import languages_of, rest_of_address, speak_only

if TYPE_CHECKING:
    from twiza.entrypoints.ui.site import Site

register = template.Library()

# Stands in the drawn header where the links to the other languages say the page's own address.
REST = "the-rest-of-the-address"
# Where a visitor's own things stand in a page that is kept without them. Templates escape such signs in whatever is said.
HEADER_HOLE, MESSAGES_HOLE = mark_safe("<!--header-->"), mark_safe("<!--messages-->")
MOST = 200


class _AnyPage:
    """What a header asks of the request it is drawn for."""

    def __init__(self, path: str, language: str, languages: tuple[str, ...]) -> None:
        self.path = path
        self._language = language
        speak_only(self, languages)

    def get_full_path(self) -> str:
        return f"/{self._language}/{REST}"


@register.simple_tag(takes_context=True)
def kept_header(context: RequestContext) -> SafeString:
    """The header of this page: that of all pages alike, with the page's own address written in; a hole in what is kept."""
    if context.get("has_holes"):
        return HEADER_HOLE
    site, request, words = context.get("site"), context.get("request"), context.get("search_query")
    rest = rest_of_address(request.get_full_path()) if request else None
    if site is None or request is None or rest is None or site.account_url:
        return _draw(context)  # nobody else's
    marked = request.path if any(request.path == url for _name, url in site.links) else ""
    drawn = _header(site, get_language() or "", languages_of(request), marked, str(words or ""))
    return mark_safe(drawn.replace(REST, escape(rest)))  # noqa: S308 -- drawn by a template, the rest escaped


@register.simple_tag(takes_context=True)
def kept_footer(context: RequestContext) -> SafeString:
    """The footer of this page."""
    return _footer(context.get("site"), get_language() or "")


def _draw(context: Context) -> SafeString:
    drawn: SafeString = Engine.get_default().get_template("ui/header.html").render(context)
    return drawn


@register.simple_tag
def messages_hole() -> SafeString:
    """Where a visitor's messages stand in what is kept."""
    return MESSAGES_HOLE


@lru_cache(MOST)
def _header(site: Site, language: str, languages: tuple[str, ...], marked: str, words: str) -> SafeString:
    page = _AnyPage(marked, language, languages)
    return _draw(Context({"site": site, "request": page, "search_query": words}))


@lru_cache(MOST)
def _footer(site: Site | None, _language: str) -> SafeString:
    return render_to_string("ui/footer.html", {"site": site})
