"""Whoever changes a storefront holds it, manages its operator, and leaves a trace."""

from __future__ import annotations

from twiza.domain.directory.rules import manages
from twiza.domain.storefronts.locking import lock_storefront
from twiza.domain.storefronts.models import Storefront
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound


def held_by_manager(storefront: Storefront, by: User) -> Storefront:
    """The storefront as it stands, for nobody else to change meanwhile. Raises NotFound when `by` does not manage it, and for
    the market as a whole, which shows everything and is always open."""
    kept = held_with_market(storefront, by)
    if kept.shows_everything:
        raise NotFound
    return kept


def held_with_market(storefront: Storefront, by: User) -> Storefront:
    """The same, and the market as a whole too."""
    kept = lock_storefront(storefront.pk)
    if kept.operator is None or not manages(by, kept.operator):
        raise NotFound
    return kept


def record_act(act: str, storefront: Storefront, by: User, details: dict[str, str] | None = None) -> None:
    """It is known who did this to the storefront, for which operator."""
    record(
        f"storefronts.{act}",
        subject=f"storefront:{storefront.pk}",
        by=by,
        on_behalf_of=f"organisation:{storefront.operator_id}",
        details=details or {},
    )
