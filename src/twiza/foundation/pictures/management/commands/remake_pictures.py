"""`twiza remake_pictures`: photographs from before a size or a form was made get it too."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from twiza.foundation.pictures.selectors import pictures_lacking_files
from twiza.foundation.pictures.services import remake_pictures

AT_MOST = 500


class Command(BaseCommand):
    help = "Has workers make the sizes and forms that photographs lack, so many at a time. A second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at-most", type=int, default=AT_MOST, metavar="N", help=f"photographs this time; {AT_MOST} if not said"
        )
        parser.add_argument("--dry-run", action="store_true", help="only count them")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            begun = remake_pictures(max(0, options["at_most"]))
            self.stdout.write(f"✓ {begun} photographs are being made anew by the workers.")
        left = sum(1 for _picture in pictures_lacking_files())
        self.stdout.write(f"{left} lack a size or a form." if left else "✓ No other photograph lacks a size or a form.")
