"""Who is told what, in which words.

Owns: the texts in `texts/`, one per event and language.
Emits: nothing.
May know: payouts, aftersales, reviews, enquiries, orders, quotes, storefronts, inventory, payments, catalogue, directory.
"""
