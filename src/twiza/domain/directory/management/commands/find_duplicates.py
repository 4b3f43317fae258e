"""`twiza find_duplicates`: which pages may speak of the same cooperative."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from twiza.domain.directory.selectors.duplicates import LIKELY, DuplicatePair, Record, find_duplicates, reason_words

FEWEST = 1


class Command(BaseCommand):
    help = "Lists pairs of cooperatives that may be one, the likeliest first. Nothing is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer as a JSON list")
        parser.add_argument("--limit", type=int, default=None, help="so many pairs at most")
        parser.add_argument("--min-score", type=float, default=LIKELY, help="from 0 (any pair) to 1 (certain)")
        parser.add_argument("--language", default="fr", choices=("fr", "ar", "en"), help="of the reasons")

    def handle(self, *args: Any, **options: Any) -> None:
        limit, least = options["limit"], options["min_score"]
        if limit is not None and limit < FEWEST:
            raise CommandError("--limit must be at least 1.")
        if not 0 <= least <= 1:
            raise CommandError("--min-score lies between 0 and 1.")
        with translation.override(options["language"]):
            pairs = [pair_told(pair) for pair in islice(find_duplicates(least), limit)]
        if options["json"]:
            self.stdout.write(json.dumps(pairs, ensure_ascii=False))
            return
        for pair in pairs:
            reasons = " · ".join(pair["reasons"])
            self.stdout.write(f"{pair['score']:.2f}  {pair['a']['name']} ({pair['a']['slug']})")
            self.stdout.write(f"      {pair['b']['name']} ({pair['b']['slug']})\n      {reasons}")


def pair_told(pair: DuplicatePair) -> dict[str, Any]:
    """As the JSON answer has it."""
    return {"score": pair.score, "reasons": reason_words(pair.reasons), "a": _told(pair.a), "b": _told(pair.b)}


def _told(record: Record) -> dict[str, Any]:
    return {"id": record.id, "slug": record.slug, "name": record.name}
