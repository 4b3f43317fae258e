"""What is bought for somebody else: who receives it, and what the buyer writes to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from twiza.domain.orders.locking import lock_open_cart
from twiza.domain.orders.models import Cart
from twiza.kit.countries import HOME


@dataclass(frozen=True)
class Recipient:
    """`phone` in E.164: whoever brings the parcel calls it. `giver_country`: where whoever gives it lives, as `FR`."""

    name: str
    phone: str
    message: str = ""
    giver_country: str = HOME


NOBODY_ELSE = Recipient("", "")


@transaction.atomic
def keep_recipient(cart: Cart, recipient: Recipient) -> None:
    """The basket goes to this person; the buyer is still the one who is asked, told and answered. Raises BasketOrdered."""
    cart = lock_open_cart(cart.pk)
    cart.recipient_name, cart.recipient_phone, cart.gift_message = recipient.name, recipient.phone, recipient.message
    cart.buyer_country = recipient.giver_country
    cart.save(update_fields=["recipient_name", "recipient_phone", "gift_message", "buyer_country"])


def keep_it_oneself(cart: Cart) -> None:
    """The basket goes to its buyer. Raises BasketOrdered."""
    keep_recipient(cart, NOBODY_ELSE)
