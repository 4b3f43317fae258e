"""A gift basket of the three cooperatives, composed by Youssef and agreed to by everybody."""

from __future__ import annotations

from twiza.domain.storefronts.models import GiftBasket
from twiza.domain.storefronts.selectors import shares_asked_of
from twiza.domain.storefronts.services import (
    GiftBasketDetails,
    Part,
    agree_to_share,
    choose_cooperatives,
    compose_gift_basket,
)

PRICE_CENTIMES = 24_000  # of 3800 × 2 + 9500 + 12000 = 29100


def compose(market, price_centimes: int | None = PRICE_CENTIMES, **details) -> GiftBasket:
    """Two grams of saffron, an oil and a honey, waiting for everybody's yes."""
    choose_cooperatives(
        market.souk, [market.saffron_cooperative, market.argan_cooperative, market.honey_cooperative], by=market.youssef
    )
    parts = (Part(market.saffron.pk, 2), Part(market.argan.pk, 1), Part(market.honey.pk, 1))
    said = {"name_fr": "Panier du Souss", "name_ar": "سلة سوس", "parts": parts, "price_centimes": price_centimes, **details}
    return compose_gift_basket(market.souk, GiftBasketDetails(**said), by=market.youssef)


def agree(market, *people) -> None:
    """Each reads her share and says yes to it."""
    hers = {
        market.fatima: market.saffron_cooperative,
        market.hajja: market.argan_cooperative,
        market.mina: market.honey_cooperative,
    }
    for person in people or hers:
        for asked in shares_asked_of(hers[person]):
            agree_to_share(hers[person], asked.gift_basket.pk, asked.share_centimes, by=person)


def compose_agreed(market, **details) -> GiftBasket:
    gift = compose(market, **details)
    agree(market)
    return gift
