"""What is posted for a sale that was delivered, and for what goes back of it."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.domain.ledger.rules.commission import Commission
from twiza.domain.ledger.rules.lines import (
    BUYERS,
    COMMISSION,
    VAT,
    Lines,
    Owner,
    borne_by,
    entry_of,
    payable_to,
    received_through,
)


@dataclass(frozen=True)
class OrderSums:
    """What an order came to, in centimes, as it was sent: real weights, without what was not there."""

    order_id: int
    cooperative_id: int
    items_centimes: int
    delivery_centimes: int
    discount_centimes: int = 0
    cooperative_discount_centimes: int = 0
    free_delivery_centimes: int = 0  # borne for its sending by whoever runs the storefront
    operator_id: int | None = None

    @property
    def paid_centimes(self) -> int:
        """By the buyer."""
        return self.items_centimes + self.delivery_centimes - self.discount_centimes

    @property
    def borne_centimes(self) -> int:
        """What of the discounts the market bears."""
        return self.discount_centimes - self.cooperative_discount_centimes

    def base_centimes(self, *, includes_delivery: bool) -> int:
        """Of which a share is kept: what the cooperative has for the goods, and for their delivery when that counts."""
        goods = self.items_centimes - self.cooperative_discount_centimes
        return goods + (self.delivery_centimes + self.free_delivery_centimes if includes_delivery else 0)


def delivered(sums: OrderSums, kept: Commission) -> Lines:
    """What the buyer paid, and what others bear of it, is the cooperative's, less what the market keeps."""
    earned = sums.paid_centimes + sums.borne_centimes + sums.free_delivery_centimes - kept.total_centimes
    return entry_of(
        (BUYERS, sums.paid_centimes),
        (borne_by(None), sums.borne_centimes),
        (borne_by(sums.operator_id), sums.free_delivery_centimes),
        (payable_to(sums.cooperative_id), -earned),
        (COMMISSION, -kept.centimes),
        (VAT, -kept.vat_centimes),
    )


@dataclass(frozen=True)
class Back:
    """What goes back of an order after it was delivered: to the buyer, and what the market bore of it."""

    cooperative_id: int
    centimes: int
    borne_centimes: int
    kept: Commission


def given_back_by_market(back: Back, provider: str) -> Lines:
    """The market gave it back where the money had come in; the cooperative did not earn it, and the market not its share."""
    return entry_of(*_taken_back(back), (received_through(provider), -back.centimes))


def given_back_by_cooperative(back: Back) -> Lines:
    """The cooperative gave it back itself: it has the market's share of that back."""
    return entry_of(*_taken_back(back), (payable_to(back.cooperative_id), -back.centimes))


def _taken_back(back: Back) -> tuple[tuple[Owner, int], ...]:
    earned = back.centimes + back.borne_centimes - back.kept.total_centimes
    return (
        (payable_to(back.cooperative_id), earned),
        (COMMISSION, back.kept.centimes),
        (VAT, back.kept.vat_centimes),
        (borne_by(None), -back.borne_centimes),
    )
