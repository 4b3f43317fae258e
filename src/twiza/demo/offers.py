"""What makes the storefront of the story a good place to buy: gift baskets, prices for many, sending that costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from twiza.demo.cooperatives import Seller
from twiza.demo.orders import first_size_of
from twiza.domain.catalogue.services.pricing_many import price_many
from twiza.domain.storefronts.models import GiftBasket, Storefront
from twiza.domain.storefronts.selectors.gift_baskets import shares_asked_of, sizes_to_send_instead
from twiza.domain.storefronts.services.free_delivery import announce_free_delivery, bear_free_delivery
from twiza.domain.storefronts.services.gift_baskets import GiftBasketDetails, Part, agree_to_share, compose_gift_basket
from twiza.foundation.accounts.models import User
from twiza.kit.clock import today

FEAST = GiftBasketDetails("Panier de fête", "سلة العيد", (), name_en="Feast-day basket")
TEA = GiftBasketDetails("Panier du goûter", "سلة الشاي", (), name_en="Tea-time basket")
FEAST_OF, TEA_OF = ("nahla", "keskas", "baraka"), ("louz", "karma", "nissae")
TEA_AGREED = ("louz", "karma")
# Who has something of the same worth to send when its part is gone.
HAVE_ANOTHER = ("nahla", "keskas")
# Ten and fifteen out of a hundred less, from so many on.
STEPS = ((6, 90), (12, 85))
PRICED_FOR_MANY = ("nahla", "keskas", "louz")
FREE_FROM_CENTIMES, BORNE_PERCENT = 300_00, 40
BEARERS = ("nahla", "keskas", "baraka")
WHOLE_DIRHAM = 100


def make_offers(souk: Storefront, youssef: User, sellers: Mapping[str, Seller]) -> None:
    """One gift basket is sold and one waits for a cooperative; three products cost less by the dozen; from tomorrow on sending
    is free above an amount."""
    for code in PRICED_FOR_MANY:
        _price_by_the_dozen(sellers[code])
    _agree(_compose(souk, FEAST, FEAST_OF, youssef, sellers), FEAST_OF, sellers)
    _agree(_compose(souk, TEA, TEA_OF, youssef, sellers), TEA_AGREED, sellers)
    free = announce_free_delivery(
        souk,
        valid_from=today() + timedelta(days=1),
        least_centimes=FREE_FROM_CENTIMES,
        cooperative_percent=BORNE_PERCENT,
        by=youssef,
    )
    for code in BEARERS:
        bear_free_delivery(sellers[code].cooperative, free.pk, by=sellers[code].president)


def _price_by_the_dozen(seller: Seller) -> None:
    size = first_size_of(seller)
    steps = [(pieces, size.price_centimes * percent // 100 // WHOLE_DIRHAM * WHOLE_DIRHAM) for pieces, percent in STEPS]
    price_many(size, steps, by=seller.president)


def _compose(
    souk: Storefront, basket: GiftBasketDetails, codes: tuple[str, ...], youssef: User, sellers: Mapping[str, Seller]
) -> GiftBasket:
    parts = tuple(Part(first_size_of(sellers[code]).pk, 1) for code in codes)
    details = GiftBasketDetails(basket.name_fr, basket.name_ar, parts, name_en=basket.name_en)
    return compose_gift_basket(souk, details, by=youssef)


def _agree(gift: GiftBasket, codes: tuple[str, ...], sellers: Mapping[str, Seller]) -> None:
    """Each of these sends its part; some name another one in its place."""
    for code in codes:
        seller = sellers[code]
        asked = next(one for one in shares_asked_of(seller.cooperative) if one.gift_basket.pk == gift.pk)
        instead = {pk: sizes[0].pk for pk, sizes in sizes_to_send_instead(asked).items() if sizes and code in HAVE_ANOTHER}
        share = sum(component.share_centimes for component in asked.components)
        agree_to_share(seller.cooperative, gift.pk, share, by=seller.president, instead=instead)
