"""The order of the public list: who answers for itself first, then by name."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import NullIf
from django.utils.translation import get_language

from twiza.domain.directory.models import Organisation

PLACES = ("published_revision__commune", "published_revision__province__region")


def in_order(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Those somebody answers for, then those only a register knows; each by name, in Arabic by the Arabic one."""
    return found.select_related(*PLACES).order_by(_known_first(), *_by_name())


def slice_in_order(found: QuerySet[Organisation], begin: int, how_many: int) -> list[Organisation]:
    """As a slice of `in_order`. Asked in two parts, since those only a register knows are tens of thousands and an index
    has them by name; all at once, they would be sorted each time."""
    known = found.exclude(state="listed")
    how_many_known = known.count() if begin else 0
    shown = list(in_order(known)[begin : begin + how_many]) if begin <= how_many_known else []
    missing = how_many - len(shown)
    return [*shown, *_listed(found.filter(state="listed"), max(0, begin - how_many_known), missing)] if missing else shown


def _listed(found: QuerySet[Organisation], begin: int, how_many: int) -> list[Organisation]:
    by_name = found.order_by(*_by_name())
    if not begin:
        return list(by_name.select_related(*PLACES)[:how_many])
    # Many are passed over: by their ids alone, so that only those of the page are read whole.
    ids = list(by_name.values_list("pk", flat=True)[begin : begin + how_many])
    rows = Organisation.objects.select_related(*PLACES).in_bulk(ids)
    return [rows[one] for one in ids if one in rows]


def _known_first() -> Case:
    return Case(When(state="verified", then=0), When(state="claimed", then=1), default=2, output_field=IntegerField())


def _by_name() -> list[Any]:
    order: list[Any] = [F("published_revision__folded_names"), F("pk")]
    if get_language() == "ar":
        order.insert(0, NullIf(F("published_revision__name_ar"), Value("")).asc(nulls_last=True))
    return order
