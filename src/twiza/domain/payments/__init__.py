"""What is owed for something, and by which way it comes.

Owns: Payment, PaymentAttempt, PaymentEvent, Allocation, Refund, CashCollection, Remittance, RemittanceLine,
BankStatement, StatementLine, TransferShare, TransferProof; port `provider.py`.
Emits: PaymentCaptured, TransferFellShort, CashCollected, CashRemitted, RefundOwed, RefundGiven.
May know: directory.
"""
