"""What a cooperative earned, what is still to come, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, Sum

from twiza.domain.aftersales.selectors import money_back_of
from twiza.domain.directory.models import Organisation
from twiza.domain.ledger.models import Account, JournalEntry, Posting
from twiza.domain.ledger.rules import Commission, OrderSums
from twiza.domain.ledger.selectors.balances import balance_of, payable_entries
from twiza.domain.ledger.selectors.facts import back_of, kept_of, sums_of
from twiza.domain.ledger.selectors.rates import commission_lines_of
from twiza.domain.orders.models import Order
from twiza.domain.payments.models import CashCollection, HolderKind, Refund

Kind = Account.Kind


@dataclass(frozen=True)
class Parts:
    """What an amount is made of, in centimes: all of them together are it."""

    goods_centimes: int = 0
    discount_centimes: int = 0  # what of a coupon the cooperative bears: at most 0
    delivery_centimes: int = 0
    commission_centimes: int = 0  # at most 0 for a sale, at least 0 for what came back
    vat_centimes: int = 0
    given_back_centimes: int = 0  # at most 0

    @property
    def kept_centimes(self) -> int:
        return self.commission_centimes + self.vat_centimes


NOTHING = Parts()


@dataclass(frozen=True)
class StatementRow:
    """One thing that changed what the cooperative is owed: by so much, above zero to its good."""

    posting_id: int
    what: str
    at: datetime
    centimes: int
    order: Order | None
    parts: Parts
    by_cooperative: bool = False  # it gave the money back itself
    reason: str = ""


@dataclass(frozen=True)
class Statement:
    """`balance_centimes`: what the market owes it; below zero it owes the market. `older` continues the rows."""

    balance_centimes: int
    held_centimes: int  # of that, what whoever brought parcels has not handed over yet
    rows: Sequence[StatementRow]
    older: int | None


@dataclass(frozen=True)
class Coming:
    """What it will be owed once a parcel is there, by that day; or what a buyer is to have back by then (below zero)."""

    order: Order
    centimes: int
    on: date | None
    parts: Parts


def statement_of(cooperative: Organisation, *, before: int | None = None, limit: int = 30) -> Statement:
    """The newest first, from before that posting on. Ask for the cooperative through the viewer first."""
    postings = payable_entries(cooperative.pk).order_by("-pk")
    page = list((postings.filter(pk__lt=before) if before else postings)[: limit + 1])
    rows, has_more = _rows_of(page[:limit]), len(page) > limit
    older = page[limit - 1].pk if has_more else None
    return Statement(balance_of(cooperative.pk), held_by_others(cooperative), rows, older)


def last_sale_of(cooperative: Organisation) -> StatementRow | None:
    """What its last parcel that arrived brought it. Ask for the cooperative through the viewer first."""
    sales = payable_entries(cooperative.pk).filter(entry__what=JournalEntry.What.DELIVERED).order_by("-pk")
    return next(iter(_rows_of(sales[:1])), None)


def coming_to(cooperative: Organisation) -> Sequence[Coming]:
    """Of orders that are accepted and not there yet, and of money that buyers are to have back. What comes first, first."""
    promised = Order.objects.filter(_sold_by(cooperative), status=Order.Status.ACCEPTED)
    orders = list(promised.select_related("fulfilment", "group", "cooperative").order_by("pk"))
    sums, fixed = sums_of([order.pk for order in orders]), commission_lines_of([order.pk for order in orders])
    found = []
    for order in orders:
        parts = _parts_of_sale(sums[order.pk], kept_of(sums[order.pk], fixed.get(order.pk)))
        found.append(Coming(order, _all(parts), order.fulfilment.promised_until, parts))
    return [*sorted(found, key=lambda one: (one.on is None, one.on or date.max, one.order.pk)), *_to_give_back(cooperative)]


def held_by_others(cooperative: Organisation) -> int:
    """What buyers paid for its parcels and carriers or keepers of points still have, in centimes."""
    its = Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative)
    cash = CashCollection.objects.filter(its, state=CashCollection.State.COLLECTED).exclude(holder_kind=HolderKind.COOPERATIVE)
    return cash.aggregate(all=Sum("collected_centimes"))["all"] or 0


def _rows_of(postings: Iterable[Posting]) -> list[StatementRow]:
    rows = list(postings)
    sums, beside = sums_of({one.entry.order_id for one in rows if one.entry.order_id}), _beside([one.entry_id for one in rows])
    return [_row_of(one, sums, beside.get(one.entry_id, {})) for one in rows]


def _row_of(posting: Posting, sums: Mapping[int, OrderSums], beside: Mapping[str, int]) -> StatementRow:
    entry = posting.entry
    kept = Commission(-beside.get(Kind.PLATFORM_COMMISSION, 0), -beside.get(Kind.VAT_ON_COMMISSION, 0))
    parts, by_cooperative = NOTHING, False
    if entry.what == JournalEntry.What.DELIVERED and entry.order_id is not None:
        parts = _parts_of_sale(sums[entry.order_id], kept)
    elif entry.what == JournalEntry.What.REFUNDED:
        given = -posting.amount_centimes + kept.total_centimes
        by_cooperative = Kind.PSP_CLEARING not in beside and Kind.BANK not in beside
        parts = Parts(
            commission_centimes=-kept.centimes,
            vat_centimes=-kept.vat_centimes,
            given_back_centimes=0 if by_cooperative else given,
        )
    came_back = entry.reverses is not None and entry.reverses.what == JournalEntry.What.PAID_OUT
    what = "came_back" if came_back else entry.what
    return StatementRow(
        posting.pk, what, entry.posted_at, -posting.amount_centimes, entry.order, parts, by_cooperative, entry.reason
    )


def _parts_of_sale(sums: OrderSums, kept: Commission) -> Parts:
    return Parts(
        goods_centimes=sums.items_centimes,
        discount_centimes=-sums.cooperative_discount_centimes,
        delivery_centimes=sums.delivery_centimes + sums.free_delivery_centimes,
        commission_centimes=-kept.centimes,
        vat_centimes=-kept.vat_centimes,
    )


def _all(parts: Parts) -> int:
    return (
        parts.goods_centimes + parts.discount_centimes + parts.delivery_centimes + parts.kept_centimes + parts.given_back_centimes
    )


def _beside(entry_ids: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """What else is in these entries, by kind of account."""
    rows = Posting.objects.filter(entry__in=entry_ids).exclude(account__kind=Kind.COOP_PAYABLE).order_by("pk")
    found: dict[int, dict[str, int]] = {}
    for entry_id, kind, centimes in rows.values_list("entry_id", "account__kind", "amount_centimes"):
        known = found.setdefault(entry_id, {})
        known[kind] = known.get(kind, 0) + centimes
    return found


def _to_give_back(cooperative: Organisation) -> list[Coming]:
    """What the market is to give back for parcels that arrived, and did not yet."""
    owed = _owed_back(cooperative)
    orders = Order.objects.select_related("fulfilment", "group", "cooperative").in_bulk(owed.values())
    sums, fixed, back = sums_of(list(orders)), commission_lines_of(list(orders)), money_back_of(list(orders))
    found = []
    for refund, order_id in owed.items():
        known = {one.reference for one in back[order_id]}
        if refund.reference in known:
            one = back_of(sums[order_id], fixed.get(order_id), back[order_id], refund.reference)
            taken = one.centimes + one.borne_centimes
            parts = Parts(commission_centimes=one.kept.centimes, vat_centimes=one.kept.vat_centimes, given_back_centimes=-taken)
            found.append(Coming(orders[order_id], _all(parts), refund.due_on, parts))
    return found


def _owed_back(cooperative: Organisation) -> Mapping[Refund, int]:
    """The order of each refund that is owed after a parcel arrived, and that the market gives."""
    sold = Order.objects.filter(_sold_by(cooperative), status=Order.Status.CLOSED, group__pay_before__isnull=False)
    parts = {f"order:{pk}": pk for pk in sold.filter(_has_after_sale()).values_list("pk", flat=True)}
    owed = Refund.objects.filter(paid_at__isnull=True, allocation__reference__in=parts).select_related("allocation")
    return {refund: parts[refund.allocation.reference] for refund in owed.order_by("due_on", "pk")}


def _has_after_sale() -> Q:
    return Q(returns__isnull=False) | Q(lines__complaints__isnull=False)


def _sold_by(cooperative: Organisation) -> Q:
    return Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative)
