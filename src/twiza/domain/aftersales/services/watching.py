"""Nobody waits for their money unseen."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.aftersales.events import RefundLate
from twiza.domain.aftersales.locking import lock_return
from twiza.domain.aftersales.selectors import refunds_just_late
from twiza.domain.aftersales.states import OPEN
from twiza.foundation.events.services import publish
from twiza.kit import clock


def tell_of_late_refunds() -> int:
    """The cooperative, and the operator of the storefront, hear once of each refund whose last day has passed (RefundLate).

    Gives how many there were.
    """
    return sum(_tell(return_id) for return_id in refunds_just_late())


@transaction.atomic
def _tell(return_id: int) -> bool:
    returned = lock_return(return_id)
    if returned.told_late_at is not None or returned.state not in OPEN:
        return False
    returned.told_late_at = clock.now()
    returned.save(update_fields=["told_late_at"])
    publish(RefundLate(return_id=return_id))
    return True
