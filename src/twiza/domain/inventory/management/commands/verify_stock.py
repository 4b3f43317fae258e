"""`twiza verify_stock`: every level is the sum of what moved it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from twiza.domain.inventory.selectors import stock_faults


class Command(BaseCommand):
    help = "Recounts every stock level from its movements and holds. Ends with 1 when one differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        checked, faults = stock_faults()
        if options["json"]:
            self.stdout.write(json.dumps({"checked": checked, "faults": faults}))
        else:
            self.stdout.write("\n".join(str(fault) for fault in faults) or f"✓ {checked} levels are what their movements say.")
        if faults:
            raise SystemExit(1)
