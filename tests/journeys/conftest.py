"""Journeys share one running site per test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.site import Site, running_site


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker) -> Iterator[Site]:
    with django_db_blocker.unblock(), running_site() as running:
        yield running
