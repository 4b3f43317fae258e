"""A storefront on a host of its own: which one this request is for, and where its addresses begin."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.urls.converters import SlugConverter

from twiza.domain.storefronts.selectors import address_of_host, address_of_store


@dataclass(frozen=True)
class Here:
    """The storefront whose host was asked, by its word, and where its addresses begin."""

    store: str = ""
    address: str = ""


NOWHERE = Here()
_here: ContextVar[Here] = ContextVar("own_host", default=NOWHERE)


# What this request has asked already.
_known: ContextVar[dict[str, str] | None] = ContextVar("own_hosts_known", default=None)


def go_to_market() -> None:
    """This request is for the market, until `go_to` says otherwise."""
    _here.set(NOWHERE)
    _known.set({})


def go_to(store: str, host: str) -> None:
    """This request is for this storefront, at its own host."""
    _here.set(Here(store, address_of_host(host)))


def store_here() -> str:
    """The word of the storefront whose own host was asked; nothing on the market's."""
    return _here.get().store


def address_here() -> str:
    """Where the addresses of this request's pages begin, as `https://boutique.example.ma`."""
    return _here.get().address or settings.SITE_URL


def address_of(store: str) -> str:
    """Where the pages of this storefront are: on its own host when it has one, else on the market. Asked once a request."""
    if not store:
        return settings.SITE_URL
    if store == store_here():
        return address_here()
    known = _known.get()
    found = known.get(store) if known is not None else None
    if found is None:
        found = address_of_store(store) or settings.SITE_URL
        if known is not None:
            known[store] = found
    return found


def on_market(name: str, *args: str) -> str:
    """The address of a page of the market: a whole one when it is named on a storefront's own host."""
    path = reverse(name, args=args, urlconf=settings.ROOT_URLCONF)
    return settings.SITE_URL + path if store_here() else path


class StoreHere:
    """In addresses of a storefront's own host the storefront is not written; another's cannot be written there."""

    regex = ""

    def to_python(self, value: str) -> str:
        return store_here()

    def to_url(self, value: str) -> str:
        if not value or value != store_here():
            raise ValueError(value)
        return ""


class StoreNamed(SlugConverter):
    """The one that is here, where its word stands in the address all the same."""

    def to_python(self, value: str) -> str:
        if value != store_here():
            raise ValueError(value)
        return str(value)


class StoreElsewhere(SlugConverter):
    """Any storefront but the one that is here."""

    def to_url(self, value: str) -> str:
        if value == store_here():
            raise ValueError(value)
        return str(value)
