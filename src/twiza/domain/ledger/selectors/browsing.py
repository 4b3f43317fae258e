"""The journal from the whole down to one entry and what caused it, for whoever keeps the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Abs

from twiza.domain.ledger.models import Account, JournalEntry, Posting
from twiza.domain.orders.models import Order
from twiza.kit.errors import NotFound

AT_ONCE = 50


@dataclass(frozen=True)
class KindSum:
    """All accounts of a kind: above zero what is ours, below what we owe."""

    kind: str
    label: str
    accounts: int
    centimes: int


@dataclass(frozen=True)
class AccountPage:
    """One account, newest posting first. `older` continues."""

    account: Account
    centimes: int
    postings: Sequence[Posting]
    older: int | None


def kind_sums() -> Sequence[KindSum]:
    """Every kind that there is an account of; together they make zero."""
    rows = (
        Account.objects.order_by().values("kind").annotate(all=Sum("postings__amount_centimes"), many=Count("pk", distinct=True))
    )
    known = {row["kind"]: row for row in rows}
    return [
        KindSum(kind, str(label), known[kind]["many"], known[kind]["all"] or 0)
        for kind, label in Account.Kind.choices
        if kind in known
    ]


def accounts_of_kind(kind: str, limit: int = 100) -> Sequence[Account]:
    """The largest first, each with its `centimes`. Raises NotFound when there is no such kind."""
    if kind not in Account.Kind.values:
        raise NotFound
    accounts = Account.objects.filter(kind=kind).annotate(centimes=Sum("postings__amount_centimes"))
    sized = accounts.order_by(Abs("centimes").desc(nulls_last=True), "pk")
    return list(sized.select_related("organisation__published_revision")[:limit])


def account_page(account_id: int, *, before: int | None = None) -> AccountPage:
    """Raises NotFound."""
    account = Account.objects.select_related("organisation__published_revision").filter(pk=account_id).first()
    if account is None:
        raise NotFound
    postings = Posting.objects.filter(account=account).order_by("-pk").select_related("entry__order__cooperative")
    page = list((postings.filter(pk__lt=before) if before else postings)[: AT_ONCE + 1])
    centimes = Posting.objects.filter(account=account).aggregate(all=Sum("amount_centimes"))["all"] or 0
    return AccountPage(account, centimes, page[:AT_ONCE], page[AT_ONCE - 1].pk if len(page) > AT_ONCE else None)


def entry_with(entry_id: int) -> JournalEntry:
    """With its postings, and what it is about. Raises NotFound."""
    entry = _with_causes(JournalEntry.objects.filter(pk=entry_id)).first()
    if entry is None:
        raise NotFound
    return entry


def entries_of_order(order_id: int) -> Sequence[JournalEntry]:
    """All that was written of it, the first first; what was paid for its whole purchase included. Raises NotFound."""
    order = Order.objects.select_related("group").filter(pk=order_id).first()
    if order is None:
        raise NotFound
    whole = JournalEntry.objects.filter(payment__reference=order.group.payment_reference, order__isnull=True)
    return list(_with_causes(JournalEntry.objects.filter(order=order) | whole).order_by("pk"))


def orders_numbered(number: str) -> Sequence[Order]:
    """The parts of the purchase of this number, and the orders that cooperatives number so."""
    wanted = number.strip()[:12]
    if not wanted.isdecimal():
        return []
    parts = Order.objects.filter(group__number=wanted) | Order.objects.filter(number=wanted)
    return list(parts.select_related("group", "cooperative").order_by("-pk")[:AT_ONCE])


def _with_causes(entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    causes = ("order__group", "order__cooperative", "payment", "refund", "remittance", "reverses", "reversed_by")
    return entries.select_related(*causes).prefetch_related("postings__account__organisation__published_revision")
