"""Matched rows become rows of the directory, hundreds at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Max, OuterRef, Subquery

from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.models import ContactPoint, Identifier, ImportBatch, Organisation, Revision
from twiza.domain.directory.services.drafting import details_said_by, draft
from twiza.domain.directory.services.importing.copying import allot_keys, copy_rows
from twiza.domain.directory.services.importing.matching import Match, newest_imported
from twiza.domain.directory.services.naming import free_slug, wanted_slug
from twiza.domain.directory.services.particulars import unsaved_identifier
from twiza.domain.directory.states import OrganisationState, RevisionState
from twiza.foundation.search.services import note_changes
from twiza.kit.clock import now
from twiza.kit.slugs import slug_of

# What a register leaves empty it does not deny.
SAYS_NOTHING = ("", None, ())
PARTICULARS = frozenset({"contacts", "identifiers"})
MEMBER_PARTS = ("members_women", "members_men", "members_youth")


def found_organisations(matches: Sequence[Match], batch: ImportBatch, place_names: dict[str, str]) -> list[Organisation]:
    """Each row has its organisation, listed, with a first revision that everybody sees."""
    slugs = _free_slugs([match.row.details for match in matches], place_names)
    keys, first_keys = allot_keys(Organisation, len(matches)), allot_keys(Revision, len(matches))
    new = [
        Organisation(pk=key, kind=match.row.kind, slug=slug, published_revision_id=first)
        for match, slug, key, first in zip(matches, slugs, keys, first_keys, strict=True)
    ]
    revisions = [
        draft(organisation, match.row.details, pk=first, number=1, state=RevisionState.PUBLISHED, import_batch=batch,
              row_fingerprint=match.row.fingerprint)
        for organisation, match, first in zip(new, matches, first_keys, strict=True)
    ]  # fmt: skip
    copy_rows(new)
    copy_rows(revisions)
    note_changes("cooperative", keys)
    _keep_particulars(list(zip(new, matches, strict=True)), batch)
    return new


def revise_organisations(matches: Sequence[Match], batch: ImportBatch) -> int:
    """What a row says anew of a known organisation is kept; says of how many. Of a listed one everybody sees it at once;
    one that its members keep decides: there it waits. What a row leaves empty is not erased."""
    read_before = newest_imported([match.organisation.pk for match in matches if match.organisation])
    changed: list[tuple[Organisation, Match]] = []
    said: list[tuple[Organisation, Match, OrganisationDetails]] = []
    for match in matches:
        organisation = match.organisation
        if organisation is None or match.row.fingerprint in read_before.get(organisation.pk, ()):
            continue
        known = details_said_by(organisation.published_revision) if organisation.published_revision else OrganisationDetails()
        details = completed(known, match.row.details) if match.is_under_other_name else overlaid(known, match.row.details)
        if details != known:
            said.append((organisation, match, details))
        changed.append((organisation, match))
    revised = {organisation.pk for organisation, _match, _details in said}
    _save_revisions(said, batch)
    added = _keep_particulars(changed, batch)
    return len(revised | added)


def completed(known: OrganisationDetails, said: OrganisationDetails) -> OrganisationDetails:
    """What is known, and what is said only where nothing is known: a row under another name renames nobody."""
    return overlaid(replace(said, contacts=known.contacts, identifiers=known.identifiers), known)


def overlaid(known: OrganisationDetails, said: OrganisationDetails) -> OrganisationDetails:
    """What is known, with what is said anew. A province alone takes back a commune elsewhere; a new total of
    members takes back parts of it that would be more."""
    news = {name: value for name, value in vars(said).items() if name not in PARTICULARS and value not in SAYS_NOTHING}
    news["is_womens"] = known.is_womens or said.is_womens
    if "province_code" in news and "commune_code" not in news and known.province_code != said.province_code:
        news["commune_code"] = ""
    total = news.get("members_total", known.members_total)
    for part in MEMBER_PARTS:
        count = news.get(part, getattr(known, part))
        if total is not None and count is not None and count > total:
            news[part] = None
    return replace(known, **news)


def _save_revisions(said: list[tuple[Organisation, Match, OrganisationDetails]], batch: ImportBatch) -> None:
    ids = [organisation.pk for organisation, _match, _details in said]
    numbers = dict(
        Revision.objects.filter(organisation__in=ids).values("organisation").annotate(newest=Max("number"))
        .values_list("organisation", "newest")
    )  # fmt: skip
    revisions = [
        draft(organisation, details, number=numbers.get(organisation.pk, 0) + 1, import_batch=batch,
              row_fingerprint=match.row.fingerprint, state=state_of_news(organisation))
        for organisation, match, details in said
    ]  # fmt: skip
    copy_rows(revisions)
    shown = [organisation for organisation, _match, _details in said]
    publish_newest([organisation for organisation in shown if state_of_news(organisation) == RevisionState.PUBLISHED])


def state_of_news(organisation: Organisation) -> str:
    """What nobody keeps is shown at once; of an organisation that its members keep, it waits for them."""
    return RevisionState.PUBLISHED if organisation.state == OrganisationState.LISTED else RevisionState.PENDING


def publish_newest(organisations: Iterable[Organisation]) -> None:
    """Everybody sees the newest published revision of each, and search hears of it."""
    newest = Revision.objects.filter(organisation=OuterRef("pk"), state=RevisionState.PUBLISHED).order_by("-number")
    ids = [organisation.pk for organisation in organisations]
    Organisation.objects.filter(pk__in=ids).update(published_revision=Subquery(newest.values("pk")[:1]))
    note_changes("cooperative", ids)


def _keep_particulars(pairs: list[tuple[Organisation, Match]], batch: ImportBatch) -> set[int]:
    """Numbers and contacts not known yet are added; numbers put right are retired. Says whose."""
    retired = [identifier.pk for _organisation, match in pairs for identifier in match.replaced]
    if retired:
        Identifier.objects.filter(pk__in=retired).update(retired_at=now(), retired_by_batch=batch)
    identifiers = [unsaved_identifier(organisation, one, batch) for organisation, match in pairs for one in match.identifiers]
    copy_rows(identifiers)
    contacts = _unknown_contacts(pairs, batch)
    copy_rows(contacts)
    return {one.organisation_id for one in identifiers} | {one.organisation_id for one in contacts}


def _unknown_contacts(pairs: list[tuple[Organisation, Match]], batch: ImportBatch) -> list[ContactPoint]:
    ids = [organisation.pk for organisation, _match in pairs]
    known = set(ContactPoint.objects.filter(organisation__in=ids).values_list("organisation_id", "kind", "value"))
    return [
        ContactPoint(organisation=organisation, kind=one.kind, value=one.value, visibility=one.visibility, import_batch=batch)
        for organisation, match in pairs
        for one in match.row.details.contacts
        if (organisation.pk, one.kind, one.value) not in known
    ]


def _free_slugs(details: list[OrganisationDetails], place_names: dict[str, str]) -> list[str]:
    """The name; with the place when somebody has the name; with a number when that is taken too."""
    wanted = [wanted_slug(one) for one in details]
    placed = [
        slug_of(f"{slug} {place_names.get(one.commune_code or one.province_code, '')}", 76)
        for slug, one in zip(wanted, details, strict=True)
    ]
    taken = set(Organisation.objects.filter(slug__in={*wanted, *placed}).values_list("slug", flat=True))
    slugs = []
    for plain, with_place in zip(wanted, placed, strict=True):
        slug = next((one for one in (plain, with_place) if one not in taken), None) or free_slug(with_place, taken)
        taken.add(slug)
        slugs.append(slug)
    return slugs
