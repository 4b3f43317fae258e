"""Lists of products as cooperatives keep them, and their photos."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from PIL import Image

from twiza.domain.inventory.services.importing.lists import import_products

HEADINGS = ["Produit", "Nom en arabe", "Type", "Contenance", "Prix (DH)", "Stock", "Photo", "Description"]
THYME = ["Miel de thym de montagne", "عسل زعتر الجبل", "miel", "500 g", "120", "40", "thym.jpg", "Récolté à la main."]
ARGAN = ["Huile d'argan grillée", "", "زيت أركان", "1/2 L", "189,50 DH", "١٢", "", ""]
SOAP = ["Savon noir à l'argan", "صابون بلدي", "", "٢٥٠ غ", "35", "", "", ""]


def a_list(folder: Path, *rows: list[str], headings: list[str] | None = None, name: str = "produits.csv", **how: str) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=how.get("separator", ";")).writerows([headings or HEADINGS, *rows])
    path = folder / name
    path.write_bytes(text.getvalue().encode(how.get("encoding", "utf-8")))
    return path


def a_picture(colour: str = "orange", form: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, form)
    return file.getvalue()


def a_zip(folder: Path, files: dict[str, bytes], name: str = "photos.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    return path


class Faults(list):
    """(line, column, code) of what was told."""

    def take(self, fault) -> None:
        self.append((fault.line, fault.column, fault.code))


def imported(path: Path, market, **how):
    """The list read for the honey cooperative, by Mina; and what was told."""
    faults = Faults()
    outcome = import_products(
        path, **{"by": market.mina, "cooperative": market.honey_cooperative, "on_fault": faults.take, **how}
    )
    return outcome, faults
