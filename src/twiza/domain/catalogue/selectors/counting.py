"""How many products each choice would leave, while no index says it: one grouped question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.selectors.bands import with_bands
from twiza.domain.catalogue.selectors.claims import claims_that_hold
from twiza.foundation.search.selectors import ALL, WITHIN, Counts, Narrowing

FACETS = ("region", "province", "sector", "label", "made", "band", "month", "womens")
# Counting more by the tables would keep people waiting longer than the numbers are worth.
FEW = 10_000
_REVISION = "cooperative__published_revision__"
_GROUPED = (
    f"{_REVISION}province__region", f"{_REVISION}province", f"{_REVISION}sectors", f"{_REVISION}is_womens",
    "kind", "kind__family", "band", "season_months",
)  # fmt: skip


@dataclass(frozen=True)
class _Group:
    """Products alike in all that narrows: the codes of each facet, and how many there are."""

    codes: dict[str, tuple[str, ...]]
    count: int

    def holds(self, narrowing: Narrowing, without: Collection[str] = ()) -> bool:
        chosen = {name: getattr(narrowing, name) for name in FACETS if name not in without}
        return all(("true" if code is True else code) in self.codes[name] for name, code in chosen.items() if code)


def count_by_tables(products: QuerySet[Product], narrowing: Narrowing, *, with_labels: bool) -> Counts:
    """As the index counts; a facet's own choices without itself; labels are another question. Nothing of more than FEW."""
    groups = _groups(products, with_labels=with_labels or bool(narrowing.label))
    if groups is None:
        return {}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in FACETS:
        without = WITHIN.get(name, (name,))
        for group in groups:
            if group.holds(narrowing, without):
                counts[name].update(dict.fromkeys(group.codes[name], group.count))
    counts[ALL]["true"] = sum(group.count for group in groups if group.holds(narrowing))
    counts["online"]["true"] = counts[ALL]["true"]
    return counts


def _groups(products: QuerySet[Product], *, with_labels: bool) -> list[_Group] | None:
    """None of more than FEW."""
    few = products.select_related(None).prefetch_related(None).order_by().values("pk")[: FEW + 1]
    bare = with_bands(Product.objects.filter(pk__in=few)).order_by()
    groups = _grouped_by_labels(bare) if with_labels else _grouped(bare, ())
    return groups if sum(group.count for group in groups) <= FEW else None


def _grouped_by_labels(products: QuerySet[Product]) -> list[_Group]:
    schemes: dict[int, set[str]] = defaultdict(set)
    for product, scheme in claims_that_hold().order_by().values_list("product", "accreditation__scheme"):
        schemes[product].add(scheme)
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for product, carried in schemes.items():
        alike[tuple(sorted(carried))].append(product)
    groups = _grouped(products.exclude(pk__in=claims_that_hold().order_by().values("product")), ())
    return groups + [group for carried, some in alike.items() for group in _grouped(products.filter(pk__in=some), carried)]


def _grouped(products: QuerySet[Product], labels: tuple[str, ...]) -> list[_Group]:
    """Products that carry these labels, counted by whatever else narrows them."""
    return [_group(row[:8], labels, row[8]) for row in products.values_list(*_GROUPED).annotate(count=Count("pk"))]


def _group(row: tuple[object, ...], labels: tuple[str, ...], count: int) -> _Group:
    region, province, sectors, is_womens, kind, family, band, months = row
    said = {
        "region": [region], "province": [province], "sector": sectors or (), "label": labels,
        "made": [kind, family], "band": [band], "month": months or (), "womens": ["true" if is_womens else ""],
    }  # fmt: skip
    return _Group({name: tuple(str(code) for code in codes if code) for name, codes in said.items()}, count)  # type: ignore[attr-defined]
