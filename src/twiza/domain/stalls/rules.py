"""How long, how many, how much."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from twiza.kit import clock

# A wrong tap is seen at once; later it is a count of the shelf that puts things right.
UNDO_WITHIN = timedelta(minutes=10)
# Nobody sells more of one thing to one buyer at a stall; a longer number is a slip of the finger.
MOST_PIECES = 10_000
MOST_GRAMS = 1_000_000
# What somebody may ask at the stall, of the price in the catalogue.
LEAST_PERCENT, MOST_PERCENT = 50, 200
# How old a sale may be when a phone finds the network again, and how wrong its clock may be.
OLDEST_SALE = timedelta(days=60)


def may_still_be_undone(recorded_at: datetime) -> bool:
    """Whether so little time has passed that a sale can be taken back with one tap."""
    return clock.now() - recorded_at <= UNDO_WITHIN


def price_limits(catalogue_centimes: int) -> tuple[int, int]:
    """(least, most) centimes that may be asked for one at the stall, when the catalogue asks so much."""
    return max(-(-catalogue_centimes * LEAST_PERCENT // 100), 1), catalogue_centimes * MOST_PERCENT // 100


def pieces_due(grams: int, portion_grams: Decimal, pieces_before: int) -> int:
    """How many more portions left the shelf once so many grams of it were sold in all, and so many had left before.

    What is counted by the piece leaves by the piece: of three sales of a third of a cheese one takes the cheese.
    """
    in_all = int((Decimal(grams) / portion_grams).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return max(in_all - pieces_before, 0)


def is_plausible_weight(grams: int, pieces: int, portion_grams: Decimal) -> bool:
    """Whether so many portions may weigh so much: between half and twice what they weigh about."""
    about = portion_grams * pieces
    return about <= 2 * grams and grams <= 2 * about


def charged_for(price_centimes: int, portion_grams: Decimal, grams: int) -> int:
    """What so many grams cost when a portion has this price, to the nearest centime."""
    return int((Decimal(price_centimes) * grams / portion_grams).quantize(Decimal(1), rounding=ROUND_HALF_UP))
