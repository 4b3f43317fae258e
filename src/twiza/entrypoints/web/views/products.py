"""Products: the list, the page of one, and the storefronts that show a part of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from twiza.domain.catalogue.rules import at_most
from twiza.domain.catalogue.selectors import (
    Assortment,
    Place,
    a_choice_of,
    card_rows,
    find_products,
    labels_of,
    makers_named,
    page_of_product,
    recording_of_product,
)
from twiza.domain.enquiries.selectors import answers_shown_for
from twiza.domain.inventory.selectors import ways_to_buy, what_is_left
from twiza.domain.orders.rules import most_charged
from twiza.domain.orders.selectors import least_orders_of, left_under
from twiza.domain.reviews.selectors import newest_reviews_of
from twiza.domain.storefronts.selectors import (
    assortment_of,
    families_in,
    named_products_in,
    products_shown_in,
    ways_of,
)
from twiza.entrypoints.web.cards import (
    ProductCard,
    cards_of_rows,
    cards_with,
    few_here,
    product_cards_of,
    product_url,
    topics_of,
    unit_price_words,
)
from twiza.entrypoints.web.chips import chips_of
from twiza.entrypoints.web.kept_insides import show_inside
from twiza.entrypoints.web.made_by import made_by
from twiza.entrypoints.web.narrowing import address_with, code_in
from twiza.entrypoints.web.product_beside import beside, kinds_beside
from twiza.entrypoints.web.product_facts import delivery_words, facts_of, told
from twiza.entrypoints.web.product_narrowing import asked_of, product_filters_in
from twiza.entrypoints.web.ratings import rating_data, rating_shown
from twiza.entrypoints.web.store_home import Window, blocks_of, topics_of_blocks
from twiza.entrypoints.web.structured_data import product_data, shared_address
from twiza.entrypoints.web.visiting import keep_unless_preview, storefront_for, unless_closed
from twiza.foundation.search.selectors import index_version, is_index_ready
from twiza.kit.months import months_in_words

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Product, ProductKind, Variant
    from twiza.domain.catalogue.rules import Buying
    from twiza.domain.catalogue.selectors import ProductFilters
    from twiza.domain.storefronts.models import Storefront

PAGE_SIZE = 24
TASTE = 12
PRODUCT_PAGE = "web/shop/product.html"
# How many of which size, as − and + say it without JavaScript.
WANTED = {"variant", "quantity"}
# What any list of products is made of, besides the products themselves.
A_LIST = ("products", "organisations", "storefronts", "kinds", "labels")


@unless_closed()
def show_products(request: HttpRequest, store: str = "") -> HttpResponse:
    """What a storefront shows, narrowed by family, kind, place, price and words; the national one when no store is named."""
    storefront = storefront_for(request, store)
    known = kinds_beside(code_in(request.GET, "kind"))
    filters, place = product_filters_in(request.GET, known, storefront), Place.asked(request.GET)
    is_of_index = filters.has_words or filters.sort.is_by_price
    subject = (
        "list",
        _list_url(store),
        storefront.is_open_now,
        *asked_of(filters).items(),
        place,
        is_of_index and index_version(),
    )
    page, topics = show_inside(
        request,
        subject,
        "web/shop/list.html",
        lambda: _what_the_list_shows(storefront, store, filters, known, place),
        filters.text,
    )
    return page if is_of_index else keep_unless_preview(page, storefront, topics)


def _what_the_list_shows(
    storefront: Storefront, store: str, filters: ProductFilters, known: Mapping[str, ProductKind], place: Place
) -> tuple[dict[str, Any], list[str]]:
    # The tables know by themselves what a storefront shows.
    filters = replace(filters, assortment=assortment_of(storefront) if is_index_ready() else Assortment())
    found = find_products(products_shown_in(storefront), filters, place, PAGE_SIZE)
    cards, asked = cards_with(found.ids, store), asked_of(filters)
    context = {
        "storefront": storefront,
        "store": store,
        "cards": cards,
        "found": found,
        "beside": beside(filters, found, known, _list_url(store)),
        "kind": filters.kind,
        "search_query": filters.text,
        "list_url": _list_url(store),
        "first_url": address_with(asked),
        "previous_url": _page_at(found.previous, asked),
        "next_url": _page_at(found.following, asked),
    }
    # A list that was asked for something may have been chosen by price.
    chosen_by = ["prices"] if any(said for name, said in asked.items() if name != "kind") else []
    return context, [*A_LIST, "tariffs", *chosen_by, *topics_of(cards)]


@unless_closed()
def show_product(request: HttpRequest, slug: str, store: str = "") -> HttpResponse:
    storefront = storefront_for(request, store)
    if WANTED & request.GET.keys():
        context, topics = _product_context(request, storefront, slug, store)
        return keep_unless_preview(render(request, PRODUCT_PAGE, context), storefront, topics)
    page, made_of = show_inside(
        request,
        ("product", store, slug, storefront.is_open_now),
        PRODUCT_PAGE,
        lambda: _product_context(request, storefront, slug, store),
    )
    return keep_unless_preview(page, storefront, made_of)


def _product_context(request: HttpRequest, storefront: Storefront, slug: str, store: str) -> tuple[dict[str, Any], list[str]]:
    """What its page shows, and of what that is made."""
    shown = products_shown_in(storefront)
    found = page_of_product(shown, slug)
    if found is None:
        raise Http404
    product = found.product
    neighbours = card_rows(shown.filter(cooperative=product.cooperative_id).exclude(pk=product.pk)[:4], get_language() or "fr")
    sizes = [*(one.pk for one in product.live_variants), *(size.id for row in neighbours for size in row.variants)]
    left = what_is_left(sizes)
    buying = ways_to_buy(product, left, found.closed_until)
    left_here = left_under(store, [product.pk]).get(product.pk) if store else None
    bought_here = {pk: at_most(one, left_here) for pk, one in buying.items()}
    photos = product.shown_photos
    labels = labels_of(product) if found.is_claiming else []
    around = cards_of_rows(neighbours, store, left)
    recording = recording_of_product(product) if found.is_told else None
    rating = rating_shown(found.rating)
    reviews = newest_reviews_of(product) if rating else []
    context = {
        "storefront": storefront,
        "store": store,
        "product": product,
        "structured": {**product_data(product, buying, labels, recording, store), **rating_data(rating, reviews)},
        "labels": labels,
        "facts": facts_of(product),
        "made_by": made_by(makers_named(product), of=product.cooperative),
        "name": told(product, "name"),
        "story": told(product, "story"),
        "recording": recording,
        "share_kind": "product",
        "share_image": shared_address(photos[0]) if photos else "",
        "choices": [_choice(request, one, buying[one.pk], bought_here[one.pk], left_here) for one in product.live_variants],
        "photos": photos,
        "season": months_in_words(product.season_months),
        "is_used_up_here": left_here == 0 and any(one.is_possible for one in buying.values()),
        "registration": found.registration,
        "rating": rating,
        "reviews": reviews,
        "answers": answers_shown_for(product) if found.rating and found.rating.questions else [],
        "neighbours": around,
        "more_url": f"{_list_url(store)}{address_with({'cooperative': product.cooperative.slug})}",
        "here": product_url(product, store),
        "delivery": delivery_words(ways_of(storefront).carriers),
        "least_centimes": least_orders_of([product.cooperative_id]).get(product.cooperative_id),
    }
    return context, _made_of(product, buying, around)


def _made_of(product: Product, sizes: Collection[int], around: Iterable[ProductCard]) -> list[str]:
    """Whatever its page shows, by topics: when one of these changes, the page is another."""
    own = [
        f"product:{product.pk}",
        f"reviews:{product.pk}",
        f"questions:{product.pk}",
        f"makers:{product.cooperative_id}",
        f"least-order:{product.cooperative_id}",
    ]
    stock = [f"stock:{variant_id}" for variant_id in sizes]
    return [*A_LIST, "tariffs", *own, *stock, *topics_of(around)]


def _choice(request: HttpRequest, variant: Variant, buying: Buying, here: Buying, left_here: int | None) -> dict[str, Any]:
    """One size, as it can be bought anywhere and `here`."""
    return {
        "variant": variant,
        "buying": here,
        "few_here": few_here(buying, left_here),
        "most_centimes": most_charged(variant.price_centimes) if variant.is_weighed else None,
        "unit_price": unit_price_words(variant.price_centimes, variant.net_content, variant.net_unit),
        "wanted": _wanted_of(request, variant.pk),
    }


@unless_closed(status=200)
def show_store(request: HttpRequest, store: str) -> HttpResponse:
    """An operator's storefront: its welcome, what it shows, who makes it. Closed, it says until when."""
    storefront = storefront_for(request, store)
    if storefront.shows_everything:
        return HttpResponseRedirect(reverse("web:home"))
    subject = ("store", store, storefront.is_open_now)
    page, topics = show_inside(request, subject, "web/shop/store.html", lambda: _what_it_shows_first(storefront, store))
    return keep_unless_preview(page, storefront, topics)


