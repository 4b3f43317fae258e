"""`twiza export_cooperatives`: the open data of the directory, as anybody may download it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from twiza.domain.directory.selectors import open_records
from twiza.entrypoints.web.open_data import WRITERS
from twiza.foundation.places.selectors import regions


class Command(BaseCommand):
    help = "Writes everything public that is known of the cooperatives. Nothing private can be in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", default="csv", choices=tuple(WRITERS), help="see docs/reference/open-data.md")
        parser.add_argument("--region", default="", help="only this region: its code of HCP, from 01 to 12")
        parser.add_argument("--output", type=Path, help="write to this file, which is replaced when all is written")

    def handle(self, *args: Any, **options: Any) -> None:
        region = options["region"]
        if region and not regions().filter(code=region).exists():
            known = ", ".join(f"{place.code} {place.name_fr}" for place in regions())
            raise CommandError(f"No region has the code {region}. There are: {known}.")
        texts = WRITERS[options["format"]](open_records(region))
        if options["output"]:
            _write(options["output"], texts)
            return
        for text in texts:
            self.stdout.write(text, ending="")


def _write(path: Path, texts: Iterator[str]) -> None:
    """Whoever reads the file meanwhile finds the whole of the one before."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            file.writelines(texts)
        unfinished.replace(path)
    except OSError as trouble:
        raise CommandError(f"The file cannot be written to {path}: {trouble.strerror}.") from trouble
    finally:
        unfinished.unlink(missing_ok=True)
