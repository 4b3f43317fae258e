"""Which organisation of the directory a row speaks of: by registration number and court, then ICE, then name and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from twiza.domain.directory.forms import IdentifierDetails, OrganisationDetails
from twiza.domain.directory.models import Identifier, Organisation, Revision
from twiza.domain.directory.services.drafting import details_said_by
from twiza.domain.directory.services.importing.faults import Fault
from twiza.domain.directory.services.importing.names import name_keys
from twiza.domain.directory.services.importing.rows import ReadRow
from twiza.domain.directory.states import OrganisationState
from twiza.kit.identifiers import is_ice, is_registration_number
from twiza.kit.table_faults import ERROR, WARNING, RowRejected

# Two rows with the same of these are the same cooperative; the other numbers only may not be shared.
DECIDING = ("registration", "ice")
CONFLICTS = {"registration": "registration_conflict", "ice": "ice_conflict"}
CHECKS = {"registration": is_registration_number, "ice": is_ice}


@dataclass
class Match:
    """What to do with a row: nothing stands for a new organisation. `replaced` are numbers known wrong before."""

    row: ReadRow
    organisation: Organisation | None = None
    identifiers: list[IdentifierDetails] = field(default_factory=list)
    replaced: list[Identifier] = field(default_factory=list)
    is_under_other_name: bool = False  # the organisation took in other pages, and the row may be speaking of one of them


class Matcher:
    """Knows every name in the directory, and the numbers of the rows at hand."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        # A row that speaks of a merged page speaks of the one that took it in.
        self._became = dict(Organisation.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
        self._by_name = _names_known(self._became)
        self._holders: dict[tuple[str, str], dict[str, int]] = {}
        self._known: dict[int, list[Identifier]] = {}
        self._organisations: dict[int, Organisation] = {}

    def look_up(self, rows: Sequence[ReadRow]) -> None:
        """Fetches, in three questions, all that deciding on these rows needs."""
        values = {identifier.value for row in rows for identifier in row.details.identifiers}
        self._holders = defaultdict(dict)
        for one in Identifier.objects.filter(value__in=values, retired_at__isnull=True):
            self._holders[one.scheme, one.value][one.court] = self._became.get(one.organisation_id, one.organisation_id)
        near = {holder for holders in self._holders.values() for holder in holders.values()}
        near |= {pk for row in rows for key in row.name_keys for pk in self._by_name.get(key, ())}
        self._organisations = Organisation.objects.select_related("published_revision").in_bulk(near)
        self._known = defaultdict(list)
        family = near | {merged for merged, kept in self._became.items() if kept in near}
        carried = list(Identifier.objects.filter(organisation__in=family, retired_at__isnull=True))
        for one in sorted(carried, key=lambda one: one.organisation_id in self._became):
            self._known[self._became.get(one.organisation_id, one.organisation_id)].append(one)

    def match(self, row: ReadRow) -> Match:
        """The organisation the row speaks of, if any, and the numbers to add. Numbers that contradict raise RowRejected."""
        self.faults = []
        found = self._by_numbers(row) or self._by_same_name(row)
        match = Match(row, found, is_under_other_name=bool(found and self._is_under_other_name(found, row)))
        for said in row.details.identifiers:
            self._weigh(match, said)
        return match

    def _is_under_other_name(self, found: Organisation, row: ReadRow) -> bool:
        if found.pk not in self._became.values() or found.published_revision is None:
            return False
        return not set(row.name_keys) & set(name_keys(details_said_by(found.published_revision)))

    def remember(self, row: ReadRow, organisation_id: int) -> None:
        for key in row.name_keys:
            self._by_name[key] = (*self._by_name.get(key, ()), organisation_id)

    def _by_numbers(self, row: ReadRow) -> Organisation | None:
        registration = self._holder(row, "registration")
        ice = self._holder(row, "ice")
        if registration and ice and registration.pk != ice.pk:
            value = _value(row, "registration")
            self._reject(row, "two_cooperatives", value, first=registration.name, second=ice.name)
        return registration or ice

    def _holder(self, row: ReadRow, scheme: str) -> Organisation | None:
        said = next((one for one in row.details.identifiers if one.scheme == scheme), None)
        if said is None:
            return None
        holders = self._holders.get((scheme, said.value), {})
        exact = self._organisations.get(holders.get(said.court, 0))
        if exact and (scheme == "ice" or said.court):
            return exact
        # Without its court, a registration number is one among many: the name must agree too.
        vague = [self._organisations[pk] for court, pk in holders.items() if not (court and said.court)]
        agreeing = [one for one in vague if self._agrees(one, row)]
        if len(agreeing) == 1:
            return agreeing[0]
        if exact:
            self._reject(row, "registration_taken", said.value, other=exact.name)
        return None

    def _agrees(self, organisation: Organisation, row: ReadRow) -> bool:
        same_name = any(organisation.pk in self._by_name.get(key, ()) for key in row.name_keys)
        ice = _value(row, "ice")
        return same_name or any(one.scheme == "ice" and one.value == ice for one in self._known.get(organisation.pk, ()))

    def _by_same_name(self, row: ReadRow) -> Organisation | None:
        near = sorted({pk for key in row.name_keys for pk in self._by_name.get(key, ())})
        agreeing = [pk for pk in near if not self._contradicts(pk, row)]
        if not agreeing and near:
            self.faults.append(Fault(row.line, "", row.details.name_fr or row.details.name_ar, "resembles", WARNING,
                                     {"other": self._organisations[near[0]].name}))  # fmt: skip
        return self._organisations.get(agreeing[0]) if agreeing else None

    def _contradicts(self, organisation_id: int, row: ReadRow) -> bool:
        known = {one.scheme: one.value for one in self._known.get(organisation_id, ())}
        return any(known.get(scheme, said) != said for scheme in DECIDING if (said := _value(row, scheme)))

    def _weigh(self, match: Match, said: IdentifierDetails) -> None:
        """The number is new to the organisation, known, put right, another's, or contradicts."""
        known = (
            [one for one in self._known.get(match.organisation.pk, ()) if one.scheme == said.scheme] if match.organisation else []
        )
        if any(one.value == said.value and (one.court == said.court or not said.court) for one in known):
            return
        if said.scheme == "rib" and match.organisation and (known or match.organisation.state != OrganisationState.LISTED):
            self.faults.append(Fault(match.row.line, said.scheme, "…" + said.value[-4:], "account_kept"))
            return
        holder = self._holders.get((said.scheme, said.value), {}).get(said.court)
        if holder and said.scheme not in DECIDING:
            value = "…" + said.value[-4:] if said.scheme == "rib" else said.value
            facts = {"other": self._organisations[holder].name}
            self.faults.append(Fault(match.row.line, said.scheme, value, "number_of_another", WARNING, facts))
            return
        if known and said.scheme in DECIDING:
            old, check = known[0], CHECKS[said.scheme]
            is_put_right = (check(said.value) and not old.is_key_valid) or (old.value == said.value and not old.court)
            if not is_put_right:
                self._reject(match.row, CONFLICTS[said.scheme], said.value, other=match.organisation, known=old.value)
            match.replaced.append(old)
        match.identifiers.append(said)

    def _reject(self, row: ReadRow, code: str, value: str, **facts: object) -> None:
        raise RowRejected(Fault(row.line, "", value, code, ERROR, {name: str(fact) for name, fact in facts.items()}))


def _names_known(became: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    known: dict[int, tuple[int, ...]] = {}
    said = ("name_fr", "name_ar", "name_zgh", "commune_id", "province_id")
    shown = Organisation.objects.exclude(published_revision=None).order_by("merged_into", "pk")
    for pk, fr, ar, zgh, commune, province in shown.values_list("pk", *(f"published_revision__{one}" for one in said)).iterator(
        5000
    ):
        details = OrganisationDetails(fr, ar, zgh, commune_code=commune or "", province_code=province or "")
        for key in name_keys(details):
            holder = became.get(pk, pk)
            if holder not in known.get(key, ()):
                known[key] = (*known.get(key, ()), holder)
    return known


def _value(row: ReadRow, scheme: str) -> str:
    return next((one.value for one in row.details.identifiers if one.scheme == scheme), "")


def newest_imported(organisation_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """What each of them was last read as in a register, without the imports that were undone.

    Of one that took in others, all that the family was ever read as: several rows go on speaking of it, and none of them
    says anything new.
    """
    became = dict(Organisation.objects.filter(merged_into__in=organisation_ids).values_list("pk", "merged_into_id"))
    families = set(became.values())
    is_reading = Q(import_batch__isnull=False, import_batch__undone_at__isnull=True)
    rows = Revision.objects.filter(is_reading | Q(undoes__isnull=False), organisation__in=[*organisation_ids, *became])
    read: dict[int, frozenset[str]] = {}
    for pk, fingerprint in rows.order_by("organisation", "number").values_list("organisation_id", "row_fingerprint"):
        kept = became.get(pk, pk)
        before = read.get(kept, frozenset()) if kept in families else frozenset()
        read[kept] = before | {fingerprint}
    return read
