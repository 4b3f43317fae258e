"""The index follows whatever changes what a thing is found by; built with other rules, it is built anew."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Event

import pytest

from tests.labels import certificate
from twiza.config.management.commands.doctor import search_index
from twiza.domain.catalogue.models import ProductClaim, ProductKind
from twiza.domain.catalogue.services import VariantDetails, add_variant, follow_kind
from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.services import labels
from twiza.domain.directory.services.labels import note_labels_by_date
from twiza.domain.directory.services.particulars import record_accreditation
from twiza.domain.directory.services.registering import change_state, publish_revision, revise
from twiza.foundation.search import generations
from twiza.foundation.search.generations import current, home, is_outdated, switch_to
from twiza.foundation.search.models import SearchChange
from twiza.foundation.search.selectors import Narrowing, is_index_ready, search
from twiza.foundation.search.services import feed_index, keep_fed
from twiza.kit.clock import today


def names(text, kind="product", narrowing=None):
    return [hit.names["fr"] for hit in search(text, kind, narrowing).hits]


def fed() -> int:
    """Feeds what this very test changed: its transaction is not over, and will be fed from again."""
    count = feed_index(until=2**62)
    switch_to(replace(current(), position=0))
    return count


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_cooperatives_products_go_with_it_and_come_back(index, market, state):
    change_state(market.honey_cooperative, state, None)
    fed()
    assert names("miel") == names("nahlat", "cooperative") == []

    change_state(market.honey_cooperative, "listed", None)
    fed()
    assert names("miel") == ["Miel de thym"]
    assert names("nahlat", "cooperative") == ["Coopérative Nahlat"]


def test_products_are_found_by_the_new_name_of_their_cooperative(index, market):
    details = OrganisationDetails(name_fr="Coopérative Tizizwa", commune_code="05.311.01.07")
    publish_revision(revise(market.honey_cooperative, details, None), None)
    fed()

    assert names("tizizwa") == ["Miel de thym"]


def test_a_price_changes_one_product_and_not_its_neighbours(index, market):
    before = SearchChange.objects.count()
    add_variant(market.honey.product, VariantDetails(Decimal(250), "g", 7000), by=market.mina)

    noted = SearchChange.objects.order_by("pk")[before:]
    assert [(change.kind, change.object_id) for change in noted] == [("product", market.honey.product_id)]
    assert fed() > 0


def test_a_label_is_found_from_its_day_to_its_last(index, market, monkeypatch):
    bio = Narrowing(label="bio")
    begin, end = today() + timedelta(days=1), today() + timedelta(days=2)
    held = certificate(market.honey_cooperative, "bio", ["honey"], begin=begin, end=end)
    ProductClaim.objects.create(product=market.honey.product, accreditation=held)
    SearchChange.objects.all().delete()
    found = {}
    for days in range(-1, 5):
        day = today() + timedelta(days=days)
        monkeypatch.setattr(labels, "today", lambda day=day: day)
        monkeypatch.setattr("twiza.domain.directory.selectors.public.today", lambda day=day: day)
        noted = note_labels_by_date()
        fed()
        found[days] = (noted, names("coopérative", "cooperative", bio), names("miel", "product", bio))

    held = (["Coopérative Nahlat"], ["Miel de thym"])
    assert {days: one[1:] for days, one in found.items()} == {
        -1: ([], []), 0: ([], []), 1: held, 2: held, 3: ([], []), 4: ([], []),
    }  # fmt: skip
    assert [one[0] for one in found.values()][:4] == [0, 0, 1, 1]


def test_a_day_is_noted_once(index, market):
    record_accreditation(
        market.honey_cooperative, scheme="bio", by=None, is_verified=True, valid_until=today() - timedelta(days=1)
    )
    SearchChange.objects.all().delete()

    assert note_labels_by_date() == 1
    assert note_labels_by_date() == 0


def test_a_renamed_kind_is_found_by_its_new_name(index, market):
    kind = ProductKind.objects.get(code="honey")
    kind.name_en = "Nectar"
    kind.save()
    assert names("nectar") == []

    assert follow_kind(kind) == 1
    fed()
    assert names("nectar") == ["Miel de thym"]
    market.honey.product.refresh_from_db()
    assert "nectar" in market.honey.product.folded_names


def test_an_index_built_with_other_rules_answers_nothing_and_is_built_anew(index, monkeypatch):
    switch_to(replace(current(), stamp="of another table"))

    assert is_outdated()
    assert not is_index_ready()
    assert feed_index() == 0
    assert list(search_index()) == [
        "The search index was built by another version: only names are found. Run: twiza rebuild_search"
    ]

    stop = Event()
    monkeypatch.setattr("twiza.foundation.search.services.FEED_EVERY_SECONDS", 0)
    monkeypatch.setattr("twiza.foundation.search.services.close_old_connections", lambda: None)
    monkeypatch.setattr("twiza.foundation.search.services.feed_index", stop.set)
    keep_fed(stop)

    assert not is_outdated()
    assert is_index_ready()
    assert names("miel") == ["Miel de thym"]
    assert list(search_index()) == []


def test_the_stamp_is_of_the_words_the_table_and_the_fields(monkeypatch, tmp_path):
    from twiza.foundation.search import concepts, stamp

    before = stamp.stamp.__wrapped__()
    assert before == stamp.stamp.__wrapped__()
    other = tmp_path / "concepts.tsv"
    other.write_text(concepts.TABLE.read_text("utf-8") + "one-more\tproduct\tun\t\t\t\t\n", "utf-8")
    monkeypatch.setattr(concepts, "TABLE", other)

    assert stamp.stamp.__wrapped__() != before


def test_a_file_of_an_older_version_is_outdated(index):
    file = home() / "current.json"
    said = json.loads(file.read_text())
    del said["stamp"]
    file.write_text(json.dumps(said))

    assert is_outdated()
    assert generations.current() is None