def _what_it_shows_first(storefront: Storefront, store: str) -> tuple[dict[str, Any], list[str]]:
    families = families_in(storefront)
    blocks = blocks_of(Window(storefront, store, taste_of(storefront, store), families))
    context = {
        "storefront": storefront,
        "store": store,
        "blocks": blocks,
        "chips": chips_of(families, _list_url(store), ""),
        "products_url": _list_url(store),
    }
    return context, [*A_LIST, *topics_of_blocks(blocks)]


def _wanted_of(request: HttpRequest, variant_id: int) -> int:
    """How many − and + have come to without JavaScript; one at first."""
    typed = request.GET.get("quantity", "")
    is_counted = request.GET.get("variant") == str(variant_id) and typed.isascii() and typed.isdigit() and len(typed) < 4
    return max(1, int(typed)) if is_counted else 1


def taste_of(storefront: Storefront, store: str = "") -> list[ProductCard]:
    """Twelve of its products: those it shows first, then of the newest, of as many cooperatives and kinds as there are."""
    products, first = products_shown_in(storefront), named_products_in(storefront).first
    others = [pk for pk in a_choice_of(products, TASTE) if pk not in first]
    return product_cards_of(products, [*first, *others][:TASTE], store)


def _list_url(store: str) -> str:
    return reverse("web:store-products", args=[store]) if store else reverse("web:products")


def _page_at(place: Place | None, asked: Mapping[str, str]) -> str:
    if place is None:
        return ""
    return address_with(asked, page=place.number, after=place.after or "", before=place.before or "")
