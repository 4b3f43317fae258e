"""Offering a coupon, using one, and ending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import answers_for, manages
from twiza.domain.orders.errors import CouponCodeUnreadable, CouponNotWaiting, CouponTaken, CouponUnknown
from twiza.domain.orders.locking import lock_coupon, lock_open_cart
from twiza.domain.orders.models import Cart, Coupon
from twiza.domain.orders.models.coupon import MOST_CODE_LETTERS
from twiza.domain.orders.rules import may_offer_coupon
from twiza.domain.orders.selectors.coupons import coupon_with, folded_code, trouble_with
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors import cooperatives_shown_in
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit import clock
from twiza.kit.errors import NotFound

FEWEST_CODE_LETTERS = 3


@dataclass(frozen=True)
class CouponTerms:
    """What it takes off (a percentage, or centimes), and within which limits. None is no limit."""

    percent_off: int | None = None
    centimes_off: int | None = None
    least_centimes: int = 0
    most_uses: int | None = None
    most_uses_per_phone: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def offer_coupon(
    typed: str,
    terms: CouponTerms,
    *,
    by: User | None,
    cooperative: Organisation | None = None,
    storefront: Storefront | None = None,
    cooperative_percent: int = 100,
) -> Coupon:
    """Whoever knows the code pays less. What a cooperative bears alone holds at once, a share asked of it once it agreed.

    `by` None is the operator of the installation. Raises CouponCodeUnreadable, CouponTaken; NotFound when `by` may not offer it.
    """
    if by is not None and not may_offer_coupon(by, cooperative, cooperative_percent):
        raise NotFound
    is_asked = cooperative_percent > 0 and (by is None or by.is_staff)
    return _keep(
        typed, terms, by, is_asked, cooperative=cooperative, storefront=storefront, cooperative_percent=cooperative_percent
    )


@transaction.atomic
def offer_store_coupon(
    storefront: Storefront,
    typed: str,
    terms: CouponTerms,
    *,
    by: User,
    cooperative: Organisation | None = None,
    cooperative_percent: int = 0,
) -> Coupon:
    """Whoever buys in this storefront pays less by it, of one cooperative or of all. Its operator bears it, less the share
    asked of that cooperative: with a share it holds once the cooperative agreed.

    Raises CouponCodeUnreadable, CouponTaken; NotFound when `by` does not decide for the operator, or the storefront shows
    nothing of the cooperative.
    """
    operator = storefront.operator
    if operator is None or not manages(by, operator):
        raise NotFound
    if cooperative is not None and not cooperatives_shown_in(storefront).filter(pk=cooperative.pk).exists():
        raise NotFound
    share = cooperative_percent if cooperative is not None else 0
    of = {"cooperative": cooperative, "storefront": storefront, "cooperative_percent": share, "borne_by": operator}
    return _keep(typed, terms, by, share > 0, **of)


def _keep(typed: str, terms: CouponTerms, by: User | None, is_asked: bool, **of: object) -> Coupon:
    code = folded_code(typed)
    if not FEWEST_CODE_LETTERS <= len(code) <= MOST_CODE_LETTERS:
        raise CouponCodeUnreadable
    coupon, is_new = Coupon.objects.get_or_create(
        code=code,
        defaults={
            "percent_off": terms.percent_off,
            "centimes_off": terms.centimes_off,
            "least_centimes": terms.least_centimes,
            "most_uses": terms.most_uses,
            "most_uses_per_phone": terms.most_uses_per_phone,
            "valid_from": terms.valid_from or clock.today(),
            "valid_until": terms.valid_until,
            **of,
            "agreed_at": None if is_asked else clock.now(),
            "offered_by": by,
        },
    )
    if not is_new:
        raise CouponTaken(code=code)
    _remember("orders.coupon_offered", coupon, by)
    return coupon


@transaction.atomic
def agree_to_coupon(coupon: Coupon, *, by: User) -> None:
    """The cooperative bears its share of it from now on. Raises CouponNotWaiting; NotFound."""
    coupon = _own(coupon, by)
    if coupon.agreed_at is not None or coupon.stopped_at is not None:
        raise CouponNotWaiting(code=coupon.code)
    coupon.agreed_at = clock.now()
    coupon.save(update_fields=["agreed_at"])
    _remember("orders.coupon_agreed", coupon, by)


@transaction.atomic
def stop_coupon(coupon: Coupon, *, by: User) -> None:
    """Nobody orders with it any more; what was ordered stays as it was. Its cooperative or the operator that bears it ends it.

    Stopped twice, the first time counts. Raises NotFound.
    """
    coupon = _of_either(coupon, by)
    if coupon.stopped_at is None:
        coupon.stopped_at = clock.now()
        coupon.save(update_fields=["stopped_at"])
        _remember("orders.coupon_stopped", coupon, by)


@transaction.atomic
def use_coupon(cart: Cart, typed: str) -> Coupon:
    """The basket costs less by this coupon, as soon as what it is for is in it. Another one is replaced.

    Raises CouponUnknown, CouponNotYet, CouponOver, CouponUsedUp, CouponUsedByYou, BasketOrdered.
    """
    cart = lock_open_cart(cart.pk)
    coupon = coupon_with(typed)
    if coupon is None:
        raise CouponUnknown(typed=typed.strip()[:MOST_CODE_LETTERS])
    trouble = trouble_with(coupon, cart.buyer_phone)
    if trouble is not None:
        raise trouble
    cart.coupon = coupon
    cart.save(update_fields=["coupon"])
    return coupon


@transaction.atomic
def drop_coupon(cart: Cart) -> None:
    """The basket is without coupon. Raises BasketOrdered."""
    cart = lock_open_cart(cart.pk)
    cart.coupon = None
    cart.save(update_fields=["coupon"])


def _own(coupon: Coupon, by: User) -> Coupon:
    locked = lock_coupon(coupon.pk)
    if locked.cooperative is None or not answers_for(by, locked.cooperative):
        raise NotFound
    return locked


def _of_either(coupon: Coupon, by: User) -> Coupon:
    locked = lock_coupon(coupon.pk)
    if locked.borne_by is not None and manages(by, locked.borne_by):
        return locked
    return _own(coupon, by)


def _remember(action: str, coupon: Coupon, by: User | None) -> None:
    behalf = f"organisation:{coupon.cooperative_id}" if coupon.cooperative_id else ""
    borne = {"code": coupon.code, "cooperative_percent": coupon.cooperative_percent}
    record(action, subject=f"coupon:{coupon.pk}", by=by, on_behalf_of=behalf, details=borne)
