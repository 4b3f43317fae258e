"""What a size weighs and how large it is once it is packed."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.catalogue.errors import LighterThanContent
from twiza.domain.catalogue.locking import lock_variant
from twiza.domain.catalogue.models import Variant
from twiza.domain.directory.rules import speaks_for
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound


@transaction.atomic
def measure_variant(variant: Variant, *, packed_grams: int, packed_cm3: int | None, by: User) -> Variant:
    """From now on sending it is priced by this weight and this size; None: nobody measured it. Orders stay as they were placed.

    Raises LighterThanContent, NotFound.
    """
    variant = lock_variant(variant.pk)
    if not speaks_for(by, variant.product.cooperative):
        raise NotFound
    if variant.net_unit == Variant.Unit.GRAM and packed_grams < variant.net_content:
        raise LighterThanContent
    was = f"{variant.gross_weight_grams} g {variant.packed_cm3 or ''}".strip()
    variant.gross_weight_grams, variant.packed_cm3 = packed_grams, packed_cm3
    variant.save(update_fields=["gross_weight_grams", "packed_cm3"])
    record(
        "catalogue.measure",
        subject=f"variant:{variant.pk}",
        by=by,
        on_behalf_of=f"organisation:{variant.product.cooperative_id}",
        details={"was": was, "is": f"{packed_grams} g {packed_cm3 or ''}".strip()},
    )
    return variant
