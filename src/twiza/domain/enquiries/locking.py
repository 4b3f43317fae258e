"""The only lock on questions. Order of locks: enquiry, product."""

from __future__ import annotations

from twiza.domain.enquiries.models import Enquiry


def lock_enquiry(enquiry_id: int) -> Enquiry | None:
    """Nothing when it was forgotten meanwhile."""
    known = ("cooperative", "product", "storefront__operator")
    return Enquiry.objects.select_for_update(of=("self",)).select_related(*known).filter(pk=enquiry_id).first()
