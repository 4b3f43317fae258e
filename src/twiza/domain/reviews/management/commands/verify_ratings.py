"""`twiza verify_ratings`: every product's stars are what its shown reviews say."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from twiza.domain.reviews.selectors import rating_faults


class Command(BaseCommand):
    help = "Recounts the stars of every product from its reviews. Ends with 1 when one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        checked, faults = rating_faults()
        said = "\n".join(f"product {pk}" for pk in faults)
        self.stdout.write(said or f"✓ {checked} products have the stars their reviews give.")
        if faults:
            raise SystemExit(1)
