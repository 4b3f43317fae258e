"""Forms that carry no token of the visitor's, so that the page they stand on can be kept for everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

OURS = frozenset({"", "same-origin", "none"})


def from_our_own_pages(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Another site's form is refused (403): browsers say where a form was sent from.

    Only for what does no harm when a browser too old to say so is led to do it: cookies are SameSite, a basket is no order.
    """

    @wraps(view)
    def screen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        origin = request.headers.get("Origin", "")
        if request.headers.get("Sec-Fetch-Site", "") not in OURS or (origin and not _is_ours(origin, request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return screen


def _is_ours(origin: str, request: HttpRequest) -> bool:
    return urlsplit(origin).netloc == request.get_host() or origin in settings.CSRF_TRUSTED_ORIGINS
