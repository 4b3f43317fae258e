"""Selling at the stall, taking a sale back, and counting after pieces were missing. Each is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce

from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.catalogue.services import MOST_PRICE_CENTIMES
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import speaks_for
from twiza.domain.inventory.services import count_stock, put_back_on_shelf, record_gone, sell_from_shelf
from twiza.domain.stalls.errors import (
    MomentNotPossible,
    NotSoldAnyMore,
    PriceOutOfLimits,
    TooLateToUndo,
    TooManyPieces,
    WeightMissing,
    WeightNotPlausible,
)
from twiza.domain.stalls.locking import lock_sale
from twiza.domain.stalls.models import StallSale, StallSaleLine
from twiza.domain.stalls.rules import (
    MOST_GRAMS,
    MOST_PIECES,
    OLDEST_SALE,
    charged_for,
    is_plausible_weight,
    may_still_be_undone,
    pieces_due,
    price_limits,
)
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.money import plain


@dataclass(frozen=True)
class Sold:
    """So many of a variant. `price_centimes` of one, None for the catalogue's, which is less from a number of pieces on.

    `grams` is what the scales said, of what is sold by weight; its pieces follow from it, and from what was sold by weight
    before, where 0 are named.
    """

    variant_id: int
    pieces: int = 0
    grams: int | None = None
    price_centimes: int | None = None


class Recorded(NamedTuple):
    """`is_new` is False when the same sale was recorded before: then nothing moved now."""

    sale: StallSale
    is_new: bool


@transaction.atomic
def sell_at_stall(
    cooperative: Organisation, key: uuid.UUID, sold: Sequence[Sold], *, by: User, door: str = StallSale.Door.STALL
) -> Recorded:
    """The buyer paid and left with it: it is not on the shelf any more. The same key sells once.

    Raises NotFound when `by` does not speak for the cooperative or it does not sell this, OutOfStock, PriceOutOfLimits,
    NotSoldAnyMore, WeightMissing, WeightNotPlausible, TooManyPieces: then nothing is sold.
    """
    sale, is_new = _opened(cooperative, key, by=by, door=door, sold_at=None)
    if is_new:
        lines = [_line(cooperative, one, _check_for_sale) for one in sold]
        _write(sale, lines)
        for line in sorted(lines, key=lambda line: line.variant_id):
            if line.pieces:
                sell_from_shelf(line.variant_id, line.pieces, reference=line.reference, by=by)
        _remember("stalls.sell", sale, by)
    return Recorded(sale, is_new)


@transaction.atomic
def record_till_sale(cooperative: Organisation, key: uuid.UUID, sold: Sequence[Sold], sold_at: datetime, *, by: User) -> Recorded:
    """What a phone sold while it had no network is written down as it happened: the jar is gone, whatever the count says.

    Pieces that the count did not have are remembered as missing, until somebody counts. The same key is recorded once.
    Raises NotFound, MomentNotPossible, PriceOutOfLimits, WeightMissing, WeightNotPlausible, TooManyPieces.
    """
    if not clock.now() - OLDEST_SALE <= sold_at <= clock.now() + timedelta(days=1):
        raise MomentNotPossible
    sale, is_new = _opened(cooperative, key, by=by, door=StallSale.Door.TILL, sold_at=min(sold_at, clock.now()))
    if is_new:
        lines = [_line(cooperative, one, _check_was_paid) for one in sold]
        _write(sale, lines)
        for line in sorted(lines, key=lambda line: line.variant_id):
            if line.pieces:
                line.missing_pieces = record_gone(line.variant_id, line.pieces, reference=line.reference, by=by)
                line.save(update_fields=["missing_pieces"])
        _remember("stalls.record_till_sale", sale, by)
    return Recorded(sale, is_new)


@transaction.atomic
def take_back_sale(sale: StallSale, *, by: User) -> StallSale:
    """The sale did not happen: what left is on the shelf again, in its lots. Taking it back again changes nothing.

    Raises NotFound when `by` does not speak for the cooperative, TooLateToUndo after ten minutes.
    """
    _refuse_strangers(by, sale.cooperative)
    sale = lock_sale(sale.pk)
    if sale.is_undone:
        return sale
    if not may_still_be_undone(sale.recorded_at):
        raise TooLateToUndo
    for line in sale.lines.order_by("variant_id"):
        put_back_on_shelf(line.variant_id, reference=line.reference, by=by)
    sale.undone_at, sale.undone_by = clock.now(), by
    sale.save(update_fields=["undone_at", "undone_by"])
    _remember("stalls.take_back_sale", sale, by)
    return sale


@transaction.atomic
def count_after_shortage(cooperative: Organisation, variant: Variant, on_hand: int, *, by: User) -> None:
    """Somebody counted what is really there after more was sold than the count had: nothing is missing any more.

    Raises NotFound; PromisedMore when buyers were promised more than was counted.
    """
    _refuse_strangers(by, cooperative)
    count_stock(variant.pk, on_hand, by=by)
    missing = StallSaleLine.objects.filter(sale__cooperative=cooperative, variant=variant, missing_pieces__gt=0, counted_at=None)
    missing.update(counted_at=clock.now())


def _opened(
    cooperative: Organisation, key: uuid.UUID, *, by: User, door: str, sold_at: datetime | None
) -> tuple[StallSale, bool]:
    _refuse_strangers(by, cooperative)
    now = clock.now()
    sale = StallSale(
        cooperative=cooperative, key=key, by=by, door=door, sold_at=sold_at or now, recorded_at=now, total_centimes=0
    )
    # Whoever sends the same key at this moment waits here until this sale is written, or refused.
    try:
        with transaction.atomic():
            sale.save()
    except IntegrityError:
        return StallSale.objects.get(cooperative=cooperative, key=key), False
    return sale, True


def _line(cooperative: Organisation, sold: Sold, check: Callable[[Variant, int, int], None]) -> StallSaleLine:
    """What it comes to, not saved yet."""
    variants = Variant.objects.select_related("product").filter(pk=sold.variant_id, product__cooperative=cooperative)
    variant = variants.first()
    if variant is None:
        raise NotFound
    usual = variant.price_centimes if variant.is_weighed else variant.price_for(sold.pieces)
    price = usual if sold.price_centimes is None else sold.price_centimes
    check(variant, price, usual)
    amount = _amount(variant, sold)
    total = price * amount.pieces if amount.grams is None else charged_for(price, variant.net_content, amount.grams)
    return StallSaleLine(
        variant=variant,
        pieces=amount.pieces,
        grams=amount.grams,
        is_worked_out=amount.is_worked_out,
        price_centimes=price,
        catalogue_centimes=usual,
        total_centimes=total,
        was_retired=_is_retired(variant),
    )


class _Amount(NamedTuple):
    """`grams` only of what is sold by weight; `is_worked_out` when the pieces follow from it."""

    pieces: int
    grams: int | None = None
    is_worked_out: bool = False


def _amount(variant: Variant, sold: Sold) -> _Amount:
    if not variant.is_weighed:
        return _Amount(_counted(sold.pieces))
    if sold.grams is None:
        raise WeightMissing(product=str(variant.product))
    if not 0 < sold.grams <= MOST_GRAMS:
        raise WeightNotPlausible(pieces=sold.pieces)
    if not sold.pieces:
        return _Amount(_counted(_pieces_due(variant, sold.grams), least=0), sold.grams, is_worked_out=True)
    if not is_plausible_weight(sold.grams, _counted(sold.pieces), variant.net_content):
        raise WeightNotPlausible(pieces=sold.pieces)
    return _Amount(sold.pieces, sold.grams)


def _counted(pieces: int, least: int = 1) -> int:
    if not least <= pieces <= MOST_PIECES:
        raise TooManyPieces(most=MOST_PIECES)
    return pieces


def _pieces_due(variant: Variant, grams: int) -> int:
    """Two at the same moment may be one piece too few together: the next sale makes it good."""
    before = StallSaleLine.objects.filter(variant=variant, is_worked_out=True, sale__undone_at=None)
    sums = before.aggregate(grams=Coalesce(Sum("grams"), 0), pieces=Coalesce(Sum("pieces"), 0))
    return pieces_due(sums["grams"] + grams, variant.net_content, sums["pieces"])


def _check_for_sale(variant: Variant, price_centimes: int, usual_centimes: int) -> None:
    """What the catalogue asks for so many is never out of limits."""
    if _is_retired(variant):
        raise NotSoldAnyMore(product=str(variant.product))
    least, most = price_limits(variant.price_centimes)
    if price_centimes != usual_centimes and not least <= price_centimes <= most:
        raise PriceOutOfLimits(least=plain(least), most=plain(most))


def _check_was_paid(_variant: Variant, price_centimes: int, _usual_centimes: int) -> None:
    """The price was right on the phone, and may have changed here since: only what nobody pays is refused."""
    if not 0 < price_centimes <= MOST_PRICE_CENTIMES:
        raise PriceOutOfLimits(least=plain(1), most=plain(MOST_PRICE_CENTIMES))


def _is_retired(variant: Variant) -> bool:
    return variant.retired_at is not None or variant.product.state == Product.State.RETIRED


def _write(sale: StallSale, lines: Sequence[StallSaleLine]) -> None:
    for line in lines:
        line.sale = sale
        line.save()
    sale.total_centimes = sum(line.total_centimes for line in lines)
    sale.save(update_fields=["total_centimes"])


def _refuse_strangers(by: User, cooperative: Organisation) -> None:
    if not speaks_for(by, cooperative):
        raise NotFound


def _remember(action: str, sale: StallSale, by: User) -> None:
    record(
        action,
        subject=f"stall-sale:{sale.pk}",
        by=by,
        on_behalf_of=f"organisation:{sale.cooperative_id}",
        details={"door": sale.door, "total_centimes": sale.total_centimes},
    )
