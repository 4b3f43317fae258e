"""Questions about what is owed and why."""

from twiza.domain.ledger.selectors.balances import balance_of, balance_of_kind, balances_of, payable_entries
from twiza.domain.ledger.selectors.expected import Expected
from twiza.domain.ledger.selectors.faults import Source, also_expected, ledger_faults
from twiza.domain.ledger.selectors.rates import rates_at, rates_to_come, rates_to_decide
from twiza.domain.ledger.selectors.statement import Coming, Parts, Statement, StatementRow, coming_to, last_sale_of, statement_of

__all__ = [
    "Coming",
    "Expected",
    "Parts",
    "Source",
    "Statement",
    "StatementRow",
    "also_expected",
    "balance_of",
    "balance_of_kind",
    "balances_of",
    "coming_to",
    "last_sale_of",
    "ledger_faults",
    "payable_entries",
    "rates_at",
    "rates_to_come",
    "rates_to_decide",
    "statement_of",
]
