"""The same page in another language."""

from __future__ import annotations

import pytest

from twiza.entrypoints.ui.addresses import address_in_language


@pytest.mark.parametrize(
    ("address", "same_in_arabic"),
    [
        ("/fr/", "/ar/"),
        ("/fr/products/?page=2&q=%2F", "/ar/products/?page=2&q=%2F"),
        ("/zgh/cooperatives/fr/", "/ar/cooperatives/fr/"),
        ("/france/", "/france/"),
        ("/healthz/live", "/healthz/live"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_only_the_language_of_an_address_changes(address, same_in_arabic):
    assert address_in_language(address, "ar") == same_in_arabic
