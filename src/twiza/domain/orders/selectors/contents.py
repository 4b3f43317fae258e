"""What a basket holds and costs, as plain values: lines, the package of each cooperative, and the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.catalogue.rules import Buying
from twiza.domain.delivery.carrier import DeliveryOption
from twiza.domain.directory.models import Organisation
from twiza.domain.orders.models import Coupon
from twiza.domain.orders.rules import NO_DISCOUNT, Discount, most_charged
from twiza.domain.storefronts.models import GiftBasket, Storefront
from twiza.kit.errors import DomainError


@dataclass(frozen=True)
class BasketGift:
    """So many of an operator's gift basket, bought as one thing."""

    gift_basket: GiftBasket
    quantity: int
    was_centimes: int
    trouble: DomainError | None = None  # why it is not sold today, whatever is on the shelves

    @property
    def key(self) -> str:
        return str(self.gift_basket.pk)

    @property
    def total_centimes(self) -> int:
        return self.quantity * self.gift_basket.price_centimes

    @property
    def price_changed(self) -> bool:
        return self.was_centimes != self.gift_basket.price_centimes


@dataclass(frozen=True)
class BasketLine:
    variant: Variant
    product: Product
    storefront: Storefront
    is_sold_there: bool
    quantity: int
    was_centimes: int
    buying: Buying
    left_here: int | None = None  # what the storefront's quota leaves, after the lines before this one
    discount: Discount = NO_DISCOUNT
    part_of: GiftBasket | None = None
    instead_of: Variant | None = None  # what the gift basket holds in its place, and is gone
    altogether: int = 0  # of this size, in every line of the basket

    @property
    def left(self) -> int:
        """So many can be had in the way it can be bought today."""
        return self.buying.most

    @property
    def place(self) -> tuple[int, int]:
        """Through which storefront which product is bought: what a quota is said of."""
        return self.storefront.pk, self.product.pk

    @property
    def is_beyond_quota(self) -> bool:
        return self.left_here is not None and self.quantity > self.left_here

    @property
    def promise(self) -> str:
        """What the buyer is told of when it leaves, for machines to compare."""
        return f"{self.key}:{self.buying.way}:{self.buying.ships_by or ''}"

    @property
    def price_centimes(self) -> int:
        """Of one: less from a number of pieces on, which gift baskets do not add to."""
        return self.variant.price_centimes if self.part_of else self.variant.price_for(self.quantity)

    @property
    def next_step(self) -> tuple[int, int] | None:
        """(how many more, centimes each then): where the next lower price begins."""
        further = [(least - self.quantity, price) for least, price in self.variant.prices_for_many if least > self.quantity]
        return None if self.part_of or not further else further[0]

    @property
    def total_centimes(self) -> int:
        return self.quantity * self.price_centimes

    @property
    def most_centimes(self) -> int:
        """What it costs at most: of what is weighed, what the buyer agrees to."""
        return most_charged(self.total_centimes) if self.variant.is_weighed else self.total_centimes

    @property
    def weight_grams(self) -> int:
        return self.quantity * self.variant.gross_weight_grams

    @property
    def volume_cm3(self) -> int:
        """What was measured of it; nothing for what nobody did."""
        return self.quantity * (self.variant.packed_cm3 or 0)

    @property
    def key(self) -> str:
        return f"{self.variant.pk}-{self.part_of.pk}" if self.part_of else str(self.variant.pk)

    @property
    def is_on_sale(self) -> bool:
        """Somewhere, if perhaps no more in the storefront it was put in from."""
        return self.product.is_on_sale and self.variant.retired_at is None

    @property
    def is_for_sale(self) -> bool:
        return self.is_on_sale and self.is_sold_there

    @property
    def is_enough(self) -> bool:
        return self.left >= max(self.quantity, self.altogether) and not self.is_beyond_quota

    @property
    def price_changed(self) -> bool:
        return self.was_centimes != self.variant.price_centimes


