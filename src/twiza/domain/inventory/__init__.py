"""How much of it there is, and who it is promised to.

Owns: StockLevel, StockMovement, StockHold, Lot, LotChange, ProductImport, ImportedProduct.
Emits: SoldOut, LotRecalled.
May know: catalogue, directory.
"""
