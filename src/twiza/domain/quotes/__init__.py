"""A price for what has none yet: many of it at once, or another country.

Owns: Quote, CountryTerm.
Emits: QuoteAsked, QuoteAnswered, QuoteRefused, QuoteAccepted, QuoteWithdrawn.
May know: storefronts, catalogue, directory.
"""
