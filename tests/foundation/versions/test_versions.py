"""Whoever changes a table, by whatever way, a version that showed it is not equal any more."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction

from twiza.domain.catalogue.models import ProductKind, Variant
from twiza.domain.inventory.services import receive_stock
from twiza.foundation.versions.models import Change
from twiza.foundation.versions.selectors import moment, version_of, version_since
from twiza.foundation.versions.services import forget_old_changes

pytestmark = pytest.mark.django_db


def test_nothing_changed_leaves_the_version(market):
    topics = [f"product:{market.honey.product_id}"]

    assert version_of(topics) == version_of(topics)


def test_a_price_changes_the_version_of_its_product_and_of_no_other(market):
    honey, argan = [f"product:{market.honey.product_id}"], [f"product:{market.argan.product_id}"]
    before = version_of(honey), version_of(argan)

    Variant.objects.filter(pk=market.honey.pk).update(price_centimes=1)

    assert version_of(honey) != before[0]
    assert version_of(argan) == before[1]


def test_stock_changes_the_version_of_its_size(market):
    topics = [f"stock:{market.honey.pk}"]
    before = version_of(topics)

    receive_stock(market.honey.pk, 3, by=market.mina)

    assert version_of(topics) != before


def test_a_row_that_is_deleted_is_told_too():
    kind = ProductKind.objects.create(code="new", name_fr="n", name_ar="n", name_en="n", drawing="jar", tint="#000000")
    before = version_of(["kinds"])

    kind.delete()

    assert version_of(["kinds"]) != before


def test_a_statement_that_changes_a_great_many_rows_is_one_change_of_everything():
    before = version_of(["nothing:1"])
    told = Change.objects.count()

    ProductKind.objects.bulk_create(
        ProductKind(code=f"k{number}", name_fr="n", name_ar="n", name_en="n", drawing="jar", tint="#000000")
        for number in range(201)
    )

    assert version_of(["nothing:1"]) != before
    assert Change.objects.count() == told + 1


def test_what_is_taken_back_changed_nothing(market):
    topics = [f"product:{market.honey.product_id}"]
    before = version_of(topics)

    with transaction.atomic():
        Variant.objects.filter(pk=market.honey.pk).update(price_centimes=1)
        transaction.set_rollback(True)

    assert version_of(topics) == before


def test_a_page_begun_before_a_change_is_not_kept_even_when_the_change_was_noted_first():
    """A writer notes, a reader begins and reads the old data, the writer commits, the reader ends: the page is old."""
    with psycopg.connect(**_same_database()) as writer:
        writer.execute("insert into versions_change (topic) values ('of the other')")
        begun = moment()
        assert version_since(begun, ["of the other"]) is not None
        writer.commit()
        now = version_since(begun, ["of the other"]), version_since(moment(), ["of the other"]), version_of(["of the other"])
        writer.execute("delete from versions_change where topic = 'of the other'")

    assert now[0] is None
    assert now[1] == now[2]


def test_old_changes_are_forgotten_and_new_ones_kept(market):
    with connection.cursor() as cursor:
        cursor.execute("update versions_change set at = now() - interval '3 hours'")
    old = Change.objects.count()
    Variant.objects.filter(pk=market.honey.pk).update(price_centimes=1)
    fresh = Change.objects.count() - old

    assert forget_old_changes() == old
    assert Change.objects.count() == fresh == 2


def _same_database():
    parameters = connection.get_connection_params()
    return {key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)}
