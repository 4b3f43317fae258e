"""What a cooperative sells itself: at its stall, on the day of the souk, at a fair.

Owns: StallSale, StallSaleLine.
Emits: nothing.
May know: inventory, catalogue, directory.
"""
