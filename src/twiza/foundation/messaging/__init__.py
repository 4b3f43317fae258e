"""Text messages, in and out, as rows.

Owns: Message, Receipt, InboundText, OptOut; port `gateway.py`.
Emits: TextReceived.
May know: events, audit, accounts.
"""
