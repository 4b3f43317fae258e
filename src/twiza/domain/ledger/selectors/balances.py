"""What is on accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet, Sum

from twiza.domain.ledger.models import Account, Posting


def balance_of(cooperative_id: int) -> int:
    """What the market owes this cooperative, in centimes; below zero when the cooperative owes the market.

    With what pages that became part of it were owed. Ask for the cooperative through the viewer first.
    """
    sums = Posting.objects.filter(account__in=payable_accounts_of(cooperative_id)).aggregate(all=Sum("amount_centimes"))
    return -(sums["all"] or 0)


def balances_of(cooperative_ids: Collection[int]) -> Mapping[int, int]:
    """The same of many, by id; of each page by itself."""
    accounts = Account.objects.filter(kind=Account.Kind.COOP_PAYABLE, organisation__in=cooperative_ids).order_by()
    sums = accounts.values_list("organisation_id").annotate(all=Sum("postings__amount_centimes"))
    known = {organisation_id: -(amount or 0) for organisation_id, amount in sums}
    return {pk: known.get(pk, 0) for pk in cooperative_ids}


def payable_entries(cooperative_id: int) -> QuerySet[Posting]:
    """Every posting on what the market owes this cooperative, the oldest first, with its entry and order."""
    postings = Posting.objects.filter(account__in=payable_accounts_of(cooperative_id))
    return postings.select_related(
        "entry__order__cooperative", "entry__order__group", "entry__refund", "entry__reverses"
    ).order_by("entry__posted_at", "pk")


def payable_accounts_of(cooperative_id: int) -> QuerySet[Account]:
    its = Q(organisation=cooperative_id) | Q(organisation__merged_into=cooperative_id)
    return Account.objects.filter(its, kind=Account.Kind.COOP_PAYABLE).order_by()


def balance_of_kind(kind: str) -> int:
    """All accounts of a kind together: above zero what is ours, below what we owe."""
    return Posting.objects.filter(account__kind=kind).aggregate(all=Sum("amount_centimes"))["all"] or 0
