"""How much of it there is, and who it is promised to.

Owns: StockLevel, StockMovement, StockHold, Lot, LotChange, WithdrawnRecall, ProductImport, ImportedProduct.
Emits: SoldOut, LotRecalled, RecallWithdrawn.
May know: catalogue, directory.
"""
