from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.entrypoints.web.people import PHONE
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.services import join, register_person


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


@pytest.fixture
def fatima(db) -> User:
    return join(name="Fatima", phone=PHONE, language="ar")


@pytest.fixture
def yassine(db) -> User:
    return register_person(name="Yassine", email="Yassine@Example.ma", language="fr")


@pytest.fixture
def noura(db) -> User:
    """Of the staff."""
    return User.objects.create_superuser("noura@example.ma", "a long enough secret", "Noura")
