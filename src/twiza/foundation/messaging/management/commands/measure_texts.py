"""`twiza measure_texts`: what each line of standard input would cost as a text message, one JSON object a line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from twiza.foundation.messaging.encoding import measure


class Command(BaseCommand):
    help = "Reads one text a line on standard input; writes its encoding, units and parts as JSON, one object a line."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        # Only a line feed ends a line: a form feed or a carriage return is a character with a cost.
        for line in sys.stdin.buffer:
            text = line.removesuffix(b"\n").decode("utf-8", errors="replace")
            self.stdout.write(json.dumps(asdict(measure(text)), ensure_ascii=False))
