"""What a buyer may still ask once the parcel is there.

Owns: Return, ReturnedLine.
Emits: ReturnAsked, ReturnApproved, ReturnRejected, ReturnRefunded, RefundLate.
May know: orders, storefronts, inventory, delivery, payments, catalogue, directory.
"""
