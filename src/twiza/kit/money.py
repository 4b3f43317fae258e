"""Integer centimes of a dirham: shown, read, and split without losing one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation


def dirhams(centimes: int) -> Decimal:
    return Decimal(centimes) / 100


def plain(centimes: int) -> str:
    """120, 12.50: as short as exactness allows, with a full stop, for texts and data."""
    whole, rest = divmod(abs(centimes), 100)
    sign = "-" if centimes < 0 else ""
    return f"{sign}{whole}.{rest:02d}" if rest else f"{sign}{whole}"


def centimes_of(amount: Decimal) -> int:
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def read_dirhams(text: str) -> int | None:
    """Centimes of what a person typed ("90", "12,50", "1 200.5 DH"), or None when it is not an amount."""
    kept = text.strip().lower().replace("dh", "").replace("mad", "").replace("\u00a0", " ").replace(" ", "").replace(",", ".")
    try:
        amount = Decimal(kept)
    except InvalidOperation:
        return None
    # 1e9 is a number of a machine, not an amount that somebody typed.
    if "e" in kept or not amount.is_finite() or amount < 0 or amount > Decimal(10_000_000):
        return None
    return centimes_of(amount)


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Parts of `total` in proportion to `weights`, whose sum is exactly `total`.

    Largest remainder: each part is rounded down, then the centimes left over go one by
    one to the parts that lost most, the earlier part first when they lost the same.
    """
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be at least 0 and not all 0")
    parts = [total * weight // whole for weight in weights]
    lost = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in lost[: total - sum(parts)]:
        parts[index] += 1
    return parts
