"""How an issuer stands to the value added tax on a day, and the words that its papers carry: from `regimes.tsv`, by day."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors.identity import numbers_of
from twiza.domain.invoicing.models import TaxRegime
from twiza.domain.invoicing.rules import TaxLine

TABLE = Path(__file__).parent.parent / "regimes.tsv"
ASKED_BY_LAW = ("registration", "ice", "tax_if")


def regime_of(organisation: Organisation, day: date) -> str:
    """What it said last for that day. Until it says anything a cooperative is exempt as most are; an operator is not."""
    said = TaxRegime.objects.filter(issuer__organisation=organisation, valid_from__lte=day).order_by("valid_from", "pk").last()
    if said is not None:
        return said.regime
    return (TaxRegime.Regime.EXEMPT_COOP if organisation.is_cooperative else TaxRegime.Regime.VAT).value


def regimes_said_by(cooperative: Organisation) -> Sequence[TaxRegime]:
    """Everything it ever said, the newest first. Ask for the cooperative through the viewer first."""
    said = TaxRegime.objects.filter(issuer__organisation=cooperative).select_related("said_by")
    return list(said.order_by("-valid_from", "-pk"))


def missing_numbers(cooperative: Organisation) -> list[str]:
    """The schemes of which its invoices should carry a number, and we know none."""
    return [scheme for scheme in ASKED_BY_LAW if scheme not in numbers_of(cooperative)]


def own_exemption(regime: str, day: date) -> TaxLine | None:
    """How all that it sells is taxed when it is exempt itself; nothing when it asks tax of its buyers."""
    begun = [line for begins, line in _table().get(regime, []) if begins <= day]
    return begun[-1] if begun else None


@cache
def _table() -> dict[str, list[tuple[date, TaxLine]]]:
    """By regime, its lines with the day each begins, the oldest first."""
    found: dict[str, list[tuple[date, TaxLine]]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            line = TaxLine(row["regime"], 0, row["law_fr"], row["law_ar"])
            found.setdefault(row["regime"], []).append((date.fromisoformat(row["from"]), line))
    return {regime: sorted(dated, key=lambda pair: pair[0]) for regime, dated in found.items()}
