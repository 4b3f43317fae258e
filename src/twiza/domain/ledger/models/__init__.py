"""Accounts, the journal, and what is kept of each sale."""

from twiza.domain.ledger.models.account import Account
from twiza.domain.ledger.models.commission import CommissionDecision, CommissionLine, CommissionRate
from twiza.domain.ledger.models.journal import JournalEntry, Posting

__all__ = ["Account", "CommissionDecision", "CommissionLine", "CommissionRate", "JournalEntry", "Posting"]
