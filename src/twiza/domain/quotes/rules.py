"""How many, how much, how long."""

from __future__ import annotations

from datetime import date, timedelta

from twiza.kit import clock

MOST_PRICE_CENTIMES = 10_000_000
MOST_DELIVERY_CENTIMES = 100_000_000
MOST_VALID_DAYS = 365
MOST_PREPARE_DAYS = 365
USUAL_VALID_DAYS = 30
# What one telephone or e-mail address may ask in a day, of all cooperatives together.
MOST_ASKED_A_DAY = 10


def deposit_of(total_centimes: int, percent: int) -> int:
    """In whole dirhams, which is what people hand over and transfer; rounded up, never above the total."""
    wanted = -(-total_centimes * percent // 10_000) * 100
    return min(wanted, total_centimes)


def last_possible_day() -> date:
    """No price is promised for longer than a year."""
    return clock.today() + timedelta(days=MOST_VALID_DAYS)


def usual_last_day() -> date:
    """What is proposed to whoever answers."""
    return clock.today() + timedelta(days=USUAL_VALID_DAYS)
