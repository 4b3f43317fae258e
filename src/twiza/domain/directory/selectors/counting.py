"""How many cooperatives there are, and where: for the map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.states import SHOWN_TO_ALL


def listed_cooperatives() -> QuerySet[Organisation]:
    """Those that everybody finds in the list."""
    return Organisation.objects.filter(kind__in=COOPERATIVE_KINDS, state__in=SHOWN_TO_ALL, published_revision__isnull=False)


def listed_name(slug: str, language: str) -> tuple[int, str] | None:
    """The id and the name of the one behind this address; None where there is none in the list."""
    found = listed_cooperatives().select_related("published_revision").filter(slug=slug).first()
    return (found.pk, found.name_in(language)) if found else None


@dataclass(frozen=True)
class Spread:
    """How many cooperatives stand in each province, by its code; under "" those whose province nobody knows."""

    per_province: dict[str, int]
    has_fictional: bool

    @property
    def total(self) -> int:
        return sum(self.per_province.values())

    @property
    def nowhere(self) -> int:
        return self.per_province.get("", 0)

    @property
    def per_region(self) -> Counter[str]:
        counts = Counter[str]()
        for code, count in self.per_province.items():
            counts[code[:2]] += count  # an HCP code begins with its region's
        return counts


@dataclass(frozen=True)
class RegisterAtAGlance:
    """How many cooperatives the register holds, by who looks after their page."""

    listed: int
    claimed: int
    verified: int
    closed: int


def register_at_a_glance() -> RegisterAtAGlance:
    """For those who look after the register: everything that was not merged into another page."""
    rows = Organisation.objects.filter(kind__in=COOPERATIVE_KINDS).values_list("state").annotate(count=Count("pk"))
    by_state = Counter(dict(rows))
    return RegisterAtAGlance(
        by_state["listed"], by_state["claimed"], by_state["verified"], by_state["closed"] + by_state["suspended"]
    )


def spread_of_cooperatives() -> Spread:
    """Where the listed cooperatives are, and whether some were made up for a demonstration."""
    made_up = Count("pk", filter=Q(is_fictional=True))
    rows = listed_cooperatives().values_list("published_revision__province_id").annotate(count=Count("pk"), made_up=made_up)
    found = list(rows)
    return Spread({code or "": count for code, count, _made_up in found}, any(row[2] for row in found))
