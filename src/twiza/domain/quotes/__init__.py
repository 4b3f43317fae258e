"""A price for what has none yet: many of it at once, or another country.

Owns: Quote, QuoteReceipt, CountryTerm.
Emits: QuoteAsked, QuoteAnswered, QuoteRefused, QuoteAccepted, DepositReceived, QuoteSent, QuoteWithdrawn.
May know: storefronts, inventory, catalogue, directory.
"""
