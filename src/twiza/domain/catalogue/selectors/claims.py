"""Which products carry which label, today: never without a certificate of their own cooperative, for their kind and place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from twiza.domain.catalogue.errors import (
    LabelNotChecked,
    LabelNotForThisPlace,
    LabelNotForThisProduct,
    LabelNotOfToday,
    LabelRefused,
)
from twiza.domain.catalogue.models import Product, ProductClaim
from twiza.domain.directory.models import Accreditation
from twiza.domain.directory.selectors import PublicLabel, accreditations_of, covering, public_label
from twiza.kit.clock import today

# A card has room for one. A sanitary authorisation is a duty, not a quality: it is shown on the product's page only.
STRONGEST_FIRST = ("aop", "igp", "label_agricole", "bio", "artisanat", "fair_trade")
# As PostgreSQL writes the ends of a word. Beldi is no label, and neither is what is made by hand.
_WORDS_OF_LABELS = {
    "bio": r"\m(bio|biologiques?|organic)\M|عضوي|بيولوجي",
    "igp": r"\migp\M|بيان جغرافي",
    "aop": r"\maop\M|تسمية المنشأ",
    "label_agricole": r"label agricole",
    "onssa": r"\monssa\M",
    "fair_trade": r"commerce équitable|fair.?trade",
}
_SAID_IN = ("name_fr", "name_ar", "name_en", "story_fr", "story_ar", "story_en", "origin_fr", "origin_ar")
_KINDS = [F("product__kind"), F("product__kind__family")]
_PROVINCE = F("product__cooperative__published_revision__province")


@dataclass(frozen=True)
class LabelChoice:
    """A certificate of the cooperative, whether the product claims it, and why it would not be shown today, if so."""

    accreditation: Accreditation
    is_claimed: bool
    refusal: LabelRefused | None

    @property
    def is_shown(self) -> bool:
        return self.is_claimed and self.refusal is None


def claims_that_hold() -> QuerySet[ProductClaim]:
    """What may be shown now: the database is asked for kind, place, owner and day, so nothing has to be undone in time."""
    owner = Q(accreditation__organisation=F("product__cooperative"))
    taken_in = Q(accreditation__organisation__merged_into=F("product__cooperative"))
    return ProductClaim.objects.filter(owner | taken_in, covering("accreditation__", _KINDS, _PROVINCE))


def claims_something() -> Exists:
    """Of a product: whether it claims any label, holding or not."""
    return Exists(ProductClaim.objects.filter(product=OuterRef("pk")))


def labels_of(product: Product) -> Sequence[PublicLabel]:
    """What its page says, with number and dates."""
    held = claims_that_hold().filter(product=product).select_related("accreditation")
    return [public_label(claim.accreditation) for claim in held.order_by("accreditation__scheme", "pk")]


def schemes_of(product_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The schemes each of these carries today. Those with none are left out."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    held = claims_that_hold().filter(product__in=list(product_ids)).order_by("accreditation__scheme")
    for product, scheme in held.values_list("product", "accreditation__scheme"):
        found[product][scheme] = None
    return {product: tuple(schemes) for product, schemes in found.items()}


def labels_carried(product_ids: Collection[int]) -> dict[int, list[str]]:
    """Of each, what it carries today as `aop AOP-7`: to be written down with an order. Those with none are left out."""
    found: dict[int, list[str]] = defaultdict(list)
    held = claims_that_hold().filter(product__in=list(product_ids)).order_by("accreditation__scheme", "pk")
    for product, scheme, number in held.values_list("product", "accreditation__scheme", "accreditation__number"):
        found[product].append(f"{scheme} {number}".strip())
    return dict(found)


def products_carrying(scheme: str) -> QuerySet[ProductClaim, int]:
    """The ids of the products that carry it today."""
    return claims_that_hold().filter(accreditation__scheme=scheme).order_by().values_list("product_id", flat=True)


def strongest_of(schemes: Collection[str]) -> str:
    """The one a card shows; empty for none."""
    return next((scheme for scheme in STRONGEST_FIRST if scheme in schemes), "")


def label_choices(product: Product) -> Sequence[LabelChoice]:
    """Every certificate of its cooperative. Ask for the product through the viewer first."""
    claimed = set(product.claims.values_list("accreditation", flat=True))
    return [LabelChoice(one, one.pk in claimed, why_not(product, one)) for one in accreditations_of(product.cooperative)]


def why_not(product: Product, accreditation: Accreditation) -> LabelRefused | None:
    """Why the product may not carry its cooperative's certificate today, in the same order as it would be mended."""
    label = accreditation.get_scheme_display()
    if accreditation.verified_at is None:
        return LabelNotChecked(label=label)
    if not _is_of_today(accreditation):
        return LabelNotOfToday(label=label)
    if not {product.kind_id, product.kind.family_id} & set(accreditation.kinds):
        return LabelNotForThisProduct(label=label)
    return None if _is_of_the_place(product, accreditation) else LabelNotForThisPlace(label=label)


def products_naming_labels(limit: int = 50) -> Sequence[tuple[Product, tuple[str, ...]]]:
    """Products on sale whose words speak of a label that they do not carry today, with its schemes, the newest first."""
    said = Q()
    for field in _SAID_IN:
        said |= Q(**{f"{field}__iregex": "|".join(_WORDS_OF_LABELS.values())})
    products = Product.objects.filter(said, state=Product.State.PUBLISHED).select_related("cooperative__published_revision")
    found = list(products.order_by("-published_at", "-pk")[:limit])
    carried = schemes_of([product.pk for product in found])
    named = [(product, tuple(sorted(_named_in(product) - set(carried.get(product.pk, ()))))) for product in found]
    return [(product, schemes) for product, schemes in named if schemes]


def _named_in(product: Product) -> set[str]:
    words = " ".join(getattr(product, field) for field in _SAID_IN)
    patterns = {scheme: pattern.replace(r"\m", r"\b").replace(r"\M", r"\b") for scheme, pattern in _WORDS_OF_LABELS.items()}
    return {scheme for scheme, pattern in patterns.items() if re.search(pattern, words, re.IGNORECASE)}


def _is_of_today(accreditation: Accreditation) -> bool:
    begun = accreditation.valid_from is None or accreditation.valid_from <= today()
    return begun and (accreditation.valid_until is None or accreditation.valid_until >= today())


def _is_of_the_place(product: Product, accreditation: Accreditation) -> bool:
    if not accreditation.provinces:
        return accreditation.scheme not in Accreditation.OF_A_PLACE
    revision = product.cooperative.published_revision
    return revision is not None and revision.province_id in accreditation.provinces
