"""Who sells in a storefront, as the law wants it said: computed from the directory, never typed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import get_language

from twiza.domain.directory.models import ContactPoint, Identifier, Organisation
from twiza.domain.directory.selectors import PublicContact
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors.showing import products_shown_in
from twiza.kit.translations import translated

SELLERS_ON_A_PAGE = 60


@dataclass(frozen=True)
class Seller:
    """A cooperative by name, number and place. Only contacts it made public."""

    id: int
    slug: str
    name: str
    registration: str
    ice: str
    place: str
    contacts: tuple[PublicContact, ...]


@dataclass(frozen=True)
class SellerList:
    sellers: tuple[Seller, ...]
    total: int
    page: int
    pages: int

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def sellers_in(storefront: Storefront, page: int = 1) -> SellerList:
    """Whoever has a product in it today, by name, so many on a page."""
    selling = products_shown_in(storefront).order_by().values("cooperative_id")
    found = Organisation.objects.filter(pk__in=selling)
    total = found.count()
    pages = max(1, -(-total // SELLERS_ON_A_PAGE))
    page = min(max(1, page), pages)
    named = found.select_related("published_revision__commune").order_by("published_revision__name_fr", "pk")
    return SellerList(_described(list(named[(page - 1) * SELLERS_ON_A_PAGE : page * SELLERS_ON_A_PAGE])), total, page, pages)


def _described(cooperatives: list[Organisation]) -> tuple[Seller, ...]:
    ids = [cooperative.pk for cooperative in cooperatives]
    numbers, contacts = _numbers_of(ids), _contacts_of(ids)
    return tuple(
        Seller(
            one.pk,
            one.slug,
            one.name_in(get_language() or "fr"),
            numbers.get((one.pk, "registration"), ""),
            numbers.get((one.pk, "ice"), ""),
            _place_of(one),
            tuple(contacts[one.pk]),
        )
        for one in cooperatives
    )


def _numbers_of(ids: list[int]) -> dict[tuple[int, str], str]:
    rows = Identifier.objects.filter(organisation__in=ids, scheme__in=["registration", "ice"], retired_at=None, is_public=True)
    return {(row.organisation_id, row.scheme): ", ".join(filter(None, (row.value, row.court))) for row in rows}


def _contacts_of(ids: list[int]) -> dict[int, list[PublicContact]]:
    found: dict[int, list[PublicContact]] = defaultdict(list)
    for row in ContactPoint.objects.filter(organisation__in=ids, visibility="public"):
        found[row.organisation_id].append(PublicContact(row.kind, row.value, row.role))
    return found


def _place_of(cooperative: Organisation) -> str:
    revision = cooperative.published_revision
    return translated(revision.commune, "name") if revision and revision.commune else ""
