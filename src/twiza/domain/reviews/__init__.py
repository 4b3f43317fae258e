"""What buyers say of what they received.

Owns: Review, ReviewVersion, ReviewReport, ReviewRequest.
Emits: ReviewRequested, ReviewWritten, ReviewAnswered, ReviewHidden.
May know: orders, storefronts, inventory, delivery, payments, catalogue, directory.
"""
