"""What is owed for something, and by which way it comes.

Owns: Payment, PaymentEvent, Allocation; port `provider.py`.
Emits: nothing.
May know: directory.
"""
