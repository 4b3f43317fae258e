"""Text messages, in and out, as rows.

Owns: Message, Receipt, InboundText, OptOut, ConversationNote; port `gateway.py`.
Emits: TextReceived.
May know: events, audit, accounts.
"""
