"""What is owed for something, and by which way it comes.

Owns: Payment, PaymentAttempt, PaymentEvent, Allocation, Refund, CashCollection; port `provider.py`.
Emits: PaymentCaptured, CashCollected, RefundOwed, RefundGiven.
May know: directory.
"""