@dataclass(frozen=True)
class BasketPackage:
    """What one cooperative sends."""

    cooperative: Organisation
    lines: tuple[BasketLine, ...]
    options: tuple[DeliveryOption, ...] = ()
    wanted: str = ""
    least_centimes: int = 0  # the cooperative sends nothing that comes to less
    chosen: DeliveryOption | None = None
    free_from_centimes: int = 0  # from this amount on its buyer does not pay for sending; 0: always

    @property
    def items_centimes(self) -> int:
        return sum(line.total_centimes for line in self.lines)

    @property
    def delivery_centimes(self) -> int:
        return self.chosen.total_centimes if self.chosen else 0

    @property
    def discount_centimes(self) -> int:
        return sum(line.discount.centimes for line in self.lines)

    @property
    def total_centimes(self) -> int:
        return self.items_centimes + self.delivery_centimes - self.discount_centimes

    @property
    def promise(self) -> str:
        """What the buyer is told of the days on which it comes, by each of the ways offered, for machines to compare."""
        return ",".join(f"{option.code}:{option.arrives_until}" for option in self.options if option.arrives_until)

    @property
    def missing_centimes(self) -> int:
        """So much more has to be in it before the cooperative sends it. Its part of a gift basket it agreed to send."""
        if any(line.part_of for line in self.lines):
            return 0
        return max(self.least_centimes - self.items_centimes, 0)

    @property
    def missing_for_free_centimes(self) -> int:
        """So much more and its buyer does not pay for sending. Nothing when it is free, or never is."""
        return max(self.free_from_centimes - self.items_centimes, 0)

    @property
    def is_sent_free(self) -> bool:
        return 0 < self.free_from_centimes <= self.items_centimes

    @property
    def storefront(self) -> Storefront | None:
        """The one storefront in which all of it was chosen."""
        storefronts = {line.storefront.pk: line.storefront for line in self.lines}
        return next(iter(storefronts.values())) if len(storefronts) == 1 else None

    @property
    def weight_grams(self) -> int:
        return sum(line.weight_grams for line in self.lines)

    @property
    def volume_cm3(self) -> int:
        return sum(line.volume_cm3 for line in self.lines)

    @property
    def operator_id(self) -> int | None:
        """Whose table of prices holds: the operator in whose storefronts all of it was chosen."""
        operators = {line.storefront.operator_id for line in self.lines}
        return operators.pop() if len(operators) == 1 else None

    @property
    def ships_by(self) -> date | None:
        """The package leaves when all of it is there: the latest day promised of a line, none when all is on the shelf."""
        return max((line.buying.ships_by for line in self.lines if line.buying.ships_by), default=None)


@dataclass(frozen=True)
class Basket:
    """What it holds, and by which ways of paying (codes) all of it can be had."""

    packages: tuple[BasketPackage, ...]
    payments: tuple[str, ...] = ()
    kept_until: datetime | None = None  # the checkout keeps something of it until then
    coupon: Coupon | None = None
    coupon_trouble: DomainError | None = None  # why it does not hold here, or not yet
    gifts: tuple[BasketGift, ...] = ()
    pay_with: str = ""  # the way chosen, or the first there is when that is not one of them

    @property
    def lines(self) -> tuple[BasketLine, ...]:
        return tuple(line for package in self.packages for line in package.lines)

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines if not line.part_of) + sum(gift.quantity for gift in self.gifts)

    @property
    def items_centimes(self) -> int:
        return sum(package.items_centimes for package in self.packages)

    @property
    def delivery_centimes(self) -> int:
        return sum(package.delivery_centimes for package in self.packages)

    @property
    def discount_centimes(self) -> int:
        return sum(package.discount_centimes for package in self.packages)

    @property
    def gift_discount_centimes(self) -> int:
        """What its gift baskets cost less than what is in them."""
        return sum(line.discount.centimes for line in self.lines if line.part_of)

    @property
    def coupon_discount_centimes(self) -> int:
        return self.discount_centimes - self.gift_discount_centimes

    @property
    def total_centimes(self) -> int:
        return self.items_centimes + self.delivery_centimes - self.discount_centimes

    @property
    def most_centimes(self) -> int:
        """What it comes to at most, once what is weighed is on the scales."""
        return self.total_centimes + sum(line.most_centimes - line.total_centimes for line in self.lines)

    @property
    def is_sent_free(self) -> bool:
        """How each package is brought is known, and none of them costs anything."""
        return bool(self.packages) and all(package.chosen and not package.delivery_centimes for package in self.packages)

    @property
    def promises(self) -> str:
        """Changes whenever something leaves in another way, or leaves or comes on another day, or in another's place, than was
        shown."""
        said = [line.promise for line in self.lines if line.buying.ships_by or line.instead_of]
        return ";".join([*said, *(package.promise for package in self.packages if package.promise)])

    @property
    def can_be_ordered(self) -> bool:
        if any(gift.trouble for gift in self.gifts):
            return False
        return bool(self.packages) and all(line.is_for_sale and line.is_enough for line in self.lines) and not self.too_small

    @property
    def too_small(self) -> tuple[BasketPackage, ...]:
        """The packages to which something is missing before they are sent."""
        return tuple(package for package in self.packages if package.missing_centimes)
