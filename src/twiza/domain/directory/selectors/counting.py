"""How many cooperatives there are, and where: for the map."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors.people import COOPERATIVE_KINDS
from twiza.domain.directory.states import SHOWN_TO_ALL


def listed_cooperatives() -> QuerySet[Organisation]:
    """Those that everybody finds in the list."""
    return Organisation.objects.filter(kind__in=COOPERATIVE_KINDS, state__in=SHOWN_TO_ALL, published_revision__isnull=False)


def cooperatives_per_province() -> dict[str, int]:
    """The code of each province where some are, with how many; under "" those whose province nobody knows."""
    rows = listed_cooperatives().values_list("published_revision__province_id").annotate(count=Count("pk"))
    return {code or "": count for code, count in rows}
