"""What somebody who opens a storefront holds in hand: a register, a list of products, a folder of photographs. All fictional."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from zipfile import ZIP_STORED, ZipFile

from twiza.demo.register import HEADINGS as REGISTER_HEADINGS
from twiza.demo.register import write_register
from twiza.demo.still_lifes import still_life
from twiza.demo.tables import rows_of
from twiza.domain.catalogue.selectors import kinds

REGISTER, PRODUCTS, PHOTOS = "cooperatives.csv", "products.csv", "photos.zip"
HEADINGS = ["Coopérative", "Produit", "Nom en arabe", "Type", "Contenance", "Prix DH", "Stock", "Photo", "Description"]


def write_example(folder: Path, province: str, cooperatives: int, products: int, chance: Random) -> None:
    """`folder` holds a register of this province, a list of what these cooperatives sell, and its photographs."""
    folder.mkdir(parents=True, exist_ok=True)
    write_register(folder / REGISTER, cooperatives, chance, province)
    with (folder / REGISTER).open(encoding="utf-8", newline="") as file:
        makers = [row[REGISTER_HEADINGS[0]] for row in csv.DictReader(file, delimiter=";")]
    rows = list(_rows(makers, products, chance))
    with (folder / PRODUCTS).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerows([HEADINGS, *rows])
    _write_photos(folder / PHOTOS, rows, chance)


def _rows(makers: list[str], how_many: int, chance: Random) -> Iterator[list[str]]:
    """Each maker has one at least; none has the same twice."""
    lines = [line for line in rows_of("products") if line["story_fr"]]
    said: set[tuple[str, str]] = set()
    while len(said) < how_many:
        maker, line = makers[len(said) % len(makers)], chance.choice(lines)
        if (maker, line["name_fr"]) in said:
            continue
        said.add((maker, line["name_fr"]))
        price = int(line["price_dh"]) + chance.choice((-5, 0, 0, 5, 10))
        yield [
            maker, line["name_fr"], line["name_ar"], line["kind"], f"{line['content']} {line['unit']}", str(max(8, price)),
            str(chance.randint(3, 40)), f"IMG_{len(said):04}.jpg", line["story_fr"],
        ]  # fmt: skip


def _write_photos(path: Path, rows: list[list[str]], chance: Random) -> None:
    looks = {kind.code: (kind.drawing, kind.tint) for kind in kinds()}
    with ZipFile(path, "w", ZIP_STORED) as photos:
        for row in rows:
            drawing, tint = looks[row[HEADINGS.index("Type")]]
            photos.writestr(row[HEADINGS.index("Photo")], still_life(drawing, tint, chance))
