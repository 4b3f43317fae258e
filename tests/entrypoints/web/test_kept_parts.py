"""A part is shown again only while nothing it is made of has changed."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from twiza.domain.catalogue.models import Variant
from twiza.entrypoints.web import kept_parts
from twiza.entrypoints.web.kept_parts import KeptParts, Part
from twiza.entrypoints.web.page_cache import AskedBefore
from twiza.entrypoints.web.reading import ReadingMiddleware, a_page
from twiza.foundation.versions.models import Change

pytestmark = pytest.mark.django_db


class Workshop:
    """Makes parts of a topic each, and remembers which it made."""

    def __init__(self, most: int = 10) -> None:
        self.made: list[str] = []
        self.parts: KeptParts[str, Part] = KeptParts(most)

    def ask(self, *keys: str) -> list[str]:
        with a_page():
            return [part.content for part in self.parts.of(keys, self._make)]

    def _make(self, keys: list[str]) -> dict[str, Part]:
        self.made += keys
        return {key: Part(f"{key} {len(self.made)}", (f"thing:{key}",)) for key in keys if key != "nothing"}


def test_what_did_not_change_is_made_once():
    workshop = Workshop()

    assert workshop.ask("a", "b") == ["a 2", "b 2"]
    assert workshop.ask("b", "c", "a") == ["b 2", "c 3", "a 2"]
    assert workshop.made == ["a", "b", "c"]


def test_only_what_changed_is_made_again():
    workshop = Workshop()
    workshop.ask("a", "b")
    Change.objects.create(topic="thing:a")

    assert workshop.ask("a", "b") == ["a 3", "b 2"]


def test_a_change_of_everything_makes_all_of_it_again():
    workshop = Workshop()
    workshop.ask("a", "b")
    Change.objects.create(topic="everything")
    workshop.ask("a", "b")

    assert workshop.made == ["a", "b", "a", "b"]


def test_what_there_is_not_is_left_out_and_asked_again():
    workshop = Workshop()

    assert workshop.ask("a", "nothing") == ["a 2"]
    assert workshop.ask("nothing") == []
    assert workshop.made == ["a", "nothing", "nothing"]


def test_what_changed_while_it_was_made_is_not_kept():
    """Another connection commits a change between the reading of the data and the end of the making."""
    parts: KeptParts[str, Part] = KeptParts(10)
    parameters = connection.get_connection_params()
    same = {key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)}
    with psycopg.connect(**same, autocommit=True) as writer:

        def make_late() -> Part:
            writer.execute("insert into versions_change (topic) values ('thing:late')")
            return Part("old", ("thing:late",))

        try:
            with a_page():
                parts.one("late", make_late)
            with a_page():
                assert parts.one("late", lambda: Part("new", ("thing:late",))).content == "new"
        finally:
            writer.execute("delete from versions_change where topic = 'thing:late'")


def test_the_least_asked_for_is_forgotten_first():
    workshop = Workshop(most=2)
    for key in ("a", "b", "a", "c", "a", "b"):
        workshop.ask(key)

    assert workshop.made == ["a", "b", "c", "b"]


def test_nothing_is_kept_longer_than_its_time(monkeypatch):
    monkeypatch.setattr(kept_parts, "KEPT_SECONDS", 0)
    workshop = Workshop()
    workshop.ask("a")
    workshop.ask("a")

    assert workshop.made == ["a", "a"]


def test_parts_that_pages_share_ask_one_question_together(django_assert_num_queries):
    kinds: KeptParts[str, Part] = KeptParts(10)
    asked = []

    def page(_request) -> HttpResponse:
        asked.append([kinds.one(key, lambda key=key: Part(key, ("kinds",))).content for key in ("a", "b", "a")])
        return HttpResponse()

    site = ReadingMiddleware(page)
    with django_assert_num_queries(1):
        site(RequestFactory().get("/fr/"))
    assert asked == [["a", "b", "a"]]


def test_whoever_sends_a_form_sees_what_it_changed():
    """What is shared is not taken as it stood before the change."""
    kinds: KeptParts[str, Part] = KeptParts(10)
    seen = []

    def taking(_request) -> HttpResponse:
        for number in (1, 2):
            seen.append(kinds.one("k", lambda number=number: Part(number, ("kinds",))).content)
            Change.objects.create(topic="kinds")
        return HttpResponse()

    ReadingMiddleware(taking)(RequestFactory().post("/fr/"))
    assert seen == [1, 2]


def test_a_card_shows_a_new_price_on_the_very_next_request(client, market):
    for price, words in ((12300, "123"), (45600, "456")):
        Variant.objects.filter(pk=market.honey.pk).update(price_centimes=price)
        page = client.get("/fr/products/").content.decode()
        assert f"{words} DH" in page.replace("\u00a0", " ").replace("\u202f", " ")


def test_outside_of_a_page_nothing_is_kept(django_assert_num_queries):
    workshop = Workshop()
    with django_assert_num_queries(0):
        assert [part.content for part in workshop.parts.of(["a", "b", "a"], workshop._make)] == ["a 2", "b 2", "a 2"]
    workshop.ask("a")

    assert workshop.made == ["a", "b", "a"]


def test_an_address_is_known_from_the_second_time_and_the_oldest_are_forgotten():
    asked = AskedBefore(most=2)

    assert [asked.has_seen((path,)) for path in ("/a", "/a", "/b", "/c", "/a")] == [False, True, False, False, False]
