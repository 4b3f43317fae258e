"""The list of what the market keeps: rows are added, and hold from a moment on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from twiza.domain.directory.rules import keeps_register
from twiza.domain.ledger.errors import OwnRate, RateDecided, RateInThePast
from twiza.domain.ledger.models import CommissionDecision, CommissionRate
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit import clock
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class RateTerms:
    """How much: basis points are hundredths of a percent, amounts are centimes of one order."""

    percent_basis_points: int
    includes_delivery: bool = False
    floor_centimes: int = 0
    cap_centimes: int | None = None
    vat_basis_points: int = 2000


@dataclass(frozen=True)
class Fits:
    """Which orders: all that is named must fit, and what is not named always does."""

    cooperative_id: int | None = None
    storefront_id: int | None = None
    pay_with: str = ""


@transaction.atomic
def set_rate(
    code: str,
    terms: RateTerms | None,
    *,
    reason: str,
    by: User | None,
    position: int = 100,
    fits: Fits | None = None,
    valid_from: datetime | None = None,
) -> CommissionRate:
    """From then on (now, when nothing is said) this row of the list is to be so; without terms there is to be no such row.

    It waits for another person (`decide_rate`); what the program itself sets (`by` nobody) holds. Orders that were placed before
    keep what was fixed for them. Raises NotFound for whoever does not keep the register, RateInThePast.
    """
    if by is not None and not keeps_register(by):
        raise NotFound
    now = clock.now()
    if valid_from is not None and valid_from < now:
        raise RateInThePast
    fits = fits or Fits()
    rate = CommissionRate.objects.create(
        code=code,
        position=position,
        cooperative_id=fits.cooperative_id,
        storefront_id=fits.storefront_id,
        pay_with=fits.pay_with,
        is_over=terms is None,
        reason=reason[:240],
        valid_from=valid_from or now,
        set_by=by,
        **asdict(terms or RateTerms(0)),
    )
    details = {"percent_basis_points": rate.percent_basis_points, "position": position, "is_over": rate.is_over}
    record("ledger.rate_set", subject=f"commission-rate:{code}", by=by, details={**details, "reason": rate.reason})
    if by is None:
        CommissionDecision.objects.create(rate=rate, is_yes=True, by=None, at=now)
    return rate


@transaction.atomic
def decide_rate(rate_id: int, *, is_yes: bool, by: User) -> CommissionRate:
    """The row holds from its day on, or never does. Raises NotFound for whoever does not keep the register, RateDecided, and
    OwnRate when whoever wrote it agrees to it."""
    rate = CommissionRate.objects.filter(pk=rate_id).first()
    if rate is None or not keeps_register(by):
        raise NotFound
    if is_yes and rate.set_by_id == by.pk:
        raise OwnRate
    _, is_news = CommissionDecision.objects.get_or_create(rate=rate, defaults={"is_yes": is_yes, "by": by, "at": clock.now()})
    if not is_news:
        raise RateDecided
    record("ledger.rate_decided", subject=f"commission-rate:{rate.code}", by=by, details={"rate": rate.pk, "is_yes": is_yes})
    return rate
