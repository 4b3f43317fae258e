"""What a template may say: `{% load ui %}`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.template.context import Context, RequestContext
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twiza.entrypoints.ui import drawings, icons
from twiza.entrypoints.ui.addresses import address_in_language, languages_of
from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.entrypoints.ui.pictures import anchor_of, shown_photo_of

register = template.Library()

OWN_NAMES = {"ar": "العربية", "ary": "الدارجة", "fr": "Français", "zgh": "ⵜⴰⵎⴰⵣⵉⵖⵜ", "en": "English"}


@dataclass(frozen=True)
class LanguageChoice:
    code: str
    name: str
    url: str
    is_current: bool


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "basket" %}`: silent beside words; give a `label` where it stands alone."""
    turning = " icon-turns" if name in icons.TURNING_ICONS else ""
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    shapes = mark_safe(icons.ICONS[name])  # noqa: S308 -- our own constants
    return format_html('<svg class="icon{}" viewBox="0 0 24 24" {}>{}</svg>', turning, voice, shapes)


@register.simple_tag
def drawing(name: str, tint: str = "") -> SafeString:
    """`{% drawing "jar" "#d9911c" %}`: a drawn kind in the product's colour."""
    return mark_safe(drawings.draw(name, tint or ""))  # noqa: S308 -- our own files, the tint is checked


@register.inclusion_tag("ui/arch.html")
def photo_arch(photo: Any, wanted: str = "small medium", alt: str = "", eager: bool = False, sizes: str = "") -> dict[str, Any]:
    """`{% photo_arch photo "medium large" alt=words eager=True %}`: a photo that is shown, in the arch, in these sizes."""
    return {**vars(shown_photo_of(photo, *wanted.split())), "alt": alt, "eager": eager, "sizes": sizes}


@register.inclusion_tag("ui/photo.html")
def photo(photo: Any, wanted: str, sizes: str, alt: str, width: int, height: int) -> dict[str, Any]:
    """`{% photo photo "small medium" "46vw" words 240 180 %}`: the same without the arch, loaded when it comes into sight."""
    measures = {"alt": alt, "sizes": sizes, "width": width, "height": height}
    return {**vars(shown_photo_of(photo, *wanted.split())), **measures}


@register.filter
def anchor(photo: Any) -> str:
    """What of a photo stays where an SVG cuts it: `xMidYMin`."""
    return anchor_of(photo.focus) if photo else ""


@register.simple_tag
def drawing_symbols(names: Iterable[str]) -> SafeString:
    """`{% drawing_symbols names %}`: the shapes once, for a page that draws the same kinds again and again."""
    return mark_safe(drawings.symbols(names))  # noqa: S308 -- our own files


@register.simple_tag
def drawing_again(name: str, tint: str = "") -> SafeString:
    """`{% drawing_again "jar" "#d9911c" %}`: a drawn kind whose shapes the page holds already."""
    return mark_safe(drawings.draw_again(name, tint or ""))  # noqa: S308 -- our own files, the tint is checked


@register.filter
def dirhams(centimes: int | None) -> SafeString | str:
    """`{{ centimes|dirhams }}`: the amount in the page's language, kept on one line and in its own direction."""
    if centimes is None:
        return ""
    return format_html('<bdi class="amount">{}</bdi>', dirhams_text(centimes))


@register.filter
def dirhams_text(centimes: int) -> str:
    """The same words without markup, for a title or an attribute."""
    return write_dirhams(centimes, get_language() or settings.LANGUAGE_CODE)


@register.filter
def file_size(size_bytes: int) -> str:
    """`{{ size_bytes|file_size }}`: `640 kB`, `1.2 MB`: what it costs whoever pays for each megabyte."""
    if size_bytes < 1_000_000:
        return _("%(number)s kB") % {"number": max(1, round(size_bytes / 1000))}
    return _("%(number)s MB") % {"number": number_format(size_bytes / 1_000_000, 1)}


@register.filter
def duration(seconds: int) -> str:
    """`{{ seconds|duration }}`: `1:20`."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.simple_tag(takes_context=True)
def query_with(context: RequestContext, **changes: Any) -> str:
    """`{% query_with page=2 %}`: the page's own questions with these changed; an empty value takes one away."""
    query: QueryDict = context.request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def language_choices(context: Context) -> list[LanguageChoice]:
    """This page in every language it is in, each named as its speakers name it."""
    request = context.get("request") or getattr(context, "request", None)
    address = request.get_full_path() if request else "/"
    spoken, names = get_language(), dict(settings.LANGUAGES)
    return [
        LanguageChoice(code, OWN_NAMES.get(code, str(names[code])), address_in_language(address, code), code == spoken)
        for code in languages_of(request)
    ]


@register.simple_tag
def heading_at(headings: Sequence[Any], place: int) -> str:
    """`{% heading_at headings 2 %}`: the words of the third heading, or nothing."""
    if place >= len(headings):
        return ""
    heading = headings[place]
    return str(heading["text"] if isinstance(heading, dict) else heading)


@register.simple_tag
def language_name(code: str) -> str:
    """A language as its speakers name it."""
    return OWN_NAMES.get(code, code)
