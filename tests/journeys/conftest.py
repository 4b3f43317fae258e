"""Journeys share one running site per test process, and those of a file one browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from tests.journeys.browser import browser
from tests.site import Site, running_site


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker) -> Iterator[Site]:
    with django_db_blocker.unblock(), running_site() as running:
        yield running


@pytest.fixture(scope="module")
def chromium(site) -> Iterator[Any]:
    with browser() as opened:
        yield opened
        connections.close_all()
