"""What is posted when money moves without anything being sold: it comes in, is handed over, or goes back unsold."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.domain.ledger.rules.lines import BANK, BUYERS, Kind, Lines, Owner, entry_of, payable_to, received_through


@dataclass(frozen=True)
class Holder:
    """Who has cash that a buyer paid: `cooperative` (the seller itself), or whoever brought it, by code or as `pickup:3`."""

    kind: str
    holder: str = ""
    cooperative_id: int | None = None

    @property
    def is_the_cooperative(self) -> bool:
        return self.kind == "cooperative"

    @property
    def owner(self) -> Owner:
        if self.is_the_cooperative:
            return Owner(Kind.COOP_CASH_HELD, self.cooperative_id)
        return Owner(Kind.BANK, holder="cash") if self.kind == "platform" else Owner(Kind.CARRIER_CASH, holder=self.holder)


def captured(provider: str, centimes: int) -> Lines:
    """A buyer paid before anything is sent: it is at the provider, and not ours before the parcel is there."""
    return entry_of((received_through(provider), centimes), (BUYERS, -centimes))


def given_back_unsold(provider: str, centimes: int) -> Lines:
    """It goes back where it had come in: what was never sent, or came too late or twice."""
    return entry_of((BUYERS, centimes), (received_through(provider), -centimes))


def collected(holder: Holder, centimes: int) -> Lines:
    """A buyer paid whoever brought the parcel."""
    return entry_of((holder.owner, centimes), (BUYERS, -centimes))


def settled(cooperative_id: int, centimes: int) -> Lines:
    """The cooperative has this money already: so much less is owed to it, and it may owe us the market's share."""
    return entry_of((payable_to(cooperative_id), centimes), (Owner(Kind.COOP_CASH_HELD, cooperative_id), -centimes))


def paid_out(cooperative_id: int, centimes: int) -> Lines:
    """The bank or the post office paid the cooperative: so much less is owed to it."""
    return entry_of((payable_to(cooperative_id), centimes), (BANK, -centimes))


def remitted(holder: Holder, centimes: int, *, to_cooperative_id: int | None = None) -> Lines:
    """Whoever had cash handed over so much: to the market, or to the cooperative whose sale it was, which has it already then.

    What is missing stays with the holder: it is ours to claim.
    """
    came_to = BANK if to_cooperative_id is None else payable_to(to_cooperative_id)
    had = holder.owner
    if holder.is_the_cooperative and holder.cooperative_id is not None:
        had = payable_to(holder.cooperative_id)
    return entry_of((came_to, centimes), (had, -centimes))


def kept_for_bringing(holder: Holder, cooperative_id: int, centimes: int) -> Lines:
    """What was kept for bringing a parcel was part of what its cooperative earned with it."""
    return entry_of((payable_to(cooperative_id), centimes), (holder.owner, -centimes))
