"""A few orders on their way, so that every screen and every phone has something to say."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.demo.cooperatives import Seller
from twiza.domain.catalogue.models import Variant
from twiza.domain.orders.models import Order, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    Address,
    accept_order,
    confirm_group,
    decline_order,
    hand_over_order,
    keep_address,
    mark_order_ready,
    place_order,
    put_in_cart,
    record_delivery,
    record_missed_delivery,
    record_refusal,
    start_cart,
)
from twiza.domain.storefronts.models import Storefront
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import acting_through
from twiza.foundation.places.selectors import get_commune
from twiza.kit.clock import today

CASABLANCA = "06.141.01.0"


class Buying:
    """Somebody buys in a storefront, the cooperatives answer."""

    def __init__(self, buyer: User, storefront: Storefront, sellers: Mapping[str, Seller]) -> None:
        self._buyer = buyer
        self._storefront = storefront
        self._sellers = sellers

    def order(self, *codes: str, pieces: int = 1) -> OrderGroup:
        """So many of the first product of each of these cooperatives, sent to Casablanca."""
        commune = get_commune(CASABLANCA)
        if commune is None or self._buyer.phone is None:
            raise LookupError(CASABLANCA)
        cart = start_cart(language="fr", buyer=self._buyer)
        for variant in (first_size_of(self._sellers[code]) for code in codes):
            put_in_cart(cart, variant.pk, pieces, self._storefront)
        address = Address(self._buyer.name, self._buyer.phone, commune, "Maârif, près de la mosquée Al Amal")
        keep_address(cart, address, language="fr")
        with acting_through("web"):
            return place_order(cart, expected_total_centimes=basket_of(cart).total_centimes, buyer=self._buyer)

    def tell_the_story(self) -> None:
        """One order at each step of the way."""
        delivered = self.order("zafrane")
        confirm_group(delivered)
        self._go(delivered, "zafrane", "delivered")
        under_way = self.order("nahla", "keskas", "jben")
        confirm_group(under_way)
        self._go(under_way, "nahla", "sent")
        self._go(under_way, "keskas", "ready")
        self._go(under_way, "jben", "declined")
        refused = self.order("nahla")
        confirm_group(refused)
        self._go(refused, "nahla", "refused")
        self.order("zafrane", "taghart", "zrabi")

    def delivered(self, code: str) -> Order:
        """An order of this cooperative that arrived."""
        group = self.order(code)
        confirm_group(group)
        self._go(group, code, "delivered")
        return group.orders.select_related("fulfilment").get()

    def _go(self, group: OrderGroup, code: str, until: str) -> None:
        seller = self._sellers[code]
        order = Order.objects.get(group=group, cooperative=seller.cooperative)
        with acting_through("sms"):
            if until == "declined":
                decline_order(order, by=seller.president, reason="plus de fromage cette semaine")
                return
            accept_order(order, by=seller.president)
            mark_order_ready(order, by=seller.president)
            if until in {"sent", "delivered", "refused"}:
                hand_over_order(order, by=seller.president, tracking="LD000000001MA")
            if until == "delivered":
                record_delivery(order, by=seller.president)
            if until == "refused":
                record_missed_delivery(order, reason="nobody_home", on=today(), by=seller.president)
                record_refusal(order, reason="never_taken", by=seller.president)


def first_size_of(seller: Seller) -> Variant:
    """What it put on sale first."""
    return Variant.objects.filter(product__cooperative=seller.cooperative, product__state="published").order_by("pk")[0]
