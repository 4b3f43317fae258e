"""`twiza import_products`: a list of products, as somebody keeps it, becomes what cooperatives sell."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from twiza.domain.inventory.services.importing.lists import ProductImportOutcome, import_products
from twiza.domain.inventory.services.importing.matching import cooperative_at
from twiza.foundation.audit.services import acting_through
from twiza.kit.errors import DomainError
from twiza.kit.table_answers import Faults, Progress, report_file, shown_fault
from twiza.kit.tables import rows_at_most

UNREADABLE = 2


class Command(BaseCommand):
    help = "Reads a list of products (CSV or XLSX) and their photos into what is sold. A second reading changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the list, CSV or XLSX")
        parser.add_argument("--cooperative", metavar="SLUG", help="whose products these are; else a column names it")
        parser.add_argument("--photos", type=Path, metavar="ZIP", help="the photos that the list names")
        parser.add_argument("--not-on-sale", action="store_true", help="keep new products, put none on sale")
        parser.add_argument("--dry-run", action="store_true", help="read and check everything, keep nothing")
        parser.add_argument("--report", type=Path, help="write every fault to this CSV file")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--language", default="fr", choices=("fr", "ar", "en"), help="of the reasons")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]), acting_through("system"):
            try:
                self._import(**options)
            except DomainError as trouble:
                self._say_unreadable(trouble, as_json=options["json"])

    def _import(self, **options: Any) -> None:
        slug = options["cooperative"]
        with report_file(options["report"]) as report:
            faults = Faults(report)
            progress = Progress(self.stderr, rows_at_most(options["file"]))
            outcome = import_products(
                options["file"],
                cooperative=cooperative_at(slug) if slug else None,
                photos=options["photos"],
                is_put_on_sale=not options["not_on_sale"],
                dry_run=options["dry_run"],
                on_fault=faults.take,
                on_progress=progress.take,
            )
            progress.end()
        self._say(outcome, faults, as_json=options["json"])

    def _say_unreadable(self, trouble: DomainError, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": trouble.code, "sentence": str(trouble)}, ensure_ascii=False))
        else:
            self.stderr.write(str(trouble))
        raise SystemExit(UNREADABLE)

    def _say(self, outcome: ProductImportOutcome, faults: Faults, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer_of(outcome, faults), ensure_ascii=False))
            return
        for fault in faults.first:
            self.stdout.write(shown_fault(fault))
        if faults.total > len(faults.first):
            more = faults.total - len(faults.first)
            self.stdout.write(_("… and %(number)s more: --report writes them all.") % {"number": more})
        if outcome.columns_not_read:
            self.stdout.write(_("Columns not read: %(columns)s") % {"columns": ", ".join(outcome.columns_not_read)})
        self.stdout.write(
            _("%(rows)s rows: %(created)s new, %(updated)s changed, %(unchanged)s unchanged, %(rejected)s rejected.")
            % asdict(outcome)
        )
        if outcome.batch:
            self.stdout.write(_("To take all of it back: twiza undo_product_import %(batch)s") % asdict(outcome))


def answer_of(outcome: ProductImportOutcome, faults: Faults) -> dict[str, Any]:
    """What `--json` says: the same shape as of a register of cooperatives."""
    return {**asdict(outcome), "new": outcome.created, "matched": outcome.matched, **faults.as_told}
