"""Whose workspace it is. What is not the viewer's own does not exist for them: 404, whether or not it is somebody's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

from twiza.domain.directory.rules import belongs_to, keeps_register
from twiza.domain.directory.selectors import get_cooperative_for, get_seller_for
from twiza.kit.errors import NotFound

if TYPE_CHECKING:
    from twiza.domain.directory.models import Organisation
    from twiza.foundation.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose person is known."""

    user: User


class CooperativeRequest(SignedInRequest):
    """A request about one of the person's own cooperatives."""

    cooperative: Organisation


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Visitors are led to the sign-in; what a selector does not find for the person is a 404. Nothing is cached."""

    @never_cache
    @login_required
    @wraps(view)
    def screen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotFound as error:
            raise Http404 from error

    return screen


def for_register_keeper(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same, for those who look after the national register. For anybody else there is no such page."""

    @signed_in
    @wraps(view)
    def screen(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not keeps_register(request.user):
            raise NotFound
        return view(request, *args, **kwargs)

    return screen


def for_cooperative(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same, and `request.cooperative` is the person's own cooperative of the address.

    The address of a page that was merged leads to the same screen of the one that took it in.
    """

    @signed_in
    @wraps(view)
    def screen(request: CooperativeRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.cooperative = get_cooperative_for(request.user, slug)
        match = request.resolver_match
        if request.cooperative.slug != slug and request.method in {"GET", "HEAD"} and match is not None:
            return HttpResponseRedirect(reverse(match.view_name, kwargs={**kwargs, "slug": request.cooperative.slug}))
        return view(request, *args, **kwargs)

    return screen


def for_seller(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same for one order: `request.cooperative` is the page it was placed with, also after that page was merged."""

    @signed_in
    @wraps(view)
    def screen(request: CooperativeRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.cooperative = get_seller_for(request.user, slug)
        return view(request, *args, **kwargs)

    return screen


def for_its_people(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The cooperative's own people only; for its agents there is no such page."""

    @for_cooperative
    @wraps(view)
    def screen(request: CooperativeRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not belongs_to(request.user, request.cooperative):
            raise NotFound
        return view(request, *args, **kwargs)

    return screen
