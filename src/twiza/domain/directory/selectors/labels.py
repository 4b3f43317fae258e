"""Who is certified for what, today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from twiza.domain.directory.models import Accreditation
from twiza.domain.directory.selectors.public import holds_today


def labels_held(organisation_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The schemes each of these is certified for today."""
    held: dict[int, dict[str, None]] = defaultdict(dict)
    rows = Accreditation.objects.filter(holds_today(), organisation__in=list(organisation_ids))
    for one, scheme in rows.values_list("organisation", "scheme"):
        held[one][scheme] = None
    return {one: tuple(schemes) for one, schemes in held.items()}


def certified_for(scheme: str) -> QuerySet[Accreditation, int]:
    """The ids of whoever is certified for it today."""
    return Accreditation.objects.filter(holds_today(), scheme=scheme).order_by().values_list("organisation_id", flat=True)
