"""An account of the platform as tests have it: no such account exists."""

from __future__ import annotations

from twiza.domain.orders.models import Cart, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import choose_payment, place_order
from twiza.domain.payments.models import PaymentAttempt

ACCOUNT = {
    "PAYMENT_PROVIDERS": ["cash_on_delivery", "bank_transfer", "cmi"],
    "TRANSFER_HOLDER": "Twiza SARL",
    "TRANSFER_RIB": "230780202611230000001758",
    "TRANSFER_BANK": "CIH",
    "TRANSFER_DAYS": 5,
}


def by_transfer(market, *variants) -> OrderGroup:
    """These are ordered, to be paid by bank transfer."""
    cart = market.basket(*variants)
    choose_payment(cart, "bank_transfer")
    cart = Cart.objects.get(pk=cart.pk)
    return place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)


def reference_of(group: OrderGroup) -> str:
    """What its buyer writes on the transfer, without spaces."""
    return PaymentAttempt.objects.get(payment__reference=group.payment_reference).reference
