"""Who may change a product (whoever speaks for its cooperative), which change is asked twice, and how it can be bought."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from twiza.domain.catalogue.models import Product, Way, Withdrawal
from twiza.domain.directory.rules import speaks_for
from twiza.foundation.accounts.models import User

SURPRISING_PERCENT = 30
# What nobody counts beforehand is bounded by what a basket holds.
MOST_MADE_TO_ORDER = 999


def may_edit(user: User, product: Product) -> bool:
    return speaks_for(user, product.cooperative)


def is_surprising_price(was_centimes: int, becomes_centimes: int) -> bool:
    """So far from the present price that a slip of the finger is likelier than a decision: it is asked again."""
    return abs(becomes_centimes - was_centimes) * 100 > was_centimes * SURPRISING_PERCENT


@dataclass(frozen=True)
class SaleTerms:
    """When and how a product is sold. No months: all year. At most one of the two others is said.

    `closed_until`: its cooperative takes no orders up to this day.
    """

    season_months: tuple[int, ...] = ()
    made_to_order_days: int | None = None
    preorder_ships_by: date | None = None
    closed_until: date | None = None

    def is_closed(self, day: date) -> bool:
        return self.closed_until is not None and day <= self.closed_until

    def is_season(self, day: date) -> bool:
        return not self.season_months or day.month in self.season_months

    def takes_reservations(self, day: date) -> bool:
        return self.preorder_ships_by is not None and day <= self.preorder_ships_by


@dataclass(frozen=True)
class Buying:
    """How so many of something can be bought on a day: `most` are had in this `way`, none when it cannot be.

    `ships_by` is what is promised with it; nothing for what is on the shelf and leaves at once.
    """

    way: str
    most: int
    ships_by: date | None = None
    is_out_of_season: bool = False
    closed_until: date | None = None

    @property
    def opens_again_on(self) -> date | None:
        """The first day on which a cooperative that is closed takes orders again."""
        return self.closed_until + timedelta(days=1) if self.closed_until else None

    @property
    def is_possible(self) -> bool:
        return self.most > 0

    @property
    def is_made_to_order(self) -> bool:
        return self.way == Way.MADE_TO_ORDER

    @property
    def is_preorder(self) -> bool:
        return self.way == Way.PREORDER


def terms_of(product: Product, closed_until: date | None = None) -> SaleTerms:
    """`closed_until` as its cooperative says it today."""
    return SaleTerms(tuple(product.season_months), product.made_to_order_days, product.preorder_ships_by, closed_until)


def how_it_can_be_bought(terms: SaleTerms, saleable: int, reservable: int, day: date, quantity: int = 1) -> Buying:
    """The one rule that pages, baskets and orders read.

    While its cooperative is closed: not at all. In its season: made to order when that is how it is made, else from the
    shelf while that holds `quantity`.
    What the shelf does not hold, or not yet, is reserved while reservations are taken, in any month.
    """
    if terms.is_closed(day):
        return Buying(Way.SHELF, 0, closed_until=terms.closed_until)
    in_season = terms.is_season(day)
    if terms.made_to_order_days and in_season:
        return Buying(Way.MADE_TO_ORDER, MOST_MADE_TO_ORDER, day + timedelta(days=terms.made_to_order_days))
    on_shelf = max(saleable, 0) if in_season and not terms.made_to_order_days else 0
    if on_shelf < quantity and reservable > on_shelf and terms.takes_reservations(day):
        return Buying(Way.PREORDER, reservable, terms.preorder_ships_by)
    return Buying(Way.SHELF, on_shelf, is_out_of_season=not in_season)


def at_most(buying: Buying, pieces: int | None) -> Buying:
    """The same, but never more than so many pieces; None leaves it as it is."""
    return buying if pieces is None or buying.most <= pieces else replace(buying, most=pieces)


def withdrawal_under(terms: SaleTerms, usual: str) -> str:
    """What is made for one buyer is not taken back; what perishes is not either way."""
    if terms.made_to_order_days and usual == Withdrawal.STANDARD:
        return Withdrawal.MADE_TO_ORDER
    return usual
