"""What cooperatives earned goes to them: drafted by one person, approved by another, sent by the bank or the post office.

Owns: PayoutBatch, PayoutLeftOut, Payout, PayoutItem, PayoutAttempt, PayoutFile, PayoutHold.
Emits: PayoutSent, PayoutReturned.
May know: ledger, orders, directory.
"""
