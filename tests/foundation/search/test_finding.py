"""What people type finds what they mean; a changed thing is found as it is now; without an index the tables answer."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.people import product
from twiza.domain.catalogue.services import retire_product, set_price
from twiza.domain.directory.selectors import DirectoryFilters, find_cooperatives
from twiza.domain.directory.services.registering import change_state
from twiza.foundation.places.models import Spelling
from twiza.foundation.search.generations import current, home, only_writer
from twiza.foundation.search.models import SearchChange
from twiza.foundation.search.selectors import Narrowing, count_choices, is_index_ready, search, suggest
from twiza.foundation.search.services import feed_index, rebuild_index

HONEY = "Miel de thym"


def names(text, kind="product", narrowing=None):
    return [hit.names["fr"] for hit in search(text, kind, narrowing).hits]


def fed() -> int:
    """Feeds what this very test changed: its transaction is not over."""
    return feed_index(until=2**62)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("taroudant zafran", "Coopérative Zafrane Taliouine"),
        ("زعفران تارودانت", "Coopérative Zafrane Taliouine"),
        ("3sel khouribga", "Coopérative Nahlat"),
        ("ⵜⴰⵎⵎⵏⵜ", "Coopérative Nahlat"),
        ("huil argan tafraout", "Coopérative Taghart"),
        ("zit lhergan", "Coopérative Taghart"),
        ("honey", "Coopérative Nahlat"),
        ("taliwin", "Coopérative Zafrane Taliouine"),
    ],
)
def test_a_cooperative_is_found_by_what_it_makes_and_where_in_any_spelling(index, typed, found):
    assert names(typed, "cooperative")[0] == found


def test_what_holds_every_word_comes_first_and_the_rest_is_said_to_be_wider(index):
    answer = search("miel safran", "product")

    assert answer.is_widened
    assert answer.total == 2
    assert not search("miel", "product").is_widened
    assert names("miel khouribga safran")[0] == HONEY


def test_a_misspelt_word_is_read_otherwise_and_said(index):
    answer = search("khouribka", "cooperative")

    assert [hit.names["fr"] for hit in answer.hits] == ["Coopérative Nahlat"]
    assert answer.corrected == (("khouribka", "khouribga"),)


def test_facets_count_what_each_choice_would_leave(index, market):
    everywhere = search("coopérative", "cooperative", Narrowing(region="05"))

    assert [hit.names["fr"] for hit in everywhere.hits] == ["Coopérative Nahlat"]
    assert everywhere.facets["region"] == {"09": 2, "05": 1}
    assert everywhere.facets["province"] == {market.honey_cooperative.published_revision.province_id: 1}
    assert everywhere.facets["online"] == {"true": 1}


def test_a_page_follows_the_page_before(index):
    first = search("coopérative", "cooperative", limit=2)
    second = search("coopérative", "cooperative", limit=2, cursor=first.cursor)

    assert (first.total, first.cursor, second.cursor) == (3, 2, 0)
    assert len({hit.id for hit in (*first.hits, *second.hits)}) == 3


def test_names_are_suggested_by_how_they_begin_then_by_ear(index):
    assert [hit.name for hit in suggest("tali")] == ["Coopérative Zafrane Taliouine"]
    assert [hit.name for hit in suggest("coopérative nah")] == ["Coopérative Nahlat"]
    assert [hit.name for hit in suggest("taliw")] == ["Coopérative Zafrane Taliouine"]
    assert suggest("t") == suggest("") == suggest("?.*(") == []


def test_a_name_is_the_readers(index):
    with override("ar"):
        assert search("taliouine", "cooperative").hits[0].name == "تعاونية زعفران تالوين"


def test_to_search_asks_the_database_nothing_once_the_index_is_open(index):
    search("miel", "product")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        search("argan taroudant", "cooperative")

    assert len(queries) == 0


def test_a_retired_product_is_found_no_more_and_its_cooperative_not_by_it(index, market):
    retire_product(market.honey.product, by=market.mina)

    assert names("miel") == [HONEY]
    assert fed() > 0
    assert names("miel") == []
    assert names("miel", "cooperative") == []
    assert fed() == 0


def test_a_suspended_cooperative_is_found_no_more(index, market):
    change_state(market.honey_cooperative, "suspended", None)
    fed()

    assert names("nahlat", "cooperative") == []


def test_what_changed_is_fed_once_and_found_once(index, market):
    set_price(market.honey, 13000, by=market.mina)

    assert fed() > 0
    assert names("miel") == [HONEY]
    assert fed() == 0


def test_what_another_transaction_has_not_finished_waits(index, market):
    set_price(market.honey, 13000, by=market.mina)

    assert feed_index() == 0
    assert SearchChange.objects.filter(kind="product", object_id=market.honey.product_id).exists()


def test_a_new_index_takes_over_and_the_old_ones_go(index, market):
    before = current()
    retire_product(market.honey.product, by=market.mina)

    assert rebuild_index() == 5
    assert current() != before
    rebuild_index()
    assert len([folder for folder in home().iterdir() if folder.is_dir()]) == 2
    assert names("miel") == []


def test_while_one_writes_another_does_not(index):
    with only_writer():
        assert rebuild_index() is None
        with pytest.raises(CommandError):
            call_command("rebuild_search", stdout=io.StringIO())
    assert rebuild_index() == 6


def test_an_index_of_another_database_is_not_read(index):
    file = home() / "current.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "database": "another"}))

    assert not is_index_ready()
    assert names_without_index("miel") == ["Miel de thym"]


@pytest.mark.parametrize("broken", ["", "{}", "[]", "null", '{"folder": "gone", "position": 1}'])
def test_a_damaged_file_is_no_index(index, broken):
    (home() / "current.json").write_text(broken)

    assert not is_index_ready()
    assert fed() == 0


def test_an_index_whose_files_are_gone_is_no_index(index):
    file = home() / "current.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "folder": "gone"}))

    assert not is_index_ready()
    assert names_without_index("miel") == ["Miel de thym"]


def names_without_index(text):
    return [hit.name for hit in search(text, "product").hits]


def test_without_an_index_names_are_found_and_nothing_is_written(folder, market):
    assert not is_index_ready()
    assert names_without_index("miel") == ["Miel de thym"]
    assert [hit.name for hit in search("nahlat", "cooperative").hits] == ["Coopérative Nahlat"]
    assert suggest("miel") == []
    assert feed_index() == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\x00", "'", "'" * 300, "a" * 5000, "((", "c:honey AND *", "ـ", "ⵯ"])
@pytest.mark.parametrize("kind", ["product", "cooperative"])
def test_no_text_is_too_strange(index, text, kind):
    assert search(text, kind).total == len(search(text, kind).hits)
    assert isinstance(suggest(text), list)


def test_find_answers_as_the_page_does(index, market):
    out = io.StringIO()
    call_command("find", "3sel", "--kind", "product", "--json", stdout=out)
    [found] = json.loads(out.getvalue())

    assert found.pop("score") > 0
    assert found == {
        "kind": "product",
        "id": market.honey.product_id,
        "slug": market.honey.product.slug,
        "name": "Miel de thym",
    }


def test_the_directory_finds_by_what_is_made_in_other_words(index):
    found = find_cooperatives(DirectoryFilters(text="z3fran taroudant"))

    assert [card.name for card in found.cooperatives] == ["Coopérative Zafrane Taliouine"]
    assert (found.is_guess, found.is_widened, found.corrected) == (False, False, ())


def test_the_directory_narrows_what_is_found_in_other_words(index):
    assert find_cooperatives(DirectoryFilters(text="3sel", region="09")).total == 0
    assert find_cooperatives(DirectoryFilters(text="3sel", region="05")).total == 1


def test_a_place_is_found_by_every_recorded_spelling(market, folder):
    Spelling.objects.create(folded="wad zamoun", commune=market.honey_cooperative.published_revision.commune)
    rebuild_index()

    assert names("wad zamoun", "cooperative") == ["Coopérative Nahlat"]
    assert names("wad zamoun miel") == [HONEY]


def test_what_is_of_the_kind_comes_before_what_is_of_the_family_only(market, folder):
    product(market.honey_cooperative, market.mina, "amlou", "Délice des ruchers", "", "250", "g", 6000, 3)
    product(market.argan_cooperative, market.hajja, "honey", "Délice des abeilles", "", "250", "g", 6000, 3)
    rebuild_index()

    assert names("miel") == ["Miel de thym", "Délice des abeilles", "Délice des ruchers"]


def test_the_thing_comes_before_its_quality(market, folder):
    product(market.argan_cooperative, market.hajja, "soap", "Savon bio", "", "100", "g", 3000, 3)
    rebuild_index()

    assert names("miel bio")[0] == HONEY


def test_choices_are_counted_without_words_too_and_not_twice(index):
    first = count_choices("product", Narrowing(region="09"))

    assert first["region"] == {"09": 2, "05": 1}
    assert first["all"] == {"true": 2}
    assert first["made"] == {"saffron": 1, "spices-family": 1, "argan-oil": 1, "oils": 1}
    assert first["band"] == {"0-50": 1, "50-100": 1}
    assert count_choices("product", Narrowing(region="09")) is first
