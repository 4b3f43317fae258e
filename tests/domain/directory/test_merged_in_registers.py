"""A register goes on naming a cooperative twice after its two pages were merged: nothing comes back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.jobs import run_jobs
from tests.people import person
from twiza.domain.directory.models import DuplicateCandidate, DuplicateSearch, Organisation, Revision
from twiza.domain.directory.services.importing.batches import import_cooperatives
from twiza.domain.directory.services.merging import merge_organisations, undo_merge
from twiza.foundation.accounts.models import User

HEADINGS = ["Dénomination", "Commune", "Province", "Téléphone", "ICE"]
ROWS = [
    ["Coopérative Tifaouine", "Taliouine", "Taroudannt", "0661234567", "001561191000066"],
    ["Coop Agricole Tifawin", "Taliouine", "Taroudannt", "0661234568", ""],
]


def register(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


@pytest.fixture
def keeper(db) -> User:
    keeper = person("Keeper", 7001)
    keeper.is_staff = True
    keeper.save(update_fields=["is_staff"])
    return keeper


@pytest.fixture
def kept(tmp_path, keeper) -> Organisation:
    import_cooperatives(register(tmp_path, ROWS))
    kept, merged = Organisation.objects.order_by("pk")
    merge_organisations(kept, merged, by=keeper)
    return kept


def test_the_same_file_changes_nothing(kept, tmp_path):
    revisions = Revision.objects.count()

    again = import_cooperatives(register(tmp_path, ROWS))

    assert (again.created, again.updated, again.unchanged, again.rejected) == (0, 0, 2, 0)
    assert (Organisation.objects.count(), Revision.objects.count()) == (2, revisions)


def test_what_either_row_says_anew_is_said_of_the_kept_page_and_then_nothing_changes(kept, tmp_path):
    rows = [[*ROWS[0][:3], "0661234569", ROWS[0][4]], [*ROWS[1][:3], "0661234570", ROWS[1][4]]]

    first = import_cooperatives(register(tmp_path, rows))
    second = import_cooperatives(register(tmp_path, rows))

    assert (first.created, first.updated, first.rejected) == (0, 2, 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 2)
    assert set(kept.contacts.values_list("value", flat=True)) == {
        "+212661234567", "+212661234568", "+212661234569", "+212661234570"
    }  # fmt: skip


def test_after_undoing_each_row_speaks_of_its_own_page_again(kept, tmp_path, keeper):
    merge = kept.merges.get()
    undo_merge(merge, by=keeper)

    again = import_cooperatives(register(tmp_path, ROWS))

    assert (again.created, again.unchanged) == (0, 2)


def test_an_import_has_the_directory_gone_through(tmp_path, keeper):
    import_cooperatives(register(tmp_path, ROWS), by=keeper)
    run_jobs()

    search = DuplicateSearch.objects.get()
    assert (search.by, search.found) == (keeper, 1)
    assert search.finished_at is not None
    first, second = Organisation.objects.order_by("pk")
    assert list(DuplicateCandidate.objects.values_list("first", "second")) == [(first.pk, second.pk)]
