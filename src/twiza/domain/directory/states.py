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
    TAKEN = "taken", _("Taken over")  # its words, or some of them, are in a later version
    REJECTED = "rejected", _("Not accepted")


class ClaimState(models.TextChoices):
    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class MandateState(models.TextChoices):
    """`refused` was never granted; `revoked` was; `ended` ran out, before or after it was granted."""

    ASKED = "asked", _("Asked")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    REVOKED = "revoked", _("Revoked")
    ENDED = "ended", _("Ended")


MAY_BECOME: dict[str, frozenset[str]] = {
    "listed": frozenset({"claimed", "verified", "suspended", "closed", "merged"}),
    "claimed": frozenset({"listed", "verified", "suspended", "closed", "merged"}),
    "verified": frozenset({"claimed", "suspended", "closed", "merged"}),
    "suspended": frozenset({"listed", "claimed", "verified", "closed", "merged"}),
    "closed": frozenset({"listed", "merged"}),
    "merged": frozenset(),  # undoing the merge brings it back, as what it was
}

# Who answers for a page, the surest last: a merged page leaves the better of two to the one that is kept.
SURENESS = ("closed", "listed", "claimed", "verified")
# Whose page somebody may say is their cooperative's.
MAY_BE_CLAIMED = frozenset({"listed", "claimed", "verified"})

# A page of its own, found in the list.
SHOWN_TO_ALL = frozenset({"listed", "claimed", "verified"})


def may_become(before: str, after: str) -> bool:
    return after in MAY_BECOME[before]


class UploadState(models.TextChoices):
    """How far a register that somebody uploaded has come."""

    UPLOADED = "uploaded", _("Being opened")
    OPENED = "opened", _("Columns to confirm")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, not imported")
    IMPORTING = "importing", _("Being imported")
    IMPORTED = "imported", _("Imported")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Could not be read")


UPLOAD_MAY_BECOME: dict[str, frozenset[str]] = {
    "uploaded": frozenset({"opened", "failed"}),
    "opened": frozenset({"uploaded", "checking", "failed"}),
    "checking": frozenset({"checked", "failed"}),
    "checked": frozenset({"uploaded", "checking", "importing", "failed"}),
    "importing": frozenset({"imported", "failed"}),
    "imported": frozenset({"undoing"}),
    "undoing": frozenset({"undone", "imported"}),
    "undone": frozenset(),
    "failed": frozenset({"uploaded", "checking"}),
}
# A job is at work, or will be.
UNDER_WAY = frozenset({"uploaded", "checking", "importing", "undoing"})
