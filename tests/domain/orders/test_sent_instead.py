"""What is gone from a gift basket is sent as its cooperative said, for the same share, and the buyer reads it first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.domain.orders.test_gift_baskets import cart_with_gift, place, refused
from tests.gift_baskets import PRICE_CENTIMES, agree, compose
from twiza.domain.catalogue.forms import VariantDetails
from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services import add_variant
from twiza.domain.inventory.errors import OutOfStock
from twiza.domain.inventory.selectors import stock_faults, what_is_left
from twiza.domain.inventory.services import count_stock, receive_stock
from twiza.domain.orders.errors import PromiseChanged
from twiza.domain.orders.models import OrderGroup, OrderLine
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import begin_checkout, place_order
from twiza.domain.storefronts.errors import NotInItsPlace
from twiza.domain.storefronts.models import GiftBasket
from twiza.domain.storefronts.selectors import shares_asked_of
from twiza.domain.storefronts.services import agree_to_share, send_nothing_instead


def jar_of(market, price_centimes: int, pieces: int = 5) -> Variant:
    """Another honey of Mina's."""
    details = VariantDetails(Decimal(400), "g", price_centimes, name_fr="Autre miel", name_ar="عسل آخر")
    size = add_variant(market.honey.product, details, by=market.mina)
    receive_stock(size.pk, pieces, by=market.mina)
    return size


def compose_with(market, size: Variant) -> GiftBasket:
    gift = compose(market)
    agree(market, market.fatima, market.hajja)
    say_instead(market, gift, size)
    return gift


def say_instead(market, gift: GiftBasket, size: Variant) -> None:
    share = shares_asked_of(market.honey_cooperative)[0].share_centimes
    part = gift.components.get(variant=market.honey)
    agree_to_share(market.honey_cooperative, gift.pk, share, by=market.mina, instead={part.pk: size.pk})


def test_what_is_gone_is_sent_as_its_cooperative_said_for_the_same_share(market):
    other = jar_of(market, 11_000)
    gift = compose_with(market, other)
    cart = cart_with_gift(market, gift)
    assert [line.instead_of for line in basket_of(cart).lines] == [None, None, None]
    count_stock(market.honey.pk, 0, by=market.mina)

    begin_checkout(cart)
    group = place(cart)

    line = OrderLine.objects.get(order__cooperative=market.honey_cooperative)
    assert (line.variant, line.quantity, line.part_of) == (other, 1, "Panier du Souss")
    assert line.total_centimes - line.discount_centimes == 9897
    assert group.items_centimes - group.discount_centimes == PRICE_CENTIMES
    assert what_is_left([other.pk])[other.pk].saleable == 4
    assert stock_faults() == (4, [])


def test_nobody_orders_another_honey_than_was_read(market):
    cart = cart_with_gift(market, compose_with(market, jar_of(market, 11_000)))
    read = basket_of(cart)
    count_stock(market.honey.pk, 0, by=market.mina)

    with pytest.raises(PromiseChanged):
        place_order(cart, expected_total_centimes=read.total_centimes, expected_promises=read.promises)

    assert not OrderGroup.objects.exists()


def test_what_costs_less_than_the_share_stands_in_nobodys_place(market):
    cheap = jar_of(market, 9_000)
    gift = compose(market)

    with pytest.raises(NotInItsPlace):
        say_instead(market, gift, cheap)

    assert gift.components.get(variant=market.honey).agreed_at is None


def test_when_both_are_gone_or_the_operator_wants_nothing_else_it_is_not_sold(market):
    other = jar_of(market, 11_000, pieces=1)
    gift = compose_with(market, other)
    count_stock(market.honey.pk, 0, by=market.mina)
    count_stock(other.pk, 0, by=market.mina)
    assert refused(market, gift) is OutOfStock

    count_stock(other.pk, 5, by=market.mina)
    send_nothing_instead(gift, gift.components.get(variant=market.honey).pk, by=market.youssef)
    assert refused(market, gift) is OutOfStock


def test_the_page_says_it_beforehand_and_once_it_is_so(market, client):
    gift = compose_with(market, jar_of(market, 11_000))
    address = f"/fr/stores/souk-khouribga/gifts/{gift.slug}/"
    assert "est épuisé, la coopérative envoie" in client.get(address).content.decode()

    count_stock(market.honey.pk, 0, by=market.mina)

    page = client.get(address).content.decode()
    assert "À la place de Miel de thym" in page
    assert "Mettre dans le panier" in page
