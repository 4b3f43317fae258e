"""Who would be paid what, until a day, and who not and why. Amounts in centimes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from twiza.domain.directory.models import Membership, Organisation
from twiza.domain.directory.rules import Viewer
from twiza.domain.directory.selectors import accounts_in_use
from twiza.domain.ledger.models import Account, JournalEntry, Posting
from twiza.domain.payouts.models import PayoutBatch, PayoutHold, PayoutItem, PayoutLeftOut, Way
from twiza.domain.payouts.rules import Owed, for_those_who_pay_out, until_or_all
from twiza.kit import clock

Why = PayoutLeftOut.Why


@dataclass(frozen=True)
class Destination:
    """Where a cooperative's money goes: an account by its row, or the post office; `is_usable` when it is not too new."""

    way: str
    payee: str
    place: str
    account_id: int | None = None
    is_usable: bool = True


@dataclass(frozen=True)
class Planned:
    cooperative_id: int
    centimes: int
    postings: tuple[Owed, ...]
    destination: Destination


@dataclass(frozen=True)
class NotPaid:
    cooperative_id: int
    owed_centimes: int
    why: str
    reason: str = ""


@dataclass(frozen=True)
class Plan:
    payouts: tuple[Planned, ...]
    not_paid: tuple[NotPaid, ...]

    @property
    def total_centimes(self) -> int:
        return sum(one.centimes for one in self.payouts)


def plan_payouts(until: date, least_centimes: int, *, drafted_at: datetime, batch: PayoutBatch | None = None) -> Plan:
    """What is owed until the end of that day and in no live payout; with `batch`, as if it had not been drafted."""
    owed = _owed(batch)
    before = min(end_of(until), drafted_at)
    chosen = {pk: tuple(until_or_all(postings, before)) for pk, postings in owed.items()}
    sums = {pk: sum(one.centimes for one in postings) for pk, postings in chosen.items()}
    payable = [pk for pk, centimes in sums.items() if centimes > 0]
    holds, destinations = holds_now(payable), destinations_of(payable)
    payouts, not_paid = [], []
    for pk, centimes in sorted(sums.items()):
        if centimes == 0:
            continue
        why = _why_not(centimes, least_centimes, holds.get(pk), destinations.get(pk))
        if why is None:
            payouts.append(Planned(pk, centimes, chosen[pk], destinations[pk]))
        else:
            not_paid.append(NotPaid(pk, centimes, why, holds[pk].reason if why == Why.HELD else ""))
    return Plan(tuple(payouts), tuple(not_paid))


def unsettled(batch: PayoutBatch | None = None) -> QuerySet[Posting]:
    """Postings on what cooperatives are owed that are in no live payout, without the payouts themselves."""
    taken = PayoutItem.objects.filter(posting=OuterRef("pk"), is_live=True)
    if batch is not None:
        taken = taken.exclude(payout__batch=batch)
    is_payout = Q(entry__what=JournalEntry.What.PAID_OUT) | Q(entry__reverses__what=JournalEntry.What.PAID_OUT)
    postings = Posting.objects.filter(~Exists(taken), account__kind=Account.Kind.COOP_PAYABLE)
    return postings.exclude(pk__in=Posting.objects.filter(is_payout).values("pk")).order_by("pk")


def end_of(day: date) -> datetime:
    """The first moment of the next day in Morocco."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def holds_now(cooperative_ids: Collection[int]) -> Mapping[int, PayoutHold]:
    """By cooperative, what keeps its money back at this moment."""
    live = PayoutHold.objects.filter(cooperative__in=cooperative_ids, lifted_at=None, ends_at__gt=clock.now())
    return {hold.cooperative_id: hold for hold in live.order_by("-pk")}


def destinations_of(cooperative_ids: Collection[int]) -> Mapping[int, Destination]:
    """Its account in use; for those without one, a mandate at the post office of its commune, in the name of its
    president, who shows a card there."""
    accounts, presidents = accounts_in_use(cooperative_ids), _presidents_of(cooperative_ids)
    found = {}
    wanted = Organisation.objects.filter(pk__in=cooperative_ids).select_related("published_revision__commune")
    for organisation in wanted:
        revision, account = organisation.published_revision, accounts.get(organisation.pk)
        place = revision.commune.name_fr if revision and revision.commune else ""
        payee = organisation.name_in("fr")[:160]
        if account is None:
            names = [name for name in (presidents.get(organisation.pk), payee) if name]
            found[organisation.pk] = Destination(Way.POST, ", ".join(names)[:160], place[:120])
        else:
            is_usable = account.usable_from <= clock.now()
            found[organisation.pk] = Destination(Way.BANK, payee, place[:120], account.identifier_id, is_usable)
    return found


def _presidents_of(cooperative_ids: Collection[int]) -> Mapping[int, str]:
    live = Membership.objects.filter(organisation__in=cooperative_ids, until=None, role="president", user__is_active=True)
    return dict(live.order_by("-since", "-pk").values_list("organisation_id", "user__name"))


def _owed(batch: PayoutBatch | None) -> Mapping[int, Sequence[Owed]]:
    its = Coalesce(F("account__organisation__merged_into"), F("account__organisation"))
    rows = unsettled(batch).annotate(cooperative=its)
    found: dict[int, list[Owed]] = {}
    for pk, cooperative, centimes, posted_at in rows.values_list("pk", "cooperative", "amount_centimes", "entry__posted_at"):
        found.setdefault(cooperative, []).append(Owed(pk, -centimes, posted_at))
    return found


def _why_not(centimes: int, least_centimes: int, hold: PayoutHold | None, destination: Destination | None) -> str | None:
    if centimes < 0:
        return Why.OWES_US
    if hold is not None:
        return Why.HELD
    if centimes < least_centimes:
        return Why.BELOW_LEAST
    return None if destination is not None and destination.is_usable else Why.COOLING


@dataclass(frozen=True)
class OwedNow:
    """What is owed to a cooperative and in no payout yet; below zero it owes it. `hold` keeps it back."""

    cooperative: Organisation
    centimes: int
    hold: PayoutHold | None


def who_is_owed(viewer: Viewer) -> Sequence[OwedNow]:
    """Everybody whose money is in no payout yet, those who are owed most first. Raises NotFound."""
    for_those_who_pay_out(viewer)
    sums = {pk: sum(one.centimes for one in postings) for pk, postings in _owed(None).items()}
    holds = holds_now(list(sums))
    cooperatives = Organisation.objects.select_related("published_revision").in_bulk(list(sums))
    rows = [OwedNow(cooperatives[pk], centimes, holds.get(pk)) for pk, centimes in sums.items() if centimes or pk in holds]
    return sorted(rows, key=lambda one: (-one.centimes, one.cooperative.pk))
