"""What a storefront's own host does not serve lies on the market: the same addresses under the same names, and a way there."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver
from django.views.decorators.http import require_safe


def led_away(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses and names; behind each there is only the way to the market. No view of theirs is reached."""
    return [
        URLPattern(one.pattern, lead_to_market, one.default_args, one.name)
        if isinstance(one, URLPattern)
        else URLResolver(one.pattern, led_away(one.url_patterns), one.default_kwargs, one.app_name, one.namespace)
        for one in patterns
    ]


@require_safe
def lead_to_market(request: HttpRequest, *_args: object, **_named: object) -> HttpResponse:
    """To the same address of the market."""
    return HttpResponseRedirect(settings.SITE_URL + request.get_full_path())
