"""The search over everything, and what is suggested while one types."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from twiza.domain.directory.selectors import CooperativeCard, cooperative_cards
from twiza.domain.storefronts.selectors import products_shown_in
from twiza.entrypoints.web.cards import ProductCard, product_cards_of
from twiza.entrypoints.web.views.products import open_storefront
from twiza.foundation.search.selectors import ENOUGH, Answer, search, suggest

LONGEST_ASKED = 80
A_TASTE = 12
SUGGESTIONS_KEPT_SECONDS = 60
PAGES = {"product": "web:product", "cooperative": "web:cooperative"}


@dataclass(frozen=True)
class Found:
    """Products and cooperatives as the page shows them, with the addresses of what follows ("" when nothing does)."""

    cards: tuple[ProductCard, ...] = ()
    more_products: str = ""
    cooperatives: tuple[CooperativeCard, ...] = ()
    more_cooperatives: str = ""
    corrected: tuple[tuple[str, str], ...] = ()
    is_widened: bool = False


def show_search(request: HttpRequest) -> HttpResponse:
    """Products and cooperatives, the nearest first; `kind` shows one of them, a page at a time."""
    words = _words(request)
    kind = request.GET.get("kind", "")
    found = _find(words, kind if kind in PAGES else "", _cursor(request)) if words else Found()
    return render(request, "web/search.html", {"search_query": words, "found": found})


def show_suggestions(request: HttpRequest) -> HttpResponse:
    """A list of links, to be put under the field while one types."""
    signs = {"product": ("basket", _("Product")), "cooperative": ("people", _("Cooperative"))}
    suggestions = [(reverse(PAGES[hit.kind], args=[hit.slug]), hit.name, *signs[hit.kind]) for hit in suggest(_words(request))]
    answer = render(request, "web/_suggestions.html", {"suggestions": suggestions})
    # Whoever takes a letter back asks the same again.
    patch_cache_control(answer, private=True, max_age=SUGGESTIONS_KEPT_SECONDS)
    return answer


def _find(words: str, kind: str, cursor: int) -> Found:
    limit = ENOUGH if kind else A_TASTE
    answers = {one: Answer((), 0) for one in PAGES}
    for one in [kind] if kind else PAGES:
        answers[one] = search(words, one, limit=limit, cursor=cursor, with_facets=False)
    products, cooperatives = answers["product"], answers["cooperative"]
    return Found(
        cards=tuple(_products(products)),
        more_products=_more(words, "product", products, is_taste=not kind),
        cooperatives=tuple(_cooperatives(cooperatives)),
        more_cooperatives=_more(words, "cooperative", cooperatives, is_taste=not kind),
        corrected=products.corrected or cooperatives.corrected,
        is_widened=any(answer.is_widened and answer.hits for answer in answers.values()),
    )


def _products(answer: Answer) -> list[ProductCard]:
    return product_cards_of(products_shown_in(open_storefront("")), [hit.id for hit in answer.hits])


def _cooperatives(answer: Answer) -> list[CooperativeCard]:
    listed = {card.id: card for card in cooperative_cards(hit.id for hit in answer.hits)}
    return [listed[hit.id] for hit in answer.hits if hit.id in listed]


def _more(words: str, kind: str, answer: Answer, *, is_taste: bool) -> str:
    if not answer.cursor:
        return ""
    cursor = {} if is_taste else {"from": answer.cursor}
    return f"{reverse('web:search')}?{urlencode({'q': words, 'kind': kind, **cursor})}"


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_ASKED]


def _cursor(request: HttpRequest) -> int:
    asked = request.GET.get("from", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 6 else 0
