"""What does not go as it should, at each step of being put right; and a day at the souk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from twiza.demo.cooperatives import Seller
from twiza.demo.orders import Buying, first_size_of
from twiza.domain.aftersales.models import Complaint
from twiza.domain.aftersales.services import (
    Settlement,
    accept_answer,
    answer_complaint,
    ask_return,
    dispute_answer,
    open_complaint,
    record_refund_for,
)
from twiza.domain.orders.services import confirm_group, offer_part
from twiza.domain.stalls.services import Sold, record_till_sale
from twiza.kit import clock

OFFERED_OF = 3
# How many pieces each of the day's buyers took.
STALL_DAY = (1, 2, 1, 1, 3)


def tell_troubles(buying: Buying, sellers: Mapping[str, Seller]) -> None:
    """A complaint waits for its cooperative, one for the operator, one is settled; a return waits; a part is offered."""
    _complain(buying, "louz", Complaint.Kind.DAMAGED, "Le sachet est arrivé ouvert.")
    disputed = _complain(buying, "sanabil", Complaint.Kind.WRONG, "J'avais demandé la farine complète.")
    refusal = Settlement(
        Complaint.Answer.REFUSE, words="C'est bien la farine complète de cette récolte, plus claire que l'autre."
    )
    dispute_answer(answer_complaint(disputed, refusal, by=sellers["sanabil"].president))
    settled = _complain(buying, "karma", Complaint.Kind.DAMAGED, "Une partie des figues est écrasée.")
    half = Settlement(Complaint.Answer.REFUND, settled.line.total_centimes // 2, "Nous vous en rendons la moitié.")
    agreed = accept_answer(answer_complaint(settled, half, by=sellers["karma"].president))
    record_refund_for(agreed, how="transfer", by=sellers["karma"].president)
    returned = buying.delivered("fakhar")
    ask_return(returned, {returned.lines.get().pk: 1})
    _offer_part(buying, sellers["sabbar"])


def sell_on_souk_day(seller: Seller) -> None:
    """Five buyers came to the stall yesterday, an hour apart."""
    size = first_size_of(seller)
    opened = clock.now() - timedelta(days=1)
    for place, pieces in enumerate(STALL_DAY):
        key = uuid5(NAMESPACE_URL, f"stall:{seller.code}:{place}")
        record_till_sale(seller.cooperative, key, [Sold(size.pk, pieces)], opened + timedelta(hours=place), by=seller.president)


def _complain(buying: Buying, code: str, kind: str, words: str) -> Complaint:
    order = buying.delivered(code)
    return open_complaint(order, order.lines.get().pk, kind=kind, pieces=1, words=words)


def _offer_part(buying: Buying, seller: Seller) -> None:
    """The cooperative has all but one of what was ordered; its buyer is asked."""
    group = buying.order(seller.code, pieces=OFFERED_OF)
    confirm_group(group)
    order = group.orders.get()
    offer_part(order, {order.lines.get().pk: OFFERED_OF - 1}, by=seller.president)
