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
from twiza.entrypoints.web.store_frame import frame_of


def site(request: HttpRequest) -> dict[str, Site]:
    """Header and footer. Asks the database nothing that the page does not already know."""
    person = getattr(request, "user", None)
    around = replace(_for_strangers(get_language() or ""), basket_count=basket_count(request), store=frame_of(request))
    if person is not None and person.is_authenticated:
        around = replace(around, account_url=reverse("account"), account_name=person.get_full_name(), sign_in_url="")
    return {"site": around}


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
        credits=_("Places: HCP, RGPH 2024 (CC BY 4.0). Twiza is free software."),
    )
