"""`twiza import_products`: a list of products, as somebody keeps it, becomes what cooperatives sell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from twiza.domain.directory.management.importing import ImportCommand
from twiza.domain.directory.services.column_maps import MapShelf
from twiza.domain.inventory.services.importing.headings import ProductMap, read_product_map
from twiza.domain.inventory.services.importing.lists import ProductImportOutcome, import_products
from twiza.domain.inventory.services.importing.matching import cooperative_at
from twiza.domain.inventory.services.importing.saved_maps import save_product_map, saved_product_map, shelf_of_maps
from twiza.kit.folding import fold_words
from twiza.kit.table_answers import Faults, Progress


class Command(ImportCommand):
    help = "Reads a list of products (CSV or XLSX) and their photos into what is sold. A second reading changes nothing."
    table = "the list"
    undone_by = "undo_product_import"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--cooperative", metavar="SLUG", help="whose products these are; else a column names it")
        parser.add_argument("--photos", type=Path, metavar="ZIP", help="the photos that the list names")
        parser.add_argument("--not-on-sale", action="store_true", help="keep new products, put none on sale")

    def read(self, faults: Faults, progress: Progress, **options: Any) -> ProductImportOutcome:
        cooperative = cooperative_at(options["cooperative"]) if options["cooperative"] else None
        shelf = shelf_of_maps(cooperative, None)
        told = map_named(shelf, options["map"]) if options["map"] else None
        outcome = import_products(
            options["file"],
            cooperative=cooperative,
            photos=options["photos"],
            is_put_on_sale=not options["not_on_sale"],
            told=told,
            dry_run=options["dry_run"],
            on_fault=faults.take,
            on_progress=progress.take,
        )
        if options["save_map"]:
            save_product_map(shelf, options["save_map"], told or map_used(shelf, outcome), by=None, headings=outcome.headings)
        return outcome


def map_named(shelf: MapShelf, said: str) -> ProductMap:
    """The map in this file, else the one saved under this name. Refuses what is neither (MapUnreadable)."""
    if not Path(said).is_file() and (saved := saved_product_map(shelf, said)):
        return saved
    return read_product_map(Path(said))


def map_used(shelf: MapShelf, outcome: ProductImportOutcome) -> ProductMap:
    """How the columns were read when nobody said how."""
    saved = saved_product_map(shelf, outcome.column_map) if outcome.column_map else None
    return saved or ProductMap(columns={fold_words(column.heading): column.field for column in outcome.columns})
