"""A register of cooperatives as somebody might keep it, written as a CSV file and read by the real importer."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from twiza.demo import fiction
from twiza.demo.tables import rows_of
from twiza.foundation.places.models import Commune
from twiza.foundation.places.selectors import all_communes

# How often each sector comes, in a thousand: agriculture two thirds, crafts a sixth, as in the published tables.
SECTORS = {
    "Agriculture": 560, "Artisanat": 150, "Habitat": 60, "Denrées alimentaires": 45, "Argan": 30,
    "Plantes médicinales et aromatiques": 40, "Forêts": 15, "Pêche": 14, "Tourisme": 14,
    "Alphabétisation, éducation et formation": 8, "Transport": 8, "Commerçants détaillants": 10, "Consommation": 6,
    "Main-d'œuvre": 8,
    "Traitement des déchets": 6, "Exploitation de carrières": 4, "Communication": 5, "Conseil et gestion": 5,
    "Imprimerie et papeterie": 3, "Énergies renouvelables": 4, "Autres services": 5,
}  # fmt: skip
WOMENS_PER_HUNDRED = 18
FIRST_NUMBER = 20_000
HEADINGS = [
    "Dénomination", "اسم التعاونية", "Secteur", "Commune", "Province", "Téléphone", "Date de création", "Nombre d'adhérents",
    "dont femmes", "dont jeunes", "Coopérative féminine", "N° d'immatriculation", "Tribunal", "ICE", "RIB",
]  # fmt: skip


def write_register(path: Path, how_many: int, chance: Random, province: str = "") -> None:
    """`path` holds so many fictional cooperatives in real communes of every region, or of one province (its code); the same
    for the same seed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(HEADINGS)
        table.writerows(_rows(how_many, chance, [one for one in all_communes() if one.province_id.startswith(province)]))


def _rows(how_many: int, chance: Random, communes: Sequence[Commune]) -> Iterator[list[str]]:
    names = [(row["fr"], row["ar"]) for row in rows_of("names")]
    told: set[tuple[str, str]] = set()
    number = FIRST_NUMBER
    while len(told) < how_many:
        commune, (name, name_ar) = chance.choice(communes), chance.choice(names)
        if (name, commune.pk) in told:
            continue
        told.add((name, commune.pk))
        number += 1
        yield _row(number, commune, name, name_ar, chance)


def _row(number: int, commune: Commune, name: str, name_ar: str, chance: Random) -> list[str]:
    members = chance.choice((5, 7, 7, 9, 11, 12, 15, 18, 22, 27, 34, 48, 65))
    is_womens = chance.randrange(100) < WOMENS_PER_HUNDRED
    women = members if is_womens else chance.randint(0, members // 2)
    year = chance.randint(1998, 2025)
    province = commune.province.name_fr
    return [
        f"Coopérative {name} {commune.name_fr}",
        f"تعاونية {name_ar} {commune.name_ar}",
        chance.choices(list(SECTORS), weights=list(SECTORS.values()))[0],
        commune.name_fr,
        province,
        fiction.phone(number),
        f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{year}",
        str(members),
        str(women),
        str(chance.randint(0, members // 3)),
        "oui" if is_womens else "non",
        fiction.registration(number, year),
        fiction.court(province),
        fiction.ice(number),
        fiction.rib(number),
    ]
