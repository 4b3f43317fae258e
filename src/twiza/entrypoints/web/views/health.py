"""For load balancers and robots."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from twiza.domain.storefronts.selectors import verified_hosts
from twiza.entrypoints.web.public_address import absolute


def live(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """This process can serve people: its database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def host(request: HttpRequest) -> HttpResponse:
    """200 when `domain` is a storefront's own host in use: whoever gets certificates asks before getting one."""
    asked = request.GET.get("domain", "").lower().removesuffix(".")
    is_in_use = asked in verified_hosts().stores
    return HttpResponse("ok\n" if is_in_use else "unknown\n", status=200 if is_in_use else 404, content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """Private pages ask not to be listed; the public ones are listed already."""
    private = ("cart", "checkout", "orders", "workspace", "staff", "account")
    lines = ["User-agent: *", *(f"Disallow: /*/{page}/" for page in private), f"Sitemap: {absolute('/sitemap.xml')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask for it without reading the page."""
    return HttpResponseRedirect(static("ui/icon.svg"))
