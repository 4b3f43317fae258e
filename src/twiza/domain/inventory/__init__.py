"""How much of it there is, and who it is promised to.

Owns: StockLevel, StockMovement, StockHold.
Emits: SoldOut.
May know: catalogue.
"""
