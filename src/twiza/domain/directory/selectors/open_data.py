"""Everything public that is known of the cooperatives, for whoever wants to reckon with it.

Only published revisions, only contacts and numbers that their owners made public. No bank account, no member, no story:
a story belongs to who wrote it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import TypedDict, TypeVar

from django.db.models import Model, QuerySet

from twiza.domain.directory.models import Accreditation, ContactPoint, Identifier, Organisation, Revision
from twiza.domain.directory.selectors.counting import listed_cooperatives
from twiza.domain.directory.selectors.provenance import FieldSource, main_source, source_of_batch, sources_of_fields
from twiza.domain.directory.selectors.public import PUBLIC_IDENTIFIERS, holds_today
from twiza.kit.clock import local_day

AT_ONCE = 1000
# Names of our own that the published fields do not bear.
PUBLISHED_AS = {"is_womens": "womens"}

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class OpenRecord:
    """One cooperative, its fields in the order in which they are published. Codes of places are those of HCP."""

    slug: str
    kind: str
    state: str
    fictional: bool
    name_fr: str
    name_ar: str
    name_zgh: str
    acronym: str
    sectors: tuple[str, ...]
    activities: str
    region_code: str
    region: str
    province_code: str
    province: str
    commune_code: str
    commune: str
    douar: str
    address: str
    members_total: int | None
    members_women: int | None
    members_men: int | None
    members_youth: int | None
    womens: bool
    founded_on: date | None
    registration: str
    registration_court: str
    ice: str
    labels: tuple[str, ...]
    phones: tuple[str, ...]
    whatsapp: tuple[str, ...]
    emails: tuple[str, ...]
    website: str
    source: str
    source_date: date
    licence: str
    source_file: str
    provenance: tuple[str, ...]


def open_records(region: str = "") -> Iterator[OpenRecord]:
    """Every listed cooperative, of one region when its code is given, in the order in which they came to be known.

    A thousand are in memory at a time, whatever their number.
    """
    last = 0
    while some := list(islice(_after(last, region), AT_ONCE)):
        last = some[-1].pk
        yield from _records(some)


def public_addresses(first: int, how_many: int) -> Iterator[tuple[str, date]]:
    """Slug and day of the last change of so many listed cooperatives, from the `first` one (0) on, in a fixed order."""
    rows = listed_cooperatives().order_by("pk").values_list("slug", "published_revision__created_at")
    return ((slug, local_day(changed)) for slug, changed in rows[first : first + how_many])


def _after(last: int, region: str) -> QuerySet[Organisation]:
    found = listed_cooperatives().filter(pk__gt=last).order_by("pk")
    if region:
        found = found.filter(published_revision__province__region=region)
    revision = "published_revision"
    return found.select_related(f"{revision}__commune", f"{revision}__province__region", f"{revision}__import_batch")[:AT_ONCE]


def _records(organisations: list[Organisation]) -> Iterator[OpenRecord]:
    contacts = _of_each(ContactPoint.objects.filter(organisation__in=organisations, visibility="public").order_by("pk"))
    numbers = _of_each(
        Identifier.objects.filter(
            organisation__in=organisations, scheme__in=PUBLIC_IDENTIFIERS, is_public=True, retired_at__isnull=True
        )
        .select_related("import_batch")
        .order_by("pk")
    )
    sources = sources_of_fields(organisations)
    labels = _of_each(Accreditation.objects.filter(holds_today(), organisation__in=organisations).order_by("scheme", "pk"))
    for organisation in organisations:
        revision = organisation.published_revision
        assert revision is not None  # noqa: S101 -- listed_cooperatives() left the others out
        pk = organisation.pk
        by_scheme = {row.scheme: row for row in numbers[pk]}
        yield _record(organisation, revision, contacts[pk], by_scheme, labels[pk], sources[pk])


def _of_each(rows: Iterable[Row], owner: Callable[[Row], int] = attrgetter("organisation_id")) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[owner(row)].append(row)
    return found


def _record(
    organisation: Organisation,
    revision: Revision,
    contacts: list[ContactPoint],
    numbers: dict[str, Identifier],
    labels: list[Accreditation],
    sources: Mapping[str, FieldSource],
) -> OpenRecord:
    registration, ice = numbers.get("registration"), numbers.get("ice")
    main = main_source(sources)
    assert main is not None  # noqa: S101 -- a revision has a name, and somebody said it
    return OpenRecord(
        slug=organisation.slug,
        kind=organisation.kind,
        state=organisation.state,
        fictional=organisation.is_fictional,
        name_fr=revision.name_fr,
        name_ar=revision.name_ar,
        name_zgh=revision.name_zgh,
        acronym=revision.acronym,
        sectors=tuple(revision.sectors),
        activities=revision.activities,
        **_place_of(revision),
        douar=revision.douar,
        address=revision.address,
        members_total=revision.members_total,
        members_women=revision.members_women,
        members_men=revision.members_men,
        members_youth=revision.members_youth,
        womens=revision.is_womens,
        founded_on=revision.founded_on,
        registration=registration.value if registration else "",
        registration_court=registration.court if registration else "",
        ice=ice.value if ice else "",
        labels=tuple(dict.fromkeys(row.scheme for row in labels)),
        **_public_contacts(contacts),
        website=revision.website,
        source=main.source,
        source_date=main.said_on,
        licence=main.licence,
        source_file=main.file_sha256,
        provenance=_exceptions(sources, numbers, main),
    )


class _Place(TypedDict):
    region_code: str
    region: str
    province_code: str
    province: str
    commune_code: str
    commune: str


def _place_of(revision: Revision) -> _Place:
    """Codes and French names; nothing for what nobody said."""
    province, commune = revision.province, revision.commune
    return _Place(
        region_code=province.region_id if province else "",
        region=province.region.name_fr if province else "",
        province_code=province.code if province else "",
        province=province.name_fr if province else "",
        commune_code=commune.code if commune else "",
        commune=commune.name_fr if commune else "",
    )


class _Contacts(TypedDict):
    phones: tuple[str, ...]
    whatsapp: tuple[str, ...]
    emails: tuple[str, ...]


def _public_contacts(contacts: list[ContactPoint]) -> _Contacts:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for contact in contacts:
        by_kind[contact.kind].append(contact.value)
    return _Contacts(phones=tuple(by_kind["phone"]), whatsapp=tuple(by_kind["whatsapp"]), emails=tuple(by_kind["email"]))


def _exceptions(sources: Mapping[str, FieldSource], numbers: Mapping[str, Identifier], main: FieldSource) -> tuple[str, ...]:
    """What somebody else said, or on another day: `members_total, address = register; 2026-11-02; ODbL; hash of its file`."""
    said = {PUBLISHED_AS.get(name, name): source for name, source in sources.items()}
    for scheme, number in numbers.items():
        if batch := number.import_batch:
            said[scheme] = source_of_batch(batch, local_day(batch.started_at))
    by_source: dict[FieldSource, list[str]] = defaultdict(list)
    for name, source in said.items():
        if source != main:
            by_source[source].append(name)
    return tuple(
        "; ".join(filter(None, (f"{', '.join(names)} = {one.source}", one.said_on.isoformat(), one.licence, one.file_sha256)))
        for one, names in by_source.items()
    )
