"""What every test stands on: the real PostgreSQL, and people whose relations never change."""

from __future__ import annotations

from twiza.config.database import hold_database

hold_database()

import psycopg
import pytest
from django.db import connections
from django.utils import translation

from tests.kept_market import KeptMarket, keep_market
from tests.people import Market
from tests.site import named


@pytest.fixture(scope="session")
def kept_market(django_db_setup, django_db_blocker) -> KeptMarket:
    with django_db_blocker.unblock():
        return keep_market()


@pytest.fixture
def market(kept_market, db) -> Market:
    return kept_market.again()


@pytest.fixture(autouse=True)
def reader_of_french():
    """Each test begins in French, whatever language the test before left behind."""
    with translation.override("fr"):
        yield


@pytest.fixture(scope="session", autouse=True)
def nobody_stays_connected(django_db_setup, django_db_blocker):
    """A worker that was interrupted on purpose may leave a connection behind, and a database in use cannot be dropped."""
    yield
    name = str(connections["default"].settings_dict["NAME"])
    if not name.startswith("test_"):
        return
    with django_db_blocker.unblock():
        connections.close_all()
    with psycopg.connect(named("postgres"), autocommit=True) as server:
        server.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
