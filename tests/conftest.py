"""What every test stands on: the real PostgreSQL, and people whose relations never change."""

from __future__ import annotations

from twiza.config.database import hold_database

hold_database()

import pytest

from tests.people import Market, build_market


@pytest.fixture
def market(db) -> Market:
    return build_market()
