"""`twiza write_example`: files to try the imports with."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from random import Random
from typing import Any

from django.core.management.base import BaseCommand

from twiza.demo.examples import PHOTOS, PRODUCTS, REGISTER, write_example


class Command(BaseCommand):
    help = "Writes a register, a list of products and their photographs, all fictional, to try the imports with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where to")
        parser.add_argument("--province", default="05.311", help="its code of HCP; Khouribga's when nothing is said")
        parser.add_argument("--cooperatives", type=int, default=28, help="how many")
        parser.add_argument("--products", type=int, default=100, help="how many, of all of them together")
        parser.add_argument("--seed", type=int, default=7, help="the same number writes the same files")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        chance = Random(options["seed"])  # noqa: S311 -- an example, not a secret
        write_example(folder, options["province"], options["cooperatives"], options["products"], chance)
        for name in (REGISTER, PRODUCTS, PHOTOS):
            self.stdout.write(f"✓ {folder / name}")
