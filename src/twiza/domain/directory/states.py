"""Which state may follow which, and the name shown to the public."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationState(models.TextChoices):
    LISTED = "listed", _("Listed")
    CLAIMED = "claimed", _("Kept by its members")
    VERIFIED = "verified", _("Verified")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged into another page")


class RevisionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PENDING = "pending", _("Waiting for approval")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Not accepted")


MAY_BECOME: dict[str, frozenset[str]] = {
    "listed": frozenset({"claimed", "verified", "suspended", "closed", "merged"}),
    "claimed": frozenset({"listed", "verified", "suspended", "closed", "merged"}),
    "verified": frozenset({"claimed", "suspended", "closed", "merged"}),
    "suspended": frozenset({"listed", "claimed", "verified", "closed", "merged"}),
    "closed": frozenset({"listed", "merged"}),
    "merged": frozenset({"listed"}),
}

# A page of its own, found in the list.
SHOWN_TO_ALL = frozenset({"listed", "claimed", "verified"})


def may_become(before: str, after: str) -> bool:
    return after in MAY_BECOME[before]
