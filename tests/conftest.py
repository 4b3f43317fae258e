"""What every test stands on: the real PostgreSQL, and people whose relations never change."""

from __future__ import annotations

from twiza.config.database import hold_database

hold_database()

import pytest
from django.utils import translation

from tests.people import Market, build_market


@pytest.fixture
def market(db) -> Market:
    return build_market()


@pytest.fixture(autouse=True)
def reader_of_french():
    """Each test begins in French, whatever language the test before left behind."""
    with translation.override("fr"):
        yield
