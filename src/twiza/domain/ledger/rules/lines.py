"""What an entry is made of. Amounts in centimes: debit above zero, credit below."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.domain.ledger.models import Account

Kind = Account.Kind


@dataclass(frozen=True)
class Owner:
    """Whose account: of a kind, and of an organisation or of somebody named in words."""

    kind: str
    organisation_id: int | None = None
    holder: str = ""


@dataclass(frozen=True)
class Line:
    owner: Owner
    centimes: int


Lines = tuple[Line, ...]

BUYERS = Owner(Kind.BUYER_CLEARING)
COMMISSION = Owner(Kind.PLATFORM_COMMISSION)
VAT = Owner(Kind.VAT_ON_COMMISSION)
BANK = Owner(Kind.BANK)
TRANSFER = "bank_transfer"


def payable_to(cooperative_id: int) -> Owner:
    return Owner(Kind.COOP_PAYABLE, cooperative_id)


def borne_by(operator_id: int | None) -> Owner:
    """What an operator bears for buyers; the market itself when it is nobody's."""
    return Owner(Kind.PROMO_EXPENSE, operator_id)


def received_through(provider: str) -> Owner:
    """Where money that came by this way to pay is: a transfer is at the bank at once."""
    return BANK if provider == TRANSFER else Owner(Kind.PSP_CLEARING, holder=provider)


def entry_of(*amounts: tuple[Owner, int]) -> Lines:
    """Each owner once, in this order, without those that come to nothing."""
    sums: dict[Owner, int] = {}
    for owner, centimes in amounts:
        sums[owner] = sums.get(owner, 0) + centimes
    return tuple(Line(owner, centimes) for owner, centimes in sums.items() if centimes)


def reversal_of(lines: Lines) -> Lines:
    return tuple(Line(line.owner, -line.centimes) for line in lines)
