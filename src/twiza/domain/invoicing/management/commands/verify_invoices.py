"""`twiza verify_invoices`: no number is missing, nothing was changed, and every sum is right."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from twiza.domain.invoicing.selectors import invoice_faults


class Command(BaseCommand):
    help = (
        "Reads every invoice and credit note again: numbers, fingerprints, sums, what is missing. Ends with 1 when one is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        checked, faults = invoice_faults()
        if options["json"]:
            self.stdout.write(json.dumps({"checked": checked, "faults": faults}))
        else:
            self.stdout.write("\n".join(str(fault) for fault in faults) or f"✓ {checked} papers are as they were issued.")
        if faults:
            raise SystemExit(1)
