"""Who owes whom what, in double entry: every centime of a sale, from the buyer to the cooperative.

Owns: Account, JournalEntry, Posting, CommissionRate, CommissionDecision, CommissionLine.
Emits: nothing.
May know: aftersales, orders, storefronts, payments, directory.
"""
