"""`twiza rebuild_search`: a new index of everything, while the old one answers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from twiza.foundation.search.services import rebuild_index


class Command(BaseCommand):
    help = "Builds this machine's search index anew; the old one answers until it is ready."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild_index()
        if count is None:
            raise CommandError("Another process is writing the index; run it again when that one is through.")
        self.stdout.write(f"✓ {count} things can be found.")
