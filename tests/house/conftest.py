"""The laws read the whole source: its syntax trees are kept for the tests of one file, and no longer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tools.read_house import tree_of


@pytest.fixture(scope="module", autouse=True)
def trees_of_the_source() -> Iterator[None]:
    yield
    tree_of.cache_clear()
