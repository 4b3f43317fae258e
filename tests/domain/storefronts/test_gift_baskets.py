"""Composing gift baskets: shares make the price exactly, and nobody's is more than she asks for by herself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gift_baskets import agree, compose, compose_agreed
from twiza.domain.storefronts import errors
from twiza.domain.storefronts.models import GiftBasket, GiftBasketComponent
from twiza.domain.storefronts.rules import shares_of_price
from twiza.domain.storefronts.selectors import gift_baskets_sold_in, shares_asked_of
from twiza.domain.storefronts.services import Part, agree_to_share, price_gift_basket
from twiza.kit import clock
from twiza.kit.errors import NotFound


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=12), st.data())
def test_shares_make_the_price_and_none_passes_its_own(by_themselves, data):
    price = data.draw(st.integers(1, sum(by_themselves)))

    shares = shares_of_price(price, by_themselves)

    assert sum(shares) == price
    assert all(0 <= share <= own for share, own in zip(shares, by_themselves, strict=True))


def test_a_basket_is_sold_once_everybody_agreed_to_her_share(market):
    gift = compose(market)
    shares = dict(GiftBasketComponent.objects.values_list("variant", "share_centimes"))
    assert shares == {market.saffron.pk: 6268, market.argan.pk: 7835, market.honey.pk: 9897}
    assert gift_baskets_sold_in(market.souk, clock.today()) == []

    agree(market)

    assert gift_baskets_sold_in(market.souk, clock.today()) == [gift]


def test_without_a_price_it_costs_what_is_in_it(market):
    assert compose(market, price_centimes=None).price_centimes == 29_100


def test_a_share_that_was_read_before_the_price_changed_is_not_agreed_to(market):
    gift = compose(market)
    (asked,) = shares_asked_of(market.honey_cooperative)
    price_gift_basket(gift, 20_000, by=market.youssef)

    with pytest.raises(errors.ShareChanged):
        agree_to_share(market.honey_cooperative, gift.pk, asked.share_centimes, by=market.mina)
    with pytest.raises(NotFound):
        agree_to_share(market.honey_cooperative, gift.pk, 8247, by=market.karim)
    assert not GiftBasketComponent.objects.filter(agreed_at__isnull=False).exists()


def test_the_same_price_again_asks_nobody_again(market):
    gift = compose_agreed(market)

    price_gift_basket(gift, gift.price_centimes, by=market.youssef)

    assert gift_baskets_sold_in(market.souk, clock.today()) == [gift]


def test_what_makes_no_gift_basket_is_refused_and_none_is_there(market):
    saffron = Part(market.saffron.pk, 1)
    for parts, refusal in (
        ((saffron,), errors.BasketOfTooFew),
        ((saffron, saffron), errors.BasketOfTooFew),
        ((saffron, Part(10**9, 1)), NotFound),
    ):
        with pytest.raises(refusal):
            compose(market, parts=parts)
    for price, refusal in ((29_101, errors.DearerThanByItself), (1, errors.TooCheapForItsParts)):
        with pytest.raises(refusal):
            compose(market, price_centimes=price)
    assert not GiftBasket.objects.exists()
