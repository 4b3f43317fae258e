"""What people type finds what they mean, over the demonstration's content: within the first five."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from pathlib import Path

import pytest

from twiza.demo import building
from twiza.demo.building import Wish, build
from twiza.demo.progress import Progress
from twiza.foundation.search.selectors import search
from twiza.foundation.search.services import rebuild_index

TABLES = sorted(Path(__file__).parent.glob("*.tsv"))
FIRST = 5
LEAST = 0.97
KIND = {"products": "product", "cooperatives": "cooperative"}


def queries(table: Path) -> list[dict[str, str]]:
    lines = [line for line in table.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture
def morocco(db, settings, tmp_path, monkeypatch):
    settings.SEARCH_FOLDER = str(tmp_path / "search")
    monkeypatch.setitem(building.SIZES, "small", 200)
    build(Wish("market", "small", 7), tmp_path, Progress(io.StringIO()))
    rebuild_index()


def is_found(row: dict[str, str]) -> bool:
    hits = search(row["query"], KIND.get(row["kind"], row["kind"]), limit=FIRST, with_facets=False).hits
    expected = row["expected"].casefold().split(";;")
    return any(name in hit.slug or name in hit.names.get("fr", "").casefold() for hit in hits for name in expected)


def test_what_is_meant_is_among_the_first_five(morocco, capsys):
    asked, found, missed = Counter(), Counter(), []
    for stem, row in [(table.stem, row) for table in TABLES for row in queries(table)]:
        counted = (stem, row["language"])
        asked.update(counted)
        if is_found(row):
            found.update(counted)
        else:
            missed.append(f"{stem}: {row['language']} {row['query']} [{row['kind']}] → {row['expected']}")
    with capsys.disabled():
        sys.stdout.write("\nfound in the first five: ")
        sys.stdout.write(", ".join(f"{name} {found[name]}/{asked[name]}" for name in sorted(asked)) + "\n")

    # Each table by itself, so that a long easy one hides nothing.
    assert all(found[name] >= LEAST * asked[name] for name in asked), missed
