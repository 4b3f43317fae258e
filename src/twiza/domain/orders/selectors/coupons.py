"""Which coupon holds, for whom, and how often it was used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from twiza.domain.directory.models import Organisation
from twiza.domain.orders import errors
from twiza.domain.orders.models import Coupon, Order, OrderGroup, OrderLine
from twiza.domain.storefronts.models import Storefront
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
    return list(
        Coupon.objects.filter(cooperative=cooperative)
        .select_related("storefront", "borne_by__published_revision")
        .annotate(uses=live)
    )


@dataclass(frozen=True)
class StoreCoupon:
    """With how many orders used it, and what it cost its operator and cooperatives for parcels that buyers have, in centimes."""

    coupon: Coupon
    uses: int
    operator_centimes: int
    cooperative_centimes: int
    is_over: bool


def coupons_in(storefront: Storefront) -> list[StoreCoupon]:
    """Those its operator offers there, the newest first. Ask for the storefront through the viewer first."""
    live = Count("groups", filter=~Q(groups__status=OrderGroup.Status.CANCELLED))
    offered = Coupon.objects.filter(storefront=storefront, borne_by__isnull=False)
    coupons = list(offered.select_related("cooperative__published_revision", "borne_by__published_revision").annotate(uses=live))
    lines = OrderLine.objects.filter(
        order__group__coupon__in=[coupon.pk for coupon in coupons], order__status=Order.Status.CLOSED, gift_basket__isnull=True
    )
    sums = (
        lines.order_by()
        .values("order__group__coupon")
        .annotate(off=Sum("discount_centimes"), own=Sum("cooperative_discount_centimes"))
    )
    cost = {row["order__group__coupon"]: (row["off"] - row["own"], row["own"]) for row in sums}
    today = clock.today()
    return [StoreCoupon(coupon, coupon.uses, *cost.get(coupon.pk, (0, 0)), coupon.is_over(today)) for coupon in coupons]


def coupon_in(storefront: Storefront, code: str) -> Coupon:
    """Ask for the storefront through the viewer first. Raises NotFound."""
    coupon = Coupon.objects.filter(storefront=storefront, borne_by__isnull=False, code=code).first()
    if coupon is None:
        raise NotFound
    return coupon


def coupons_to_agree_to(cooperative: Organisation) -> int:
    """How many that still could be used wait for its yes. Ask for the cooperative through the viewer first."""
    waiting = Coupon.objects.filter(cooperative=cooperative, agreed_at__isnull=True, stopped_at__isnull=True)
    return waiting.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=clock.today())).count()


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
