"""What the frame of every public page shows."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twiza.entrypoints.ui.site import Site
from twiza.entrypoints.web.basket_cookie import basket_count
from twiza.entrypoints.web.own_host import on_market, store_here
from twiza.entrypoints.web.store_frame import frame_of


def site(request: HttpRequest) -> dict[str, Site]:
    """Header and footer. Asks the database nothing that the page does not already know."""
    return {"site": _site_of_store(request, store_here()) if store_here() else _site_of_market(request)}


def _site_of_store(request: HttpRequest, store: str) -> Site:
    """On its own host: its goods, its search, its basket, and one way to the market. Nobody signs in there."""
    return Site(
        name=_("Twiza"),
        home_url=on_market("web:home"),
        search_url=reverse("web:search"),
        search_placeholder=_("Honey, argan, rug…"),
        basket_url=reverse("web:basket"),
        basket_count=basket_count(request),
        links=((_("Products"), reverse("web:store-products", args=[store])),),
        store=frame_of(request),
        credits=_credits(),
    )


def _site_of_market(request: HttpRequest) -> Site:
    person = getattr(request, "user", None)
    around = replace(_for_strangers(get_language() or ""), basket_count=basket_count(request), store=frame_of(request))
    if person is not None and person.is_authenticated:
        around = replace(around, account_url=reverse("account"), account_name=person.get_full_name(), sign_in_url="")
    return around


@cache
def _for_strangers(_language: str) -> Site:
    """The same for everybody who reads this language."""
    return Site(
        name=_("Twiza"),
        home_url=reverse("web:home"),
        search_url=reverse("web:search"),
        suggest_url=reverse("web:search-suggest"),
        search_placeholder=_("Honey, argan, rug…"),
        basket_url=reverse("web:basket"),
        sign_in_url=reverse("account_login"),
        links=(
            (_("Products"), reverse("web:products")),
            (_("Cooperatives"), reverse("web:cooperatives")),
        ),
        footer_links=(
            (_("How to order, deliver, pay, return"), reverse("web:terms")),
            (_("Cooperatives"), reverse("web:cooperatives")),
        ),
        credits=_credits(),
    )


def _credits() -> str:
    return _("Places: HCP, RGPH 2024 (CC BY 4.0). Twiza is free software.")
