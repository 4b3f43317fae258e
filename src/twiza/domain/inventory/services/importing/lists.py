"""One reading of a list of products, row by row; begun again after a fall, it goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from twiza.domain.catalogue.errors import TooManyProductPhotos
from twiza.domain.directory.models import Organisation
from twiza.domain.inventory.errors import PRODUCT_CONFLICTS, ProductFault
from twiza.domain.inventory.models import ImportedProduct, ProductImport
from twiza.domain.inventory.services.importing.faults import rejected, told_by, warning
from twiza.domain.inventory.services.importing.headings import ProductMap, find_headings
from twiza.domain.inventory.services.importing.planning import Plan, Planner
from twiza.domain.inventory.services.importing.rows import ProductRowReader
from twiza.domain.inventory.services.importing.saved_maps import as_product_map, product_map_for, shelf_of_maps
from twiza.domain.inventory.services.importing.writing import show_photo, write
from twiza.domain.inventory.states import ProductImportState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.clock import now
from twiza.kit.errors import DomainError
from twiza.kit.kept_files import plain_name, sha256_of
from twiza.kit.photo_archives import PhotoArchive
from twiza.kit.photographs import PhotoRefused
from twiza.kit.rows import FileUnreadable, Row
from twiza.kit.table_faults import WARNING, RowRejected, TableFault
from twiza.kit.table_headings import HEADINGS_WITHIN, Column, Headings
from twiza.kit.tables import has_more_rows, read_table

MOST_ROWS = 20_000
Told = Callable[[TableFault], None]


class TooManyProductRows(FileUnreadable):
    """Facts: most."""

    code = "too_many_product_rows"
    sentence = _("The file has more than %(most)s rows. Cut it into several files.")


@dataclass(frozen=True)
class ProductImportOutcome:
    """`rows` = created + updated + unchanged + rejected; `conflicting` of the rejected contradict another row or what is sold.

    `batch` is the number of the import, None after a dry run, which leaves nothing. `column_map` is the saved map that was
    used because the headings are those it was made for.
    """

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    conflicting: int
    warnings: int
    photos: int
    batch: int | None
    columns_not_read: tuple[str, ...]
    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    column_map: str = ""

    @property
    def matched(self) -> int:
        return self.updated + self.unchanged


def import_products(  # noqa: PLR0913 -- what it is, how it is read, and who is told
    path: Path,
    *,
    by: User | None = None,
    cooperative: Organisation | None = None,
    photos: Path | None = None,
    is_put_on_sale: bool = True,
    told: ProductMap | None = None,
    dry_run: bool = False,
    on_fault: Told = lambda _fault: None,
    on_progress: Callable[[int], None] = lambda _rows: None,
) -> ProductImportOutcome:
    """What the file says is sold: products, sizes, prices, stock and photos, found again by their names.

    Without `cooperative` a column names it, among those `by` looks after; nobody is whoever keeps the server. Without a map,
    one saved for the same headings is used. A second reading changes nothing. Raises FileUnreadable when the file is no list
    of products, or the photos no ZIP file.
    """
    name, told = product_map_for(shelf_of_maps(cooperative, by), path) if told is None else ("", told)
    product_import = ProductImport(
        cooperative=cooperative,
        by=by,
        column_map=asdict(told),
        map_name=name,
        file_name=plain_name(path.name),
        photos_name=plain_name(photos.name) if photos else "",
        is_put_on_sale=is_put_on_sale,
        state=ProductImportState.IMPORTING,
    )
    if dry_run:
        return check_list(product_import, path, photos, on_fault=on_fault, on_progress=on_progress)
    reading = _Reading(product_import, path, photos, on_fault)
    product_import.file_sha256 = sha256_of(path)
    product_import.save()
    outcome = reading.run(on_progress, is_kept=True)
    product_import.state, product_import.imported_at = ProductImportState.IMPORTED, now()
    product_import.counts = counts_of(outcome)
    product_import.save()
    return outcome


def check_list(
    product_import: ProductImport,
    path: Path,
    photos: Path | None,
    *,
    on_fault: Told = lambda _fault: None,
    on_progress: Callable[[int], None] = lambda _rows: None,
) -> ProductImportOutcome:
    """What an import would do. Nothing is kept. Raises FileUnreadable."""
    return _Reading(product_import, path, photos, on_fault).run(on_progress, is_kept=False)


def import_list(
    product_import: ProductImport,
    path: Path,
    photos: Path | None,
    *,
    on_fault: Told = lambda _fault: None,
    on_progress: Callable[[int], None] = lambda _rows: None,
) -> ProductImportOutcome:
    """What the file says is sold. Called again for the same import, it goes on where it was. Raises FileUnreadable."""
    return _Reading(product_import, path, photos, on_fault).run(on_progress, is_kept=True)


def counts_of(outcome: ProductImportOutcome) -> dict[str, int]:
    """The numbers of an outcome, as they are kept with the import."""
    return {name: value for name, value in vars(outcome).items() if isinstance(value, int) and name != "batch"}


class _Reading:
    """The state of one reading, from its headings to its last row. Raises FileUnreadable before the first row."""

    def __init__(self, product_import: ProductImport, path: Path, photos: Path | None, on_fault: Told) -> None:
        self._import = product_import
        told = as_product_map(product_import.column_map)
        self._rows: Iterator[Row] = read_table(path, **told.written)
        if has_more_rows(path, MOST_ROWS + HEADINGS_WITHIN, **told.written):
            raise TooManyProductRows(most=MOST_ROWS)
        self._photos = PhotoArchive(photos) if photos else None
        self._headings: Headings = find_headings(self._rows, told.columns)
        self._reader = ProductRowReader(self._headings)
        self._planner = Planner(self._reader, by=product_import.by, cooperative=product_import.cooperative, photos=self._photos)
        self._on_fault = on_fault
        self._counts = dict.fromkeys(
            ("rows", "created", "updated", "unchanged", "rejected", "conflicting", "warnings", "photos"), 0
        )

    def run(self, on_progress: Callable[[int], None], *, is_kept: bool) -> ProductImportOutcome:
        for heading in self._headings.repeated:
            self._tell(warning(self._headings.line, heading, heading, "heading_twice"))
        for row in self._rows:
            self._take(row, is_kept=is_kept)
            on_progress(self._counts["rows"])
        if not self._counts["rows"]:
            self._tell(warning(self._headings.line, "", "", "no_rows"))
        if self._photos:
            self._photos.close()
        if is_kept:
            subject = f"product-import:{self._import.pk}"
            record("inventory.import_products", subject=subject, by=self._import.by, details=self._counts)
        return ProductImportOutcome(
            **self._counts,
            batch=self._import.pk if is_kept else None,
            columns_not_read=self._headings.not_read,
            headings=self._headings.cells,
            columns=self._headings.columns,
            column_map=self._import.map_name,
        )

    def _take(self, row: Row, *, is_kept: bool) -> None:
        self._counts["rows"] += 1
        try:
            read = self._reader.read(row)
            self._tell(*self._reader.faults)
            plan = self._planner.plan(read)
            if isinstance(plan, ProductFault):
                self._tell(plan)
                self._counts["unchanged"] += 1
                return
            self._count(self._keep(plan) if is_kept else _would_do(plan))
            self._tell(*plan.faults)
        except RowRejected as refusal:
            self._counts["rejected"] += 1
            self._counts["conflicting"] += refusal.fault.code in PRODUCT_CONFLICTS
            self._on_fault(refusal.fault)

    def _keep(self, plan: Plan) -> str:
        try:
            imported = write(plan, self._import)
        except DomainError as refusal:
            raise rejected(plan.row.line, "", plan.row.name, "refused", **told_by(refusal)) from refusal
        if plan.photo and imported.photo_id is None:
            self._show(plan, imported)
        return _done(imported)

    def _show(self, plan: Plan, imported: ImportedProduct) -> None:
        try:
            self._counts["photos"] += show_photo(plan, imported, self._import)
        except (PhotoRefused, TooManyProductPhotos) as refusal:
            column = self._reader.heading("photo")
            plan.faults.append(warning(plan.row.line, column, plan.row.photo, "photo_refused", **told_by(refusal)))

    def _count(self, outcome: str) -> None:
        self._counts[outcome] += 1

    def _tell(self, *faults: ProductFault) -> None:
        for fault in faults:
            self._counts["warnings"] += fault.severity == WARNING
            self._on_fault(fault)


def _would_do(plan: Plan) -> str:
    return "created" if plan.matched.variant is None else "updated" if plan.news else "unchanged"


def _done(imported: ImportedProduct) -> str:
    return "created" if imported.made_variant else "updated" if imported.changed else "unchanged"
