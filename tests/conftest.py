"""What every test stands on: the real PostgreSQL, and people whose relations never change."""

from __future__ import annotations

from twiza.config.database import hold_database

hold_database()

import gc
from collections.abc import Callable
from typing import TypeVar

import pytest
from django.test import TransactionTestCase
from django.utils import translation

from tests import databases
from tests.kept_rows import Kept, keep_rows
from tests.people import Market, build_market
from twiza.domain.storefronts.selectors import hosts

T = TypeVar("T")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of cycles need not look at it again and again."""
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come first: they are long and share one site, so that short tests fill the time beside them and after."""
    items.sort(key=lambda item: "site" not in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Takes the place of pytest-django's, which would migrate a database of its own for each process."""
    with django_db_blocker.unblock(), databases.database_of_this_process() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: databases.copy_anew(name))
        yield


@pytest.fixture(scope="session")
def keep(django_db_setup, django_db_blocker) -> Callable[[Callable[[], T]], Kept[T]]:
    """For fixtures of a session or a module: what is built is kept for every test."""

    def kept(build: Callable[[], T]) -> Kept[T]:
        with django_db_blocker.unblock():
            return keep_rows(build)

    return kept


@pytest.fixture(scope="session")
def kept_market(keep) -> Kept[Market]:
    return keep(build_market)


@pytest.fixture
def market(kept_market, db) -> Market:
    return kept_market.again()


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """What a process remembers of the tables goes with the test: versions come again once a database is copied anew."""
    monkeypatch.setattr(hosts.Memory, "kept", None)


@pytest.fixture(autouse=True)
def reader_of_french():
    """Each test begins in French, whatever language the test before left behind."""
    with translation.override("fr"):
        yield
