"""What is owed for something, and by which way it comes.

Owns: Payment, PaymentEvent, Allocation, Refund; port `provider.py`.
Emits: nothing.
May know: directory.
"""
