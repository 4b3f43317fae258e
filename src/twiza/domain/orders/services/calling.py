"""An operator called a cooperative that does not answer, and says so to whoever calls next."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.orders.errors import AlreadyAnswered
from twiza.domain.orders.models import Call, Order
from twiza.domain.orders.models.call import MOST_WORDS
from twiza.domain.orders.rules import follows_up
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit import clock
from twiza.kit.errors import NotFound


@transaction.atomic
def note_call(order: Order, said: str, words: str = "", *, by: User) -> Call:
    """It is kept who called now, and what was said (a Call.Said). Nobody is stopped from calling again.

    Raises AlreadyAnswered; NotFound when nothing in it was chosen in a storefront of `by`.
    """
    if not follows_up(by, order):
        raise NotFound
    order = Order.objects.get(pk=order.pk)
    if order.status != Order.Status.PLACED:
        raise AlreadyAnswered(number=order.number, status=order.get_status_display())
    call = Call.objects.create(order=order, by=by, at=clock.now(), said=said, words=words.strip()[:MOST_WORDS])
    record(
        "orders.called",
        subject=f"order:{order.pk}",
        by=by,
        on_behalf_of=f"organisation:{order.cooperative_id}",
        details={"number": order.number, "said": said},
    )
    return call
