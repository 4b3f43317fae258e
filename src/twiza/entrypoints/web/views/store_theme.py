"""The style sheet of a storefront with a colour of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from twiza.domain.storefronts.selectors import look_of
from twiza.entrypoints.web.store_theme import theme_sheet, version_of_theme
from twiza.entrypoints.web.visiting import known_storefront

KEPT = "public, max-age=31536000, immutable"


@require_safe
def show_theme(request: HttpRequest, store: str) -> HttpResponse:
    """Kept for a year at the address that names its colour; at any other it is asked for anew each time."""
    storefront = known_storefront(request, store)
    colour = look_of(storefront).colour
    if not colour:
        raise Http404
    answer = HttpResponse(theme_sheet(colour), content_type="text/css; charset=utf-8")
    is_named = request.GET.get("v") == version_of_theme(colour) and storefront.state != "draft"
    answer["Cache-Control"] = KEPT if is_named else "private, no-cache"
    return answer
