"""`twiza find`: what the search page would show, for a terminal."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from twiza.foundation.search.documents import SOURCES
from twiza.foundation.search.selectors import search


class Command(BaseCommand):
    help = "Finds cooperatives or products as the search page does, nearest first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", metavar="TEXT", help="in any language, script and spelling")
        parser.add_argument("--kind", choices=sorted(SOURCES), required=True, help="what is sought")
        parser.add_argument("--limit", type=int, default=10, help="how many at most")
        parser.add_argument("--json", action="store_true", help="answer as JSON: a list of kind, id, slug, name, score")

    def handle(self, *args: Any, **options: Any) -> None:
        found = search(options["text"], options["kind"], limit=max(1, options["limit"]), with_facets=False).hits
        if options["json"]:
            rows = [{"kind": hit.kind, "id": hit.id, "slug": hit.slug, "name": hit.name, "score": hit.score} for hit in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(f"{hit.slug:<50} {hit.name}" for hit in found) or "Nothing is found.")
