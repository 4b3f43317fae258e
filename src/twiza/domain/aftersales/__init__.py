"""What a buyer may still ask once the parcel is there.

Owns: Return, ReturnedLine, Complaint, Replacement.
Emits: ReturnAsked, ReturnApproved, ReturnRejected, ReturnRefunded, RefundLate,
ComplaintOpened, ComplaintAnswered, ComplaintAccepted, ComplaintEscalated, ComplaintDecided, ComplaintRefunded,
ComplaintRefundLate, ReplacementSent, ReplacementDelivered.
May know: orders, storefronts, inventory, delivery, payments, catalogue, directory.
"""
