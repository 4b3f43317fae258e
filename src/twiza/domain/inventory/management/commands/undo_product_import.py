"""`twiza undo_product_import`: a list of products that should not have been read is taken back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from twiza.domain.inventory.errors import ProductImportNotFound
from twiza.domain.inventory.services.importing.undoing import ProductUndoOutcome, undo_product_import
from twiza.foundation.audit.services import acting_through

NOT_FOUND = 2


class Command(BaseCommand):
    help = "Takes an import of products back. What was edited or ordered since stays. A second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", type=int, help="the number of the import, as import_products said it")
        parser.add_argument("--dry-run", action="store_true", help="count what would happen, change nothing")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--language", default="fr", choices=("fr", "ar", "en"), help="of the answer")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]), acting_through("system"):
            try:
                outcome = undo_product_import(options["batch"], by=None, dry_run=options["dry_run"])
            except ProductImportNotFound as missing:
                self._say_missing(missing, as_json=options["json"])
            self._say(outcome, as_json=options["json"])

    def _say_missing(self, missing: ProductImportNotFound, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": missing.code, "sentence": str(missing)}, ensure_ascii=False))
        else:
            self.stderr.write(str(missing))
        raise SystemExit(NOT_FOUND)

    def _say(self, outcome: ProductUndoOutcome, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
            return
        if outcome.was_undone_before:
            self.stdout.write(_("This import was taken back before; nothing is left to do."))
            return
        for kept in outcome.kept_products:
            self.stdout.write(f"= {kept.slug}: {kept.sentence}")
        self.stdout.write(_("%(removed)s products removed, %(restored)s as before, %(kept)s kept as they are.") % asdict(outcome))
