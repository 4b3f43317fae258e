"""The words of the market are one table: complete, without a word that means two things."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.utils.text import slugify

from twiza.domain.directory.models import Sector
from twiza.kit.folding import fold_words

TABLE = Path("src/twiza/foundation/search/concepts.tsv")
PRODUCT_KINDS = Path("src/twiza/domain/catalogue/kinds.tsv")
COLUMNS = ["code", "kind", "fr", "ar", "ary", "zgh", "en"]
LANGUAGES = COLUMNS[2:]
KINDS = {"product", "place", "sector", "quality", "container"}
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)?")
ARABIC, TIFINAGH, LATIN = re.compile("[\u0600-\u06ff]"), re.compile("[\u2d30-\u2d7f]"), re.compile("[a-zA-Z]")
ARTICLE = re.compile(r"\bو?ال(?=\w\w)")
REGIONS, PROVINCES = 12, 75
QUERIES = sorted(Path("tests/relevance").glob("*.tsv"))
CONTENT = Path("src/twiza/demo/content")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def variants(row: dict[str, str]) -> list[str]:
    return [variant for language in LANGUAGES for variant in row[language].split("|") if variant]


def says(text: str, words: set[str]) -> bool:
    """Whether one of the words stands whole in the text, with or without the Arabic article."""
    heard = f" {ARTICLE.sub('', fold_words(text))} "
    return any(f" {ARTICLE.sub('', word)} " in heard for word in words)


def test_every_row_fills_the_same_columns():
    lines = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()]

    assert lines[0] == COLUMNS
    assert [line[0] for line in lines if len(line) != len(COLUMNS)] == []
    assert [line[0] for line in lines if any(cell != cell.strip("| ") for cell in line)] == []


def test_there_are_as_many_concepts_as_a_market_needs():
    kinds = [row["kind"] for row in rows()]

    assert len(kinds) >= 320
    assert set(kinds) == KINDS
    assert sum(row["code"].startswith("region-") for row in rows()) == REGIONS
    assert sum(row["code"].startswith("province-") for row in rows()) == PROVINCES


def test_a_code_names_one_concept_and_after_a_dot_a_narrower_one():
    codes = [row["code"] for row in rows()]

    assert [code for code in codes if not CODE.fullmatch(code)] == []
    assert sorted(codes) == sorted(set(codes))
    assert [code for code in codes if "." in code and code.split(".")[0] not in codes] == []


def test_no_word_means_two_concepts():
    meanings = defaultdict(set)
    for row in rows():
        for variant in variants(row):
            meanings[fold_words(variant)].add(row["code"])

    assert {word: codes for word, codes in meanings.items() if len(codes) > 1} == {}


def test_no_word_is_written_twice_in_a_row():
    for row in rows():
        folded = [fold_words(variant) for variant in variants(row)]
        assert sorted(folded) == sorted(set(folded)), row["code"]


def test_no_word_is_so_short_that_anything_holds_it():
    assert [variant for row in rows() for variant in variants(row) if len(fold_words(variant)) < 3] == []


def test_each_language_is_written_in_its_scripts():
    for row in rows():
        assert row["fr"], row["code"]
        assert not ARABIC.search(row["fr"] + row["en"] + row["zgh"]), row["code"]
        assert not TIFINAGH.search(row["fr"] + row["en"] + row["ar"] + row["ary"]), row["code"]
        assert not LATIN.search(row["ar"]), row["code"]


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
def test_every_kind_of_product_is_understood(language):
    known = {fold_words(variant) for row in rows() if row["kind"] == "product" for variant in variants(row)}
    with PRODUCT_KINDS.open(encoding="utf-8", newline="") as file:
        names = [row[language] for row in csv.DictReader(file, delimiter="\t") if row[language]]

    assert [name for name in names if not says(name, known)] == []


@pytest.mark.parametrize("sector", list(Sector), ids=str)
def test_every_sector_has_a_concept(sector):
    concept = next(row for row in rows() if row["code"] == f"sector-{sector.value.lower()}")

    assert concept["kind"] == "sector"
    assert all(concept[language] for language in ("fr", "ar", "en"))


def test_organic_is_not_what_the_farm_makes():
    by_code = {row["code"]: variants(row) for row in rows()}

    assert "bio" in by_code["organic"]
    assert {"beldi", "بلدي"} <= set(by_code["beldi"])
    assert not {"beldi", "بلدي"} & set(by_code["organic"])


def french_names(table: str) -> list[str]:
    with (CONTENT / table).open(encoding="utf-8", newline="") as file:
        return [row["name_fr"].casefold() for row in csv.DictReader(file, delimiter="\t")]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_query_says_what_it_should_find_once(path):
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    asked = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = {"product": french_names("products.tsv"), "cooperative": french_names("cooperatives.tsv")}
    slugs = {kind: [slugify(name) for name in of_kind] for kind, of_kind in names.items()}

    assert lines[0].split("\t") == ["language", "query", "kind", "expected"]
    assert len({tuple(row.values()) for row in asked}) == len(asked)
    assert {row["language"] for row in asked} <= set(LANGUAGES)
    for row in asked:
        assert all(row.values()), row
        held = [*names[row["kind"]], *slugs[row["kind"]]]
        for expected in row["expected"].casefold().split(";;"):
            assert any(expected in name for name in held), (row, expected)
