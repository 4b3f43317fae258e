"""What left with a parcel and came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from twiza.domain.inventory.locking import lock_levels
from twiza.domain.inventory.models import Lot, LotChange, StockMovement
from twiza.domain.inventory.services.changing import change
from twiza.foundation.accounts.models import User


class LossReason(models.TextChoices):
    """Why what came back cannot be sold again."""

    OPENED = "opened", _("it was opened")
    SPOILT = "spoilt", _("it has spoilt")
    BROKEN = "broken", _("it is broken")
    MISSING = "missing", _("it was not in the parcel any more")


@dataclass(frozen=True)
class CameBack:
    """So many pieces left under `reference` and are back; `lost` of them cannot be sold again.

    `part` names what brings back only some of them, as `return:5`: each part comes back once.
    """

    variant_id: int
    quantity: int
    lost: int
    reference: str
    part: str = ""

    @property
    def cause(self) -> str:
        """What the movement is called."""
        return f"{self.reference} {self.part}".strip()


@transaction.atomic
def take_back_stock(returned: Iterable[CameBack], *, by: User | None, reason: str = "") -> None:
    """These pieces are on hand again, in the lots they left from; what is lost is thrown away at once for `reason`.

    Coming back twice under one reference is refused by the database.
    """
    back = list(returned)
    levels = lock_levels(one.variant_id for one in back)
    for one in back:
        level, lots = levels[one.variant_id], _lots_of(one)
        change(level, StockMovement.Kind.RETURNED, on_hand=one.quantity, lots=lots, reference=one.cause, by=by)
        if one.lost:
            thrown = [(lot, -pieces) for lot, pieces in _taken(lots, one)]
            change(
                level,
                StockMovement.Kind.DISCARDED,
                on_hand=-one.lost,
                lots=thrown,
                reference=one.cause,
                by=by,
                reason=reason,
            )


def _lots_of(back: CameBack) -> list[tuple[Lot, int]]:
    """Which lots the pieces left from, less what came back to them before. Pieces without a lot come back last."""
    left = LotChange.objects.filter(movement__reference=back.reference, movement__kind=StockMovement.Kind.DISPATCHED)
    before: Counter[int] = Counter()
    for one in LotChange.objects.filter(
        movement__reference__startswith=f"{back.reference} ", movement__kind=StockMovement.Kind.RETURNED
    ):
        before[one.lot_id] += one.on_hand_change
    parts, missing = [], back.quantity
    for one in left.select_related("lot").order_by("pk"):
        pieces = min(-one.on_hand_change - before[one.lot_id], missing)
        if pieces > 0:
            parts.append((one.lot, pieces))
            missing -= pieces
    return parts


def _taken(lots: list[tuple[Lot, int]], one: CameBack) -> list[tuple[Lot, int]]:
    """What is lost is taken from pieces without a lot first: what keeps a date keeps it as long as it can."""
    missing = one.lost - (one.quantity - sum(pieces for _lot, pieces in lots))
    parts = []
    for lot, pieces in lots:
        taken = min(pieces, missing)
        if taken > 0:
            parts.append((lot, taken))
            missing -= taken
    return parts
