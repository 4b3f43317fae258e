"""Products: the list, the page of one, and the storefronts that show a part of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from twiza.domain.catalogue.selectors import a_choice_of, families, kind_with, matching
from twiza.domain.directory.selectors.identity import registrations_of
from twiza.domain.inventory.selectors import saleable_quantities
from twiza.domain.storefronts.errors import StorefrontClosed
from twiza.domain.storefronts.selectors import (
    cooperatives_shown_in,
    national_storefront,
    products_shown_in,
    storefront_with,
)
from twiza.entrypoints.web.cards import ProductCard, product_cards, product_cards_of, product_url, topics_of, unit_price_words
from twiza.entrypoints.web.page_cache import keep_for_everybody
from twiza.entrypoints.web.structured_data import product_data
from twiza.kit.errors import NotFound

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront

PAGE_SIZE = 24
# What any list of products is made of, besides the products themselves.
A_LIST = ("products", "organisations", "storefronts", "kinds")


@dataclass(frozen=True)
class Chip:
    name: str
    url: str
    current: bool
    icon: str = ""


def show_products(request: HttpRequest, store: str = "") -> HttpResponse:
    """What a storefront shows, narrowed by family, kind and words; the national one when no store is named."""
    storefront = open_storefront(store)
    words = request.GET.get("q", "").strip()[:80]
    kind = kind_with(request.GET.get("kind", "")[:40].replace("\x00", ""))
    page = _page_number(request)
    products = products_shown_in(storefront)
    if kind is not None:
        products = products.filter(kind__family=kind) if kind.family_id is None else products.filter(kind=kind)
    if words:
        products = matching(products, words)
    cards = product_cards(products[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1], store)
    context = {
        "storefront": storefront,
        "store": store,
        "cards": cards[:PAGE_SIZE],
        "chips": family_chips(_list_url(store), kind.family_id or kind.code if kind else ""),
        "kind": kind,
        "search_query": words,
        "previous_page": page - 1 if page > 1 else None,
        "next_page": page + 1 if len(cards) > PAGE_SIZE else None,
    }
    response = render(request, "web/shop/list.html", context)
    return keep_for_everybody(response, [*A_LIST, *_topics_of_questions(request), *topics_of(cards)])


def show_product(request: HttpRequest, slug: str, store: str = "") -> HttpResponse:
    storefront = open_storefront(store)
    product = products_shown_in(storefront).filter(slug=slug).first()
    if product is None:
        raise Http404
    left = saleable_quantities(variant.pk for variant in product.live_variants)
    neighbours = products_shown_in(storefront).filter(cooperative=product.cooperative_id).exclude(pk=product.pk)[:4]
    photo = next(iter(product.photos.all()), None)
    around = product_cards(neighbours, store)
    context = {
        "storefront": storefront,
        "store": store,
        "product": product,
        "structured": product_data(product, left),
        "share_kind": "product",
        "share_image": photo.large.url if photo else "",
        "choices": [
            {
                "variant": variant,
                "left": left[variant.pk],
                "unit_price": unit_price_words(variant.price_centimes, variant.net_content, variant.net_unit),
                "wanted": _wanted_of(request, variant.pk),
            }
            for variant in product.live_variants
        ],
        "photo": photo,
        "is_sold_out": not any(left.values()),
        "registration": registrations_of([product.cooperative_id]).get(product.cooperative_id, ""),
        "neighbours": around,
        "here": product_url(product, store),
    }
    own = [f"product:{product.pk}", *(f"stock:{variant_id}" for variant_id in left)]
    return keep_for_everybody(render(request, "web/shop/product.html", context), [*A_LIST, *own, *topics_of(around)])


def show_store(request: HttpRequest, store: str) -> HttpResponse:
    """An operator's storefront: its welcome, what it shows, who makes it."""
    storefront = open_storefront(store)
    cards = taste_of(storefront, store)
    context = {
        "storefront": storefront,
        "store": store,
        "cards": cards,
        "chips": family_chips(_list_url(store), ""),
        "cooperatives": list(cooperatives_shown_in(storefront)[:60]),
    }
    return keep_for_everybody(render(request, "web/shop/store.html", context), [*A_LIST, *topics_of(cards)])


def show_store_conditions(request: HttpRequest, store: str) -> HttpResponse:
    """How to order, delivery, payment, returns and hygiene, in the operator's words."""
    page = render(request, "web/shop/conditions.html", {"storefront": open_storefront(store), "store": store})
    return keep_for_everybody(page, ["storefronts"])


def _wanted_of(request: HttpRequest, variant_id: int) -> int:
    """How many − and + have come to without JavaScript; one at first."""
    typed = request.GET.get("quantity", "")
    is_counted = request.GET.get("variant") == str(variant_id) and typed.isascii() and typed.isdigit() and len(typed) < 4
    return max(1, int(typed)) if is_counted else 1


def open_storefront(store: str) -> Storefront:
    """The storefront behind the address; a page that does not exist otherwise."""
    if not store:
        national = national_storefront()
        if national is None:
            raise Http404
        return national
    try:
        return storefront_with(store)
    except (NotFound, StorefrontClosed) as refusal:
        raise Http404(str(refusal)) from refusal


def taste_of(storefront: Storefront, store: str = "") -> list[ProductCard]:
    """Twelve of its newest products, of as many cooperatives and kinds as there are."""
    products = products_shown_in(storefront)
    return product_cards_of(products, a_choice_of(products, 12), store)


def family_chips(list_url: str, current: str) -> list[Chip]:
    chips = [Chip(_("All"), list_url, current == "")]
    return chips + [Chip(family.name, f"{list_url}?kind={family.code}", family.code == current) for family in families()]


def _list_url(store: str) -> str:
    return reverse("web:store-products", args=[store]) if store else reverse("web:products")


def _topics_of_questions(request: HttpRequest) -> tuple[str, ...]:
    """A list that was asked for something may have been chosen by price."""
    return () if request.GET.keys() <= {"page", "kind"} else ("prices",)


def _page_number(request: HttpRequest) -> int:
    typed = request.GET.get("page", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
