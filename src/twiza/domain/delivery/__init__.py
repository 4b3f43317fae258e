"""How a parcel gets there, and what that costs.

Owns: Tariff, PickupPoint, HandOver, SendingTerms, Holiday; port `carrier.py`.
Emits: nothing.
May know: directory.
"""
