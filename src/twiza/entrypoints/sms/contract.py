"""A reading as other programs get it: the intent, its slots by name, and how certain it is."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypedDict

from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.shelf import Item, Shelf

Slot = str | int | list[int]
_SAID = {"close": "until", "language": "language", "apply": "call", "vote": "candidate", "verify": "code"}


class Understood(TypedDict):
    intent: str
    slots: dict[str, Slot]
    certainty: str


def as_contract(reading: Reading) -> Understood:
    """What `twiza read_texts` writes of it."""
    return {"intent": reading.intent, "slots": slots_of(reading), "certainty": reading.certainty}


def slots_of(reading: Reading) -> dict[str, Slot]:
    """The slots that were said, and `candidates` when one of several products is meant."""
    amount = "price" if reading.intent == "price_set" else "quantity"
    texts = {
        "order": reading.order,
        "reason": reading.reason,
        "tracking": reading.tracking,
        amount: reading.amount,
        _SAID.get(reading.intent, "said"): reading.said,
    }
    slots: dict[str, Slot] = {name: text for name, text in texts.items() if text}
    if reading.product:
        slots["product"] = int(reading.product)
    if reading.candidates:
        slots["candidates"] = [int(code) for code in reading.candidates]
    return slots


def shelf_from(path: Path) -> Shelf:
    """A catalogue as a file: number, name_fr, name_ar, unit and content, with tabs between.

    Raises OSError, KeyError, ValueError.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return Shelf(tuple(_item(row) for row in rows))


def _item(row: dict[str, str]) -> Item:
    return Item(
        code=str(int(row["number"])),
        names=tuple(name for name in (row["name_fr"], row["name_ar"]) if name),
        unit=row.get("unit") or "piece",
        content=row.get("content") or "",
    )
