"""Which hosts are answered besides the installation's own, and for which storefront."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host

from twiza.domain.storefronts.selectors import proof_at, verified_hosts
from twiza.entrypoints.web.own_host import go_to, go_to_market
from twiza.entrypoints.web.page_cache import TOPICS

PROOFS = "/.well-known/"
# Names that Django looks for on a request.
ANSWERED_AS, RESOLVED_BY = "get_host", "urlconf"
MADE_OF_HOSTS = "hosts"


class StorefrontHosts:
    """Middleware: a host in use is its storefront's alone; one that is waited for says our word, and nothing else.

    The installation's own names cost nothing. Of others one question tells whether the list in memory is still true, and what
    is not on it is refused by Django, as ever (400).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Not taken back at the end: what is sent while it is read is written after the end.
        go_to_market()
        typed = request.META.get("HTTP_HOST", "")
        host = split_domain_port(typed)[0]
        if not host or validate_host(host, settings.ALLOWED_HOSTS):
            return self.get_response(request)
        return _said_at(request, host) or self._answer_as(request, host, typed)

    def _answer_as(self, request: HttpRequest, host: str, typed: str) -> HttpResponse:
        store = verified_hosts().stores.get(host)
        if store is None:
            return self.get_response(request)
        go_to(store, host)
        setattr(request, RESOLVED_BY, settings.HOST_URLCONF)
        # It stands on the list of hosts in use, which ALLOWED_HOSTS does not know.
        setattr(request, ANSWERED_AS, lambda: typed)
        response = self.get_response(request)
        if hasattr(response, TOPICS):
            setattr(response, TOPICS, (*getattr(response, TOPICS), MADE_OF_HOSTS))
        return response


def _said_at(request: HttpRequest, host: str) -> HttpResponse | None:
    """Our word, for whoever looks whether the host leads to us."""
    word = proof_at(host, request.path_info) if request.path_info.startswith(PROOFS) else None
    return None if word is None else HttpResponse(word, content_type="text/plain", headers={"Cache-Control": "no-store"})
