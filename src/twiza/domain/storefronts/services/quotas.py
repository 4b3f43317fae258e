"""Saying how much of a product may be ordered through a storefront."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.catalogue.selectors import products_on_sale
from twiza.domain.storefronts.models import Storefront, StorefrontQuota
from twiza.domain.storefronts.services.holding import held_by_manager, record_act
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound


@transaction.atomic
def set_quota(storefront: Storefront, product_id: int, most_pieces: int | None, *, by: User) -> None:
    """At most so many pieces of it are ordered there, those ordered already counted in; as many as there are when None.

    What was ordered beyond it stays ordered. Raises NotFound, also for a product that is not on sale.
    """
    kept = held_by_manager(storefront, by)
    if most_pieces is None:
        StorefrontQuota.objects.filter(storefront=kept, product_id=product_id).delete()
    elif not products_on_sale().filter(pk=product_id).exists():
        raise NotFound
    else:
        StorefrontQuota.objects.update_or_create(storefront=kept, product_id=product_id, defaults={"most_pieces": most_pieces})
    record_act("set_quota", kept, by, {"product": str(product_id), "most": "" if most_pieces is None else str(most_pieces)})
