"""The one address of each public page, in every language: what search engines and shared links are told."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override

from twiza.entrypoints.ui.addresses import address_in_language, at_own_host, languages_of
from twiza.entrypoints.web.own_host import address_here, address_of

# What may stand in a search engine's list. Baskets, orders and searches may not.
PUBLIC_PAGES = frozenset(
    f"web:{name}"
    for name in (
        "home", "terms", "cooperatives", "cooperative", "cooperative-map", "cooperative-map-region", "cooperatives-open-data",
        "products", "product", "store", "store-conditions", "store-page", "store-products", "store-product",
        "store-gift-basket", "product-reviews",
    )
)  # fmt: skip
# What makes another page of a list. Choices that narrow it and words make no page of their own: the list is their address,
# and several of them at once are nothing to be listed.
TELLING_QUESTIONS = ("kind", "page")
CHOICES = ("q", "region", "province", "sector", "label", "womens", "online", "price", "season", "cooperative", "to")
DEFAULT_LANGUAGE = "fr"
LOCALES = {"fr": "fr_MA", "ar": "ar_MA", "zgh": "zgh_MA", "en": "en_GB"}


def is_public(request: HttpRequest) -> bool:
    if request.resolver_match is None or request.resolver_match.view_name not in PUBLIC_PAGES:
        return False
    return len(_choices_in(request)) < 2


def canonical_path(request: HttpRequest) -> str:
    """A product has its own page, whichever storefront shows it. A storefront with a host of its own is read there, with its
    products, also by whoever came by its path."""
    match = request.resolver_match
    path, store = request.path, _store_of(request)
    if store and canonical_root(request) != settings.SITE_URL:
        path = path.replace(f"/stores/{store}/", "/", 1)
    elif match is not None and match.view_name == "web:store-product":
        path = reverse("web:product", args=[match.kwargs["slug"]])
    asked = {name: request.GET[name][:40] for name in TELLING_QUESTIONS if request.GET.get(name)}
    if asked.get("page") == "1" or _choices_in(request):
        asked.pop("page", None)
    return f"{path}?{urlencode(asked)}" if asked else path


def canonical_root(request: HttpRequest) -> str:
    """Before that path: the site's address, or the storefront's own."""
    return address_of(_store_of(request))


def product_address(store: str, slug: str) -> str:
    """The one address of a product that is read in this storefront, in the reader's language."""
    return address_of(store) + reverse("web:product", args=[slug])


def address_of_gift_basket(store: str, slug: str) -> str:
    """The one address of a gift basket, in the reader's language: on its storefront's own host when it has one."""
    return address_in_store(get_language() or DEFAULT_LANGUAGE, store, "web:store-gift-basket", slug)


def _store_of(request: HttpRequest) -> str:
    return request.resolver_match.kwargs.get("store", "") if request.resolver_match else ""


def _choices_in(request: HttpRequest) -> list[str]:
    return [name for name in CHOICES if request.GET.get(name)]


def languages_of_address(request: HttpRequest) -> tuple[str, ...]:
    """In which languages there is what the page's one address names; a product's may be the market's."""
    match = request.resolver_match
    is_of_the_market = (
        match is not None and match.view_name == "web:store-product" and canonical_root(request) == settings.SITE_URL
    )
    return languages_of(None if is_of_the_market else request)


def alternates(root: str, path: str, languages: Sequence[str]) -> list[tuple[str, str]]:
    """(language, whole address) of the same page in each of its languages, and of the one for whoever reads none of them."""
    each = {code: root + address_in_language(path, code) for code in languages}
    return [*each.items(), ("x-default", each[language_for_others(languages)])]


def language_for_others(languages: Sequence[str]) -> str:
    """What is shown to whoever reads none of these languages."""
    return DEFAULT_LANGUAGE if DEFAULT_LANGUAGE in languages else languages[0]


def absolute(path: str) -> str:
    """On a storefront's own host, there; else on the market."""
    return path if path.startswith(("https://", "http://")) else address_here() + path


def address_in(language: str, name: str, *args: str) -> str:
    """The whole address of a page in a language, whatever the reader's own."""
    with override(language):
        return absolute(reverse(name, args=args))


def address_in_store(language: str, store: str, name: str, *args: str) -> str:
    """The whole address of a page of a storefront in a language: on its own host when it has one."""
    root = address_of(store)
    with override(language):
        path = reverse(name, args=[store, *args])
    return root + path if root == settings.SITE_URL else at_own_host(path, store, root)
