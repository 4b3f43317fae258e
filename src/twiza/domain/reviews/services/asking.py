"""Some days after everything arrived, its buyer is asked once what they think."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.reviews.events import ReviewRequested
from twiza.domain.reviews.models import ReviewRequest
from twiza.domain.reviews.selectors import groups_to_ask
from twiza.foundation.events.services import publish


def ask_buyers() -> int:
    """Each buyer of an order that arrived whole some days ago is asked, once (ReviewRequested). Gives how many they were."""
    return sum(_ask(group_id) for group_id in groups_to_ask())


@transaction.atomic
def _ask(group_id: int) -> bool:
    _request, is_new = ReviewRequest.objects.get_or_create(group_id=group_id)
    if is_new:
        publish(ReviewRequested(group_id=group_id))
    return is_new
