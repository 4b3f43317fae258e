"""Who said what is shown of an organisation, on which day, under which licence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from twiza.domain.directory.forms import SAID_BY_REVISION
from twiza.domain.directory.models import ImportBatch, Organisation, Revision
from twiza.kit.clock import local_day

OUR_LICENCE = "CC-BY-4.0"
NOT_STATED = "not stated"
SAID_BY_ITSELF, TYPED_IN = "the cooperative", "an operator of this platform"
# Stories are not passed on, and a legal form is said by the kind.
_NOT_SHOWN = frozenset({"story_fr", "story_ar", "legal_form"})


@dataclass(frozen=True)
class FieldSource:
    """`said_on`: when it was said or read; of a register that told it, the day it is true of. Of a register also the hash of
    its file; else that is empty."""

    source: str
    said_on: date
    licence: str
    file_sha256: str = ""

    @property
    def is_named(self) -> bool:
        return self.source != NOT_STATED

    @property
    def is_licensed(self) -> bool:
        return self.licence != NOT_STATED


def sources_of_fields(organisations: Iterable[Organisation]) -> dict[int, dict[str, FieldSource]]:
    """By organisation, then by field of a revision that says something: who says it first, of what is published.

    Select `published_revision__import_batch` with the organisations. One more question is asked, whatever their number.
    """
    shown = [(one, one.published_revision) for one in organisations if one.published_revision]
    earlier = _earlier([revision for _one, revision in shown if revision.said_in])
    return {one.pk: _of_one(one, revision, earlier) for one, revision in shown}


def main_source(sources: Mapping[str, FieldSource]) -> FieldSource | None:
    """Who said most of it; the latest of those who said as much."""
    counts = Counter(sources.values())
    return max(counts, key=lambda one: (counts[one], one.said_on), default=None)


def source_of_batch(batch: ImportBatch, said_on: date) -> FieldSource:
    """A register, as its operator named and dated it."""
    return FieldSource(batch.source or NOT_STATED, batch.as_of or said_on, batch.licence or NOT_STATED, batch.file_sha256)


def _earlier(revisions: list[Revision]) -> dict[tuple[int, int], Revision]:
    if not revisions:
        return {}
    rows = Revision.objects.filter(organisation__in=[one.organisation_id for one in revisions]).select_related("import_batch")
    return {(one.organisation_id, one.number): one for one in rows}


def _of_one(organisation: Organisation, shown: Revision, earlier: Mapping[tuple[int, int], Revision]) -> dict[str, FieldSource]:
    sources: dict[int, FieldSource] = {}
    found = {}
    for name in SAID_BY_REVISION:
        if name in _NOT_SHOWN or not _says(shown, name):
            continue
        number = int(shown.said_in.get(name, shown.number))
        if number not in sources:
            sources[number] = _source(organisation, earlier.get((organisation.pk, number), shown))
        found[name] = sources[number]
    return found


def _says(revision: Revision, name: str) -> bool:
    value = getattr(revision, name.replace("_code", "_id"))
    return value not in ("", None, [], False)


def _source(organisation: Organisation, revision: Revision) -> FieldSource:
    day = local_day(revision.created_at)
    if revision.import_batch is not None:
        return source_of_batch(revision.import_batch, day)
    return FieldSource(TYPED_IN if organisation.state == "listed" else SAID_BY_ITSELF, day, OUR_LICENCE)
