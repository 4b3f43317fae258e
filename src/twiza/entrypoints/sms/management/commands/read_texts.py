"""`twiza read_texts`: what each line of standard input says to a cooperative, one JSON object a line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from twiza.entrypoints.sms.contract import as_contract, shelf_from
from twiza.entrypoints.sms.understanding import understand


class Command(BaseCommand):
    help = "Reads one text message a line on standard input; writes its intent, slots and certainty as JSON, one object a line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--catalogue", type=Path, required=True, help="number, name_fr, name_ar, unit, content; tabs between")

    def handle(self, *args: Any, catalogue: Path, **options: Any) -> None:
        try:
            shelf = shelf_from(catalogue)
        except (OSError, KeyError, ValueError) as fault:
            raise CommandError(f"The catalogue cannot be read: {fault}") from fault
        for line in sys.stdin.buffer:
            # A line break inside a message is written \\n.
            text = line.rstrip(b"\r\n").decode("utf-8", errors="replace").replace("\\n", "\n")
            self.stdout.write(json.dumps(as_contract(understand(text, shelf)), ensure_ascii=False))
