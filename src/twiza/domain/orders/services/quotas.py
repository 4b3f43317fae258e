"""Nobody orders more through a storefront than it may give."""

from __future__ import annotations

from collections.abc import Sequence

from twiza.domain.orders.errors import FewerHere, NoMoreHere
from twiza.domain.orders.selectors.contents import BasketLine
from twiza.domain.orders.selectors.quotas import pieces_ordered_at
from twiza.domain.storefronts.locking import lock_quotas


def refuse_beyond_quota(product: str, storefront: str, wanted: int, left: int | None) -> None:
    """Raises FewerHere or NoMoreHere when fewer may still be ordered there than are wanted; None is no quota."""
    if left is None or wanted <= left:
        return
    if left <= 0:
        raise NoMoreHere(product=product, storefront=storefront)
    raise FewerHere(product=product, storefront=storefront, left=left)


def keep_to_quotas(lines: Sequence[BasketLine]) -> None:
    """What these new orders hold is within every quota, and stays so: whoever orders of the same now waits for this one.

    To be asked inside the transaction, after the orders are written and before stock is locked. Raises FewerHere, NoMoreHere.
    """
    named = {line.place: line for line in lines if not line.storefront.shows_everything}
    quotas = lock_quotas({store for store, _product in named}, {product for _store, product in named}) if named else {}
    held = {place: quota for place, quota in quotas.items() if place in named}
    ordered = pieces_ordered_at(held) if held else {}
    for place, quota in held.items():
        line = named[place]
        here = sum(one.quantity for one in lines if one.place == place)
        left = quota.most_pieces - (ordered.get(place, 0) - here)
        refuse_beyond_quota(line.product.name, line.storefront.name, here, left)
