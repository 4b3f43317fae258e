"""Which cooperative a row names, and which of its products and sizes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.directory.models import Identifier, Organisation
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.selectors import cooperatives_run_by
from twiza.domain.directory.services.importing.names import name_key
from twiza.domain.inventory.services.importing.cells import Content
from twiza.domain.inventory.services.importing.faults import CellTrouble
from twiza.domain.inventory.services.importing.rows import ReadProduct
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound
from twiza.kit.folding import fold_words

MOST_CANDIDATES = 50


class NoSuchCooperative(NotFound):
    """Facts: slug."""

    code = "no_such_cooperative"
    sentence = _("There is no cooperative at the address %(slug)s.")


def cooperative_at(slug: str) -> Organisation:
    """The cooperative with this slug, or the one that took its page in. Raises NoSuchCooperative."""
    known = Organisation.objects.filter(kind__in=COOPERATIVE_KINDS, merged_into=None).select_related("published_revision")
    found = known.filter(Q(slug=slug) | Q(merged_from__slug=slug)).first()
    if found is None:
        raise NoSuchCooperative(slug=slug)
    return found


class CooperativeFinder:
    """Among those `by` looks after; among all when nobody is named, who keeps the server."""

    def __init__(self, by: User | None) -> None:
        self._by = by
        self.find = lru_cache(1_000)(self._find)

    def _find(self, text: str) -> Organisation:
        """The cooperative of this address, number in the register or name. Raises CellTrouble."""
        found = self._own().filter(slug=text.lower()).first() or self._by_number(text)
        if found is not None:
            return found
        key = name_key(text)
        alike = self._own().filter(published_revision__folded_names__contains=key)[:MOST_CANDIDATES] if key else []
        named = [one for one in alike if key in _name_keys(one)]
        if len(named) != 1:
            raise CellTrouble("cooperative_ambiguous" if named else "cooperative_unknown")
        return named[0]

    def _own(self) -> QuerySet[Organisation]:
        if self._by is not None:
            return cooperatives_run_by(self._by)
        known = Organisation.objects.filter(kind__in=COOPERATIVE_KINDS, merged_into=None)
        return known.select_related("published_revision")

    def _by_number(self, text: str) -> Organisation | None:
        numbers = Identifier.objects.filter(scheme=Identifier.Scheme.REGISTRATION, value=text.strip(), retired_at=None)
        found = list(self._own().filter(pk__in=numbers.values("organisation"))[:2])
        if len(found) > 1:
            raise CellTrouble("cooperative_ambiguous")
        return found[0] if found else None


@dataclass(frozen=True)
class Matched:
    """What a row speaks of, as far as it is there already."""

    cooperative: Organisation
    product: Product | None = None
    variant: Variant | None = None


def match(row: ReadProduct, cooperative: Organisation) -> Matched:
    """The cooperative's product of this name, in French or in Arabic, and its size. Raises CellTrouble when names disagree."""
    found = {name: _named(cooperative, name, words) for name, words in row.names.items()}
    products = {product.pk: product for product in found.values() if product is not None}
    if len(products) > 1:
        first, second = products.values()
        raise CellTrouble("two_products", first=first.name, second=second.name)
    product = next(iter(products.values()), None)
    return Matched(cooperative, product, _size(product, row.content) if product else None)


def _named(cooperative: Organisation, field: str, words: str) -> Product | None:
    key = fold_words(words)
    alike = Product.objects.filter(cooperative=cooperative, folded_names__contains=key).values_list("pk", "state", field)
    named = [(pk, state) for pk, state, name in alike if fold_words(name) == key]
    # What is sold no more stands behind what is sold under the same name.
    living = [pk for pk, state in named if state != Product.State.RETIRED] or [pk for pk, _state in named]
    if len(living) > 1:
        raise CellTrouble("product_ambiguous")
    return Product.objects.select_related("kind", "cooperative").get(pk=living[0]) if living else None


def _size(product: Product, content: Content) -> Variant | None:
    sizes = product.variants.filter(retired_at=None, net_content=content.amount, net_unit=content.unit)
    return next((size for size in sizes if fold_words(size.name_fr or size.name_ar) == fold_words(content.name)), None)


def _name_keys(organisation: Organisation) -> set[str]:
    revision = organisation.published_revision
    names = (revision.name_fr, revision.name_ar, revision.name_zgh) if revision else ()
    return {name_key(name) for name in names if name}
