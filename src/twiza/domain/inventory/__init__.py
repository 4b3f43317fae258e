"""How much of it there is, and who it is promised to.

Owns: StockLevel, StockMovement, StockHold, Lot, LotChange.
Emits: SoldOut, LotRecalled.
May know: catalogue.
"""
