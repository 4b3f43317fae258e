"""One reading of a file: all of it, or, when it cannot be finished, nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.locking import lock_imports
from twiza.domain.directory.models import ContactPoint, Identifier, ImportBatch, Organisation, Revision
from twiza.domain.directory.services.importing.copying import count_anew
from twiza.domain.directory.services.importing.faults import CONFLICTS, Fault
from twiza.domain.directory.services.importing.headings import ColumnMap, HeadingsUnknown, headings_of
from twiza.domain.directory.services.importing.matching import Match, Matcher
from twiza.domain.directory.services.importing.repetition import SeenInFile
from twiza.domain.directory.services.importing.rows import ReadRow, RowReader
from twiza.domain.directory.services.importing.saved_maps import column_map_for
from twiza.domain.directory.services.importing.writing import found_organisations, revise_organisations
from twiza.domain.directory.services.searching import ask_for_search
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.places.selectors import Atlas
from twiza.kit.clock import now
from twiza.kit.kept_files import sha256_of
from twiza.kit.rows import FileEmpty, FileUnreadable, Row
from twiza.kit.table_faults import WARNING, RowRejected, TableFault
from twiza.kit.table_headings import HEADINGS_WITHIN, Column, Headings
from twiza.kit.tables import has_more_rows, read_table

ROWS_AT_ONCE = 1_000
MANY = 1_000
COUNTS = ("rows", "created", "updated", "unchanged", "rejected", "conflicting", "warnings")

# Three times all the cooperatives of Morocco. Everything read is in one transaction, and the lock on imports held meanwhile.
MOST_ROWS = 200_000


class TooManyRows(FileUnreadable):
    code = "too_many_rows"
    sentence = _("The file has more than %(most)s rows. Cut it into several files.")


@dataclass(frozen=True)
class ImportOutcome:
    """`rows` = created + updated + unchanged + rejected; `matched` = updated + unchanged, known before or named twice.

    `conflicting` of the rejected contradict another row or the directory. `batch` is None after a dry run, which leaves
    nothing. `column_map` is the saved map that was used because the headings are those it was made for.
    """

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    conflicting: int
    warnings: int
    batch: int | None
    columns_not_read: tuple[str, ...]
    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    column_map: str = ""

    @property
    def matched(self) -> int:
        return self.updated + self.unchanged


def import_cooperatives(
    path: Path,
    *,
    by: User | None = None,
    told: ColumnMap | None = None,
    dry_run: bool = False,
    on_fault: Callable[[TableFault], None] = lambda _fault: None,
    on_progress: Callable[[int], None] = lambda _rows: None,
) -> ImportOutcome:
    """What the file says is in the directory; a second reading of it changes nothing.

    Without a map, one saved for the same headings is used. Every fault is told to `on_fault` as it is found, and the number
    of rows read to `on_progress`. Nobody is written to: to be listed is not to have registered. Raises FileUnreadable when
    the file is no table of cooperatives.
    """
    saved = column_map_for(path) if told is None else None
    told = told or (saved.column_map if saved else ColumnMap())
    how = {"encoding": told.encoding, "separator": told.separator}
    rows = read_table(path, **how)
    if has_more_rows(path, MOST_ROWS + HEADINGS_WITHIN, **how):
        raise TooManyRows(most=MOST_ROWS)
    headings = _find_headings(rows, told)
    with transaction.atomic():
        lock_imports()
        reading = _Reading(_begin(path, told, by), headings, told, on_fault)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            reading.take(some)
            if reading.batch.rows > MOST_ROWS:
                raise TooManyRows(most=MOST_ROWS)
            on_progress(reading.batch.rows)
        outcome = reading.finish(dry_run=dry_run, column_map=saved.name if saved else "")
        if outcome.created or outcome.updated:
            ask_for_search(by=by)  # what a register brings may be here already, under another spelling
        transaction.set_rollback(dry_run)
    return outcome


class _Reading:
    """The state of one import, from its first row to its last."""

    def __init__(self, batch: ImportBatch, headings: Headings, told: ColumnMap, on_fault: Callable[[TableFault], None]) -> None:
        self.batch = batch
        self._atlas = Atlas()
        self._reader = RowReader(headings.columns, told, self._atlas)
        self._reader.expect(len(headings.cells))
        self._headings = headings
        self._seen = SeenInFile()
        self._matcher = Matcher()
        self._on_fault = on_fault
        self._tell([Fault(headings.line, heading, heading, "heading_twice") for heading in headings.repeated])

    def take(self, rows: list[Row]) -> None:
        """These rows are in the directory, or refused."""
        kept = [read for row in rows if (read := self._read(row))]
        while kept:
            kept = self._keep(kept)

    def finish(self, *, dry_run: bool, column_map: str) -> ImportOutcome:
        batch = self.batch
        if not batch.rows:
            self._tell([Fault(self._headings.line, "", "", "no_rows")])
        batch.finished_at = now()
        batch.save()
        if not dry_run and batch.created + batch.updated >= MANY:
            count_anew(Organisation, Revision, Identifier, ContactPoint)
        counts = {name: getattr(batch, name) for name in COUNTS}
        record("directory.import", subject=f"import:{batch.pk}", by=batch.by, details=counts)
        return ImportOutcome(
            **counts,
            batch=None if dry_run else batch.pk,
            columns_not_read=self._headings.not_read,
            headings=self._headings.cells,
            columns=self._headings.columns,
            column_map=column_map,
        )

    def _read(self, row: Row) -> ReadRow | None:
        self.batch.rows += 1
        try:
            read = self._reader.read(row)
            self._tell(self._reader.faults)
            repeated = self._seen.is_repeated(read)
        except RowRejected as rejected:
            self._refuse(rejected)
            return None
        if repeated:
            self._tell([repeated])
            self.batch.unchanged += 1
            return None
        read, faults = self._seen.remember(read)
        self._tell(faults)
        return read

    def _keep(self, rows: list[ReadRow]) -> list[ReadRow]:
        """Says which of them wait: those that speak, as another row before them, of one that took in other pages."""
        self._matcher.look_up(rows)
        new: list[Match] = []
        known: dict[int, Match] = {}
        waiting = []
        for row in rows:
            match = self._match(row)
            if match is None:
                continue
            if match.organisation is not None and match.organisation.pk in known:
                waiting.append(row)
                continue
            self._tell(self._matcher.faults)
            if match.organisation is None:
                new.append(match)
            else:
                known[match.organisation.pk] = match
        self._write(new, list(known.values()))
        return waiting

    def _match(self, row: ReadRow) -> Match | None:
        try:
            return self._matcher.match(row)
        except RowRejected as rejected:
            self._refuse(rejected)
            return None

    def _write(self, new: list[Match], known: list[Match]) -> None:
        names = {**self._atlas.province_names, **self._atlas.commune_names}
        for match, organisation in zip(new, found_organisations(new, self.batch, names), strict=True):
            self._matcher.remember(match.row, organisation.pk)
        updated = revise_organisations(known, self.batch)
        self.batch.created += len(new)
        self.batch.updated += updated
        self.batch.unchanged += len(known) - updated

    def _refuse(self, rejected: RowRejected) -> None:
        self.batch.rejected += 1
        self.batch.conflicting += rejected.fault.code in CONFLICTS
        self._on_fault(rejected.fault)

    def _tell(self, faults: list[Fault]) -> None:
        for fault in faults:
            self.batch.warnings += fault.severity == WARNING
            self._on_fault(fault)


def _find_headings(rows: Iterator[Row], told: ColumnMap) -> Headings:
    """Titles and blank rows may stand above the headings."""
    above = 0
    for row in islice(rows, HEADINGS_WITHIN):
        above += 1
        if headings := headings_of(row, told.columns):
            return headings
    raise HeadingsUnknown if above else FileEmpty


def _begin(path: Path, told: ColumnMap, by: User | None) -> ImportBatch:
    return ImportBatch.objects.create(
        source=told.source[:120], licence=told.licence[:60], file_name=path.name[:200], file_sha256=sha256_of(path), by=by
    )
