"""What of the directory can be found: every cooperative the public may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.utils.translation import override

from twiza.domain.directory.models import Accreditation, Organisation, Revision, Sector
from twiza.domain.directory.selectors import DirectoryFilters, find_cooperatives
from twiza.domain.directory.selectors.people import COOPERATIVE_KINDS
from twiza.domain.directory.selectors.public import holds_today
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.foundation.search.documents import Document, Hit, contributed_words, offer

KIND = "cooperative"
AT_ONCE = 1_000


def cooperatives_to_find(ids: Collection[int] | None) -> Iterator[Document]:
    """Those with these ids, or all; whoever the public may not see is left out."""
    shown = Organisation.objects.filter(
        kind__in=COOPERATIVE_KINDS, state__in=SHOWN_TO_ALL, published_revision__isnull=False
    ).order_by("pk")
    if ids is not None:
        shown = shown.filter(pk__in=list(ids))
    shown = shown.select_related("published_revision__commune", "published_revision__province__region")
    last = 0
    while some := list(shown.filter(pk__gt=last)[:AT_ONCE]):
        yield from _documents(some)
        last = some[-1].pk


def labels_held(organisation_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The schemes each of these is certified for today."""
    held: dict[int, dict[str, None]] = defaultdict(dict)
    rows = Accreditation.objects.filter(holds_today(), organisation__in=list(organisation_ids))
    for one, scheme in rows.values_list("organisation", "scheme"):
        held[one][scheme] = None
    return {one: tuple(schemes) for one, schemes in held.items()}


def place_names(revision: Revision) -> tuple[str, ...]:
    """The names of its commune, province and region, in every language."""
    places = [revision.commune, revision.province]
    named = [name for place in places if place for name in (place.name_fr, place.name_ar)]
    if revision.province:
        region = revision.province.region
        named += [region.name_fr, region.name_ar, region.name_zgh]
    return tuple(named)


def _documents(organisations: list[Organisation]) -> Iterator[Document]:
    ids = [organisation.pk for organisation in organisations]
    made = contributed_words(KIND, ids)
    labels = labels_held(ids)
    for organisation in organisations:
        yield _document(organisation, made.get(organisation.pk, ()), labels.get(organisation.pk, ()))


def _document(organisation: Organisation, made: tuple[str, ...], labels: tuple[str, ...]) -> Document:
    revision = organisation.published_revision
    assert revision is not None  # noqa: S101 -- cooperatives_to_find() left the others out
    return Document(
        kind=KIND,
        id=organisation.pk,
        slug=organisation.slug,
        names={"fr": revision.name_fr, "ar": revision.name_ar, "zgh": revision.name_zgh},
        words=(
            revision.acronym,
            revision.activities,
            *made,
            *place_names(revision),
            revision.douar,
            *sector_names(revision),
            *(("coopérative féminine", "تعاونية نسائية") if revision.is_womens else ()),
        ),
        region=revision.province.region_id if revision.province else "",
        province=revision.province_id or "",
        sectors=tuple(revision.sectors),
        labels=labels,
        is_womens=revision.is_womens,
        sells_online=bool(made),
    )


def sector_names(revision: Revision) -> Iterator[str]:
    """Its sectors, in French and in Arabic."""
    for language in ("fr", "ar"):
        with override(language):
            yield from (str(Sector(code).label) for code in revision.sectors)


def _by_name(text: str, limit: int) -> list[Hit]:
    found = find_cooperatives(DirectoryFilters(text=text), per_page=limit).cooperatives
    return [Hit(KIND, one.id, one.slug, {"": one.name}, 0.0) for one in found]


offer(KIND, cooperatives_to_find, _by_name)
