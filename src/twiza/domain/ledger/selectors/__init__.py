"""Questions about what is owed and why."""

from twiza.domain.ledger.selectors.balances import balance_of, balance_of_kind, balances_of, payable_entries
from twiza.domain.ledger.selectors.expected import Expected
from twiza.domain.ledger.selectors.faults import Source, also_expected, ledger_faults
from twiza.domain.ledger.selectors.rates import rates_at

__all__ = [
    "Expected",
    "Source",
    "also_expected",
    "balance_of",
    "balance_of_kind",
    "balances_of",
    "ledger_faults",
    "payable_entries",
    "rates_at",
]
