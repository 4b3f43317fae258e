"""What is owed for something, and by which way it comes.

Owns: Payment, PaymentAttempt, PaymentEvent, Allocation, Refund; port `provider.py`.
Emits: PaymentCaptured, RefundOwed, RefundGiven.
May know: directory.
"""
