from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    def client_of(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return client_of
