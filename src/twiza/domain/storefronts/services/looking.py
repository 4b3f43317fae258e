"""An operator looks before it shows: what is new waits, what was refused says why, and whoever is trusted does not wait."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from twiza.domain.catalogue.models import Product
from twiza.domain.storefronts.errors import ProductChangedMeanwhile, ReasonMissing
from twiza.domain.storefronts.events import ProductRefused
from twiza.domain.storefronts.models import ProductReview, Storefront, StorefrontTrust
from twiza.domain.storefronts.selectors.looking import read_today, trusted_by
from twiza.domain.storefronts.selectors.showing import products_offered_to, products_shown_in
from twiza.domain.storefronts.services.holding import held_by_manager, record_act
from twiza.domain.storefronts.states import NotShownBecause
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit.errors import NotFound

AT_ONCE = 500


@transaction.atomic
def look_first(storefront: Storefront, *, by: User) -> None:
    """From now on new products wait until somebody of the operator looked. What is shown today stays shown.

    Raises NotFound when `by` does not decide for the operator.
    """
    kept = held_by_manager(storefront, by)
    if kept.looks_first:
        return
    ProductReview.objects.filter(storefront=kept).delete()
    _take_as_seen(kept, products_shown_in(kept), by)
    _keep(kept, looks_first=True, by=by)


@transaction.atomic
def show_without_looking(storefront: Storefront, *, by: User) -> None:
    """Everything that is sold by those it shows is shown, also what waited or was refused. Raises NotFound."""
    kept = held_by_manager(storefront, by)
    _keep(kept, looks_first=False, by=by)


@transaction.atomic
def accept_product(storefront: Storefront, product_id: int, *, seen: str, by: User, is_trusted: bool = False) -> None:
    """The storefront shows it as it reads now; with `is_trusted`, whatever its cooperative sells from now on.

    `seen` is the fingerprint of what was looked at. Raises NotFound, ProductChangedMeanwhile.
    """
    kept = held_by_manager(storefront, by)
    product = _looked_at(kept, product_id, seen)
    _decide(kept, product, by, is_shown=True, reason="", words="")
    if is_trusted:
        StorefrontTrust.objects.get_or_create(storefront=kept, cooperative_id=product.cooperative_id, defaults={"by": by})
    record_act("accept_product", kept, by, {"product": str(product_id), "trusted": str(is_trusted)})


def accept_products(storefront: Storefront, looked_at: Mapping[int, str], *, by: User) -> int:
    """All of these are shown as they were looked at (product → fingerprint); says how many.

    Those that are gone or changed since wait on. Raises NotFound when `by` does not decide for the operator.
    """
    accepted = 0
    for product_id, seen in looked_at.items():
        try:
            accept_product(storefront, product_id, seen=seen, by=by)
        except ProductChangedMeanwhile:
            continue
        accepted += 1
    return accepted


@transaction.atomic
def refuse_product(storefront: Storefront, product_id: int, *, seen: str, reason: str, words: str = "", by: User) -> None:
    """The storefront does not show it, and its cooperative is told why (ProductRefused). The market still sells it.

    Raises NotFound, ProductChangedMeanwhile, ReasonMissing.
    """
    kept = held_by_manager(storefront, by)
    words = " ".join(words.split())[:300]
    if reason not in NotShownBecause.values or (reason == NotShownBecause.OTHER and not words):
        raise ReasonMissing
    product = _looked_at(kept, product_id, seen)
    review = _decide(kept, product, by, is_shown=False, reason=reason, words=words)
    record_act("refuse_product", kept, by, {"product": str(product_id), "reason": reason})
    publish(ProductRefused(review_id=review.pk, at=review.at.isoformat()))


@transaction.atomic
def trust_no_more(storefront: Storefront, cooperative_id: int, *, by: User) -> None:
    """What the cooperative sells from now on waits again; what was shown stays. Raises NotFound."""
    kept = held_by_manager(storefront, by)
    reviewed = ProductReview.objects.filter(storefront=kept).order_by().values("product")
    shown = products_offered_to(kept).filter(cooperative=cooperative_id, cooperative__in=trusted_by(kept))
    _take_as_seen(kept, shown.exclude(pk__in=reviewed), by)
    StorefrontTrust.objects.filter(storefront=kept, cooperative=cooperative_id).delete()
    record_act("trust_no_more", kept, by, {"cooperative": str(cooperative_id)})


def fingerprint_of(product: Product) -> str:
    """The same while a buyer reads the same of it."""
    return hashlib.sha256(json.dumps(read_today(product), sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:24]


def _looked_at(storefront: Storefront, product_id: int, seen: str) -> Product:
    product = products_offered_to(storefront).filter(pk=product_id).prefetch_related("photos").first()
    if product is None:
        raise NotFound
    if fingerprint_of(product) != seen:
        raise ProductChangedMeanwhile
    return product


def _decide(storefront: Storefront, product: Product, by: User, *, is_shown: bool, reason: str, words: str) -> ProductReview:
    said = {"seen": read_today(product), "is_shown": is_shown, "reason": reason, "words": words, "by": by}
    return ProductReview.objects.update_or_create(storefront=storefront, product=product, defaults=said)[0]


def _take_as_seen(storefront: Storefront, products: QuerySet[Product], by: User) -> None:
    each = products.select_related(None).prefetch_related(None).prefetch_related("photos").order_by("pk").iterator(AT_ONCE)
    seen = (ProductReview(storefront=storefront, product=one, seen=read_today(one), is_shown=True, by=by) for one in each)
    ProductReview.objects.bulk_create(seen, batch_size=AT_ONCE)


def _keep(storefront: Storefront, *, looks_first: bool, by: User) -> None:
    storefront.looks_first = looks_first
    storefront.save(update_fields=["looks_first"])
    record_act("look_first" if looks_first else "show_without_looking", storefront, by)
