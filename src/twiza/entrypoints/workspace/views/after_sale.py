"""After the sale: what an operator has to do, and what it watches others do, by age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timesince import timesince
from django.views.decorators.http import require_safe

from twiza.domain.aftersales.selectors import cases_in
from twiza.domain.directory.selectors import people_to_call
from twiza.domain.storefronts.selectors import get_storefront_for
from twiza.entrypoints.workspace.access import SignedInRequest, signed_in
from twiza.kit import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twiza.domain.aftersales.selectors import Case
    from twiza.domain.directory.selectors import Reached
    from twiza.domain.orders.models import Order

# What waits for the buyer is no reason to call the cooperative.
# Nobody at the cooperative is called about these.
NOT_ITS_OWN = frozenset({"agree", "receive", "refund_on_card"})


@dataclass(frozen=True)
class CaseRow:
    """`age` since somebody waits, in words; `people` whom to call about it, once it is late."""

    case: Case
    age: str
    people: Sequence[Reached]


@require_safe
@signed_in
def show_all(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is late or waits for the operator first, the oldest before."""
    storefront = get_storefront_for(request.user, slug)
    cases = cases_in(storefront)
    called = [case for case in cases if case.is_late and case.step not in NOT_ITS_OWN]
    people = people_to_call({_own(case.order) for case in called})
    now = clock.now()
    rows = [
        CaseRow(
            case,
            timesince(case.since, now, depth=1).replace("\xa0", " "),
            people[_own(case.order)] if case in called else (),
        )
        for case in cases
    ]
    return render(request, "workspace/store_after_sale.html", {"storefront": storefront, "rows": rows})


def _own(order: Order) -> int:
    """A page that was merged is called where it is now."""
    return order.cooperative.merged_into_id or order.cooperative_id
