"""What an organisation says once the values of an import are taken out of it again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from twiza.domain.directory.forms import SAID_BY_REVISION, OrganisationDetails
from twiza.domain.directory.models import Revision
from twiza.domain.directory.services.drafting import details_said_by

# Values that must fit one another: when what is left of them does not, they stay as they are.
NAMES = ("name_fr", "name_ar", "name_zgh")
MEMBERS = ("members_total", "members_women", "members_men", "members_youth")
FOUNDING = 1


class History:
    """The published revisions of one organisation, and which of them count no more."""

    def __init__(self, revisions: Sequence[Revision], undone_batches: Collection[int]) -> None:
        self._published = sorted(revisions, key=lambda one: one.number)
        self._by_number = {one.number: one for one in revisions}
        self._undone = undone_batches

    def without_undone(self, shown: Revision) -> tuple[OrganisationDetails, dict[str, int]]:
        """What `shown` says, its undone values gone back to what was said before them, and who says each first.

        What somebody said later stays.
        """
        values: dict[str, Any] = {}
        said_in: dict[str, int] = {}
        for name in SAID_BY_REVISION:
            revision = self._standing(name, shown)
            values[name] = getattr(details_said_by(revision), name) if revision else NOTHING_SAID[name]
            if revision:
                said_in[name] = revision.said_in.get(name, revision.number)
        details = details_said_by(shown)
        for group, fits in ((NAMES, _has_a_name), (MEMBERS, _parts_fit)):
            if not fits(values):
                values.update({name: getattr(details, name) for name in group})
                said_in.update({name: shown.said_in.get(name, shown.number) for name in group})
        return replace(details, **values), said_in

    def says_undone(self, shown: Revision) -> bool:
        """Some value of `shown` was said by an import that is undone."""
        return any(not self._stands(shown.said_in.get(name, shown.number)) for name in SAID_BY_REVISION)

    def _standing(self, name: str, shown: Revision) -> Revision | None:
        """The newest revision whose value of this was said by somebody who still counts."""
        revision: Revision | None = shown
        while revision is not None:
            source = int(revision.said_in.get(name, revision.number))
            if self._stands(source):
                return revision
            revision = next((one for one in reversed(self._published) if one.number < source), None)
        return None

    def _stands(self, number: int) -> bool:
        source = self._by_number.get(number)
        return number == FOUNDING or source is None or source.import_batch_id not in self._undone


NOTHING_SAID = vars(OrganisationDetails())


def _has_a_name(values: dict[str, Any]) -> bool:
    return any(values[name] for name in NAMES)


def _parts_fit(values: dict[str, Any]) -> bool:
    total = values["members_total"]
    return total is None or all(values[part] is None or values[part] <= total for part in MEMBERS[1:])
