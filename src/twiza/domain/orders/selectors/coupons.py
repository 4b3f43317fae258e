"""Which coupon holds, for whom, and how often it was used."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from twiza.domain.directory.models import Organisation
from twiza.domain.orders import errors
from twiza.domain.orders.models import Coupon, Order, OrderGroup, OrderLine
from twiza.kit import clock
from twiza.kit.errors import DomainError, NotFound
from twiza.kit.folding import fold


def folded_code(typed: str) -> str:
    """As a code is kept: in capitals and Western digits, however it was typed."""
    return "".join(letter for letter in fold(typed).upper() if letter.isalnum())


def coupon_with(typed: str) -> Coupon | None:
    """The coupon of this code, whether or not it holds today."""
    code = folded_code(typed)
    return Coupon.objects.select_related("cooperative", "storefront").filter(code=code).first() if code else None


def trouble_with(coupon: Coupon, phone: str = "") -> DomainError | None:
    """Why nobody, or not this phone, may use it now; None when it holds. What is in a basket is asked elsewhere."""
    if coupon.agreed_at is None:
        return errors.CouponUnknown(typed=coupon.code)
    if clock.today() < coupon.valid_from:
        return errors.CouponNotYet(code=coupon.code, day=date_format(coupon.valid_from))
    if coupon.is_over(clock.today()):
        return errors.CouponOver(code=coupon.code)
    used = _uses_of(coupon, phone)
    if coupon.most_uses is not None and used["all"] >= coupon.most_uses:
        return errors.CouponUsedUp(code=coupon.code)
    if phone and coupon.most_uses_per_phone is not None and used["own"] >= coupon.most_uses_per_phone:
        return errors.CouponUsedByYou(code=coupon.code)
    return None


def what_it_is_for(coupon: Coupon) -> str:
    """In words; nothing when it is for everything. Select its cooperative and storefront."""
    if coupon.cooperative is not None:
        return coupon.cooperative.name
    return coupon.storefront.name if coupon.storefront is not None else _("everything")


def coupons_of(cooperative: Organisation) -> Sequence[Coupon]:
    """Every coupon of what it sells, the newest first, each with `uses`. Ask for the cooperative through the viewer first."""
    live = Count("groups", filter=~Q(groups__status=OrderGroup.Status.CANCELLED))
    return list(Coupon.objects.filter(cooperative=cooperative).select_related("storefront").annotate(uses=live))


def coupon_of(cooperative: Organisation, coupon_id: int) -> Coupon:
    """Ask for the cooperative through the viewer first. Raises NotFound."""
    coupon = Coupon.objects.filter(cooperative=cooperative, pk=coupon_id).first()
    if coupon is None:
        raise NotFound
    return coupon


def borne_by_twiza(cooperative: Organisation) -> int:
    """What buyers paid less for parcels they have, and the cooperative does not bear, in centimes: Twiza owes it."""
    lines = OrderLine.objects.filter(order__cooperative=cooperative, order__status=Order.Status.CLOSED, discount_centimes__gt=0)
    sums = lines.aggregate(off=Sum("discount_centimes"), own=Sum("cooperative_discount_centimes"))
    return (sums["off"] or 0) - (sums["own"] or 0)


def _uses_of(coupon: Coupon, phone: str) -> dict[str, int]:
    """By all, and by this phone. An order of which every part was declined is no use of it."""
    groups = OrderGroup.objects.filter(coupon=coupon).exclude(status=OrderGroup.Status.CANCELLED)
    return groups.aggregate(all=Count("pk"), own=Count("pk", filter=Q(buyer_phone=phone)))
