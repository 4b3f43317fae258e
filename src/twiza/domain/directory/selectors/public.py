"""One organisation as everybody may see it: the published revision, and what is public beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from twiza.domain.directory.models import (
    Accreditation,
    ContactPoint,
    Identifier,
    OpeningTimes,
    Organisation,
    PagePhoto,
    Revision,
    Sector,
    StoryRecording,
)
from twiza.domain.directory.selectors.opening import closed_to_orders_until, opening_words
from twiza.domain.directory.selectors.provenance import FieldSource, sources_of_fields
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.kit.clock import today
from twiza.kit.errors import NotFound
from twiza.kit.phone import shown_phone

PUBLIC_IDENTIFIERS = ("registration", "ice")
STORIES = {"ar": ("ar", "fr")}
# A merge may point to a page that was merged itself; nobody merges deeper than this.
LONGEST_CHAIN = 10


@dataclass(frozen=True)
class PublicContact:
    kind: str
    value: str
    role: str

    @property
    def shown(self) -> str:
        """As it is dialled at home; an address as it is."""
        return self.value if self.kind == "email" else shown_phone(self.value)


@dataclass(frozen=True)
class PublicIdentifier:
    scheme: str
    label: str
    value: str
    court: str


@dataclass(frozen=True)
class PublicLabel:
    scheme: str
    label: str
    number: str
    issued_by: str
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True)
class PublicPhoto:
    """Addresses of the same picture at 240, 480 and 960 points, and as the card of a shared link.

    What matters most of it is at `focus`, in hundredths from its top left.
    """

    small: str
    medium: str
    large: str
    shared: str
    alt: str
    has_avif: bool = False
    colour: str = ""
    focus: tuple[int, int] = (50, 50)


@dataclass(frozen=True)
class PublicRecording:
    """The story told aloud; its length is None where the file does not say."""

    url: str
    media_type: str
    size_bytes: int
    seconds: int | None
    language: str
    language_name: str
    transcript: str


@dataclass(frozen=True)
class PublicOrganisation:
    """Names as (language, name), the reader's first; sectors as (code, label). Nothing private is in here.

    `registers` are those that something of this was read from, the one that says most first.
    """

    id: int
    slug: str
    kind: str
    kind_name: str
    state: str
    is_cooperative: bool
    is_fictional: bool
    names: tuple[tuple[str, str], ...]
    acronym: str
    story: str
    story_language: str
    sectors: tuple[tuple[str, str], ...]
    activities: str
    commune_name: str
    province_code: str
    province_name: str
    region_code: str
    region_name: str
    address: str
    douar: str
    members_total: int | None
    members_women: int | None
    members_men: int | None
    members_youth: int | None
    is_womens: bool
    founded_on: date | None
    website: str
    contacts: tuple[PublicContact, ...]
    identifiers: tuple[PublicIdentifier, ...]
    labels: tuple[PublicLabel, ...]
    photos: tuple[PublicPhoto, ...]
    recording: PublicRecording | None
    opening: OpeningTimes | None
    updated_at: datetime
    registers: tuple[FieldSource, ...]
    confirmed_on: date | None
    confirmed_by: str  # cooperative, keeper, or nobody yet
    register: str  # where it is known from, while nobody confirmed it

    @property
    def closed_until(self) -> date | None:
        """The last day on which nobody can order from it, when that is so today."""
        return closed_to_orders_until(self.opening) if self.opening else None

    @property
    def opening_words(self) -> tuple[str, ...]:
        """A sentence for each thing said of when one may come."""
        return opening_words(self.opening) if self.opening else ()

    @property
    def name(self) -> str:
        return self.names[0][1]


def get_public_organisation(slug: str) -> PublicOrganisation:
    """What everybody may see of the organisation at this address; of its target when it was merged (its slug then differs).

    One that is suspended, or says nothing published, does not exist for the public (NotFound). A closed one is still shown.
    """
    organisation = _shown().filter(slug=slug).first()
    for _ in range(LONGEST_CHAIN):
        if organisation is None or organisation.merged_into_id is None:
            break
        organisation = _shown().filter(pk=organisation.merged_into_id).first()
    if organisation is None or organisation.published_revision is None or organisation.state == "suspended":
        raise NotFound
    return _public(organisation, organisation.published_revision)


def holds_today(at: str = "") -> Q:
    """An accreditation that was checked and whose dates hold today; `at` leads to it, as `accreditation__`."""
    day = today()
    begun = Q(**{f"{at}valid_from__isnull": True}) | Q(**{f"{at}valid_from__lte": day})
    not_over = Q(**{f"{at}valid_until__isnull": True}) | Q(**{f"{at}valid_until__gte": day})
    return Q(**{f"{at}verified_at__isnull": False}) & begun & not_over


def _shown() -> QuerySet[Organisation]:
    places = ("published_revision__commune", "published_revision__province__region", "published_revision__import_batch")
    found = Organisation.objects.filter(state__in=[*SHOWN_TO_ALL, "closed", "merged"])
    return found.select_related(*places, "recording", "opening_times").prefetch_related("photos")


def _public(organisation: Organisation, revision: Revision) -> PublicOrganisation:
    language = get_language() or "fr"
    story_language, story = _story(revision, language)
    province = revision.province
    return PublicOrganisation(
        id=organisation.pk,
        slug=organisation.slug,
        kind=organisation.kind,
        kind_name=organisation.get_kind_display(),
        state=organisation.state,
        is_cooperative=organisation.is_cooperative,
        is_fictional=organisation.is_fictional,
        names=_names(revision, language),
        acronym=revision.acronym,
        story=story,
        story_language=story_language,
        sectors=tuple((code, str(Sector(code).label)) for code in revision.sectors),
        activities=revision.activities,
        commune_name=revision.commune.name if revision.commune else "",
        province_code=province.code if province else "",
        province_name=province.name if province else "",
        region_code=province.region_id if province else "",
        region_name=province.region.name if province else "",
        address=revision.address,
        douar=revision.douar,
        members_total=revision.members_total,
        members_women=revision.members_women,
        members_men=revision.members_men,
        members_youth=revision.members_youth,
        is_womens=revision.is_womens,
        founded_on=revision.founded_on,
        website=revision.website,
        contacts=_contacts(organisation),
        identifiers=_identifiers(organisation),
        labels=_labels(organisation),
        photos=tuple(public_photo(photo) for photo in organisation.photos.all() if photo.is_shown),
        recording=_recording(organisation),
        opening=_opening(organisation),
        updated_at=revision.created_at,
        registers=_registers(organisation),
        confirmed_on=organisation.last_confirmed_on,
        confirmed_by=organisation.last_confirmed_by,
        register=revision.import_batch.source if revision.import_batch and not organisation.last_confirmed_on else "",
    )


def _registers(organisation: Organisation) -> tuple[FieldSource, ...]:
    counts = Counter(sources_of_fields([organisation])[organisation.pk].values())
    return tuple(source for source, _count in counts.most_common() if source.file_sha256)


def _names(revision: Revision, language: str) -> tuple[tuple[str, str], ...]:
    first = revision.name_in(language)
    written = [("fr", revision.name_fr), ("ar", revision.name_ar), ("zgh", revision.name_zgh)]
    return tuple(sorted(((code, name) for code, name in written if name), key=lambda pair: pair[1] != first))


def _story(revision: Revision, language: str) -> tuple[str, str]:
    told = {"fr": revision.story_fr, "ar": revision.story_ar}
    return next(((code, told[code]) for code in STORIES.get(language, ("fr", "ar")) if told[code]), ("", ""))


def _contacts(organisation: Organisation) -> tuple[PublicContact, ...]:
    rows = ContactPoint.objects.filter(organisation=organisation, visibility=ContactPoint.Visibility.PUBLIC)
    return tuple(PublicContact(row.kind, row.value, row.role) for row in rows)


def _identifiers(organisation: Organisation) -> tuple[PublicIdentifier, ...]:
    rows = Identifier.objects.filter(
        organisation=organisation, scheme__in=PUBLIC_IDENTIFIERS, is_public=True, retired_at__isnull=True
    ).order_by("-scheme", "pk")
    return tuple(PublicIdentifier(row.scheme, row.get_scheme_display(), row.value, row.court) for row in rows)


def _labels(organisation: Organisation) -> tuple[PublicLabel, ...]:
    rows = Accreditation.objects.filter(holds_today(), organisation=organisation)
    return tuple(public_label(row) for row in rows)


def public_label(row: Accreditation) -> PublicLabel:
    return PublicLabel(row.scheme, row.get_scheme_display(), row.number, row.issued_by, row.valid_from, row.valid_until)


def public_photo(photo: PagePhoto) -> PublicPhoto:
    """One that is shown, as a page shows it."""
    sizes = (photo.small.url, photo.medium.url, photo.large.url, photo.shared.url)
    return PublicPhoto(*sizes, alt=photo.alt, has_avif=photo.has_avif, colour=photo.colour, focus=photo.focus)


def _recording(organisation: Organisation) -> PublicRecording | None:
    try:
        told: StoryRecording = organisation.recording
    except ObjectDoesNotExist:
        return None
    return PublicRecording(
        url=told.file.url,
        media_type=told.media_type,
        size_bytes=told.size_bytes,
        seconds=told.seconds,
        language=told.language,
        language_name=told.get_language_display(),
        transcript=told.transcript,
    )


def _opening(organisation: Organisation) -> OpeningTimes | None:
    try:
        times: OpeningTimes = organisation.opening_times
    except ObjectDoesNotExist:
        return None
    return times
