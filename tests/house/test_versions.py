"""A table that pages show says when it changes, or it is said here why nobody has to hear of it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

ROOMS_ON_PAGES = {"catalogue", "directory", "inventory", "storefronts", "delivery"}
# Of rooms whose other tables no kept page shows.
SHOWN_BESIDE = {"orders_leastorder", "reviews_review", "enquiries_enquiry"}
# What no page that is kept for everybody shows, and what another table's change always comes with.
NOT_SHOWN = {
    "catalogue_productmove",  # the product itself moves
    "delivery_holiday",  # promised days stand on pages of one basket
    "delivery_sendingterms",
    "directory_bankdetailschange",
    "directory_changereport",
    "directory_claim",  # the organisation's state follows
    "directory_claimcode",
    "directory_claimpaper",
    "directory_duplicatecandidate",
    "directory_duplicatedecision",
    "directory_duplicatesearch",
    "directory_freshnessquestion",  # the organisation is confirmed
    "directory_importbatch",  # never changes what it said of a published revision
    "directory_mandate",
    "directory_merge",  # the organisations' state follows
    "directory_revision",  # the organisation says which one is published
    "directory_savedcolumnmap",
    "directory_uploadedregister",
    "inventory_importedproduct",  # the product itself changes
    "inventory_lotchange",  # the lot counts what is left
    "inventory_productimport",
    "inventory_stockhold",  # the stock level counts what is held
    "inventory_stockmovement",
    "inventory_withdrawnrecall",  # the lot itself changes
}


@pytest.mark.django_db
def test_every_table_on_public_pages_tells_its_changes():
    with connection.cursor() as cursor:
        cursor.execute("select distinct tgrelid::regclass::text from pg_trigger where tgname like '%\\_told\\_%'")
        telling = {row[0] for row in cursor.fetchall()}
    shown = SHOWN_BESIDE | {model._meta.db_table for model in apps.get_models() if model._meta.app_label in ROOMS_ON_PAGES}

    assert sorted(shown - telling - NOT_SHOWN) == []
    assert sorted(NOT_SHOWN - shown) == []
    assert sorted(telling - shown) == []
