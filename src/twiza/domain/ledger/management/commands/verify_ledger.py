"""`twiza verify_ledger`: every entry is what its order, payment or refund says."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from twiza.domain.ledger.selectors import ledger_faults


class Command(BaseCommand):
    help = "Works out every entry of the ledger again from what happened. Ends with 1 when one differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        checked, faults = ledger_faults()
        if options["json"]:
            self.stdout.write(json.dumps({"checked": checked, "faults": faults}))
        else:
            self.stdout.write("\n".join(str(fault) for fault in faults) or f"✓ {checked} entries are what happened.")
        if faults:
            raise SystemExit(1)
