"""Whoever makes a product is named beside it, by first name, only while she herself agrees."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.entrypoints.sms.test_inbound import write
from tests.jobs import run_jobs
from tests.people import person
from twiza.domain.catalogue.errors import FirstNameMissing, NobodyToAsk
from twiza.domain.catalogue.models import Maker, ProductMaker
from twiza.domain.catalogue.selectors import NamedMakers, makers_named
from twiza.domain.catalogue.services.naming_makers import (
    agree_to_be_named,
    ask_makers,
    choose_makers,
    stop_being_named,
)
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.services.memberships import add_member, end_membership
from twiza.domain.inventory.services import receive_lot
from twiza.entrypoints.web.made_by import made_by
from twiza.entrypoints.web.page_cache import TOPICS
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message
from twiza.foundation.versions.selectors import version_of
from twiza.kit import clock
from twiza.kit.errors import NotFound


@pytest.fixture
def hands(market):
    """Mina of the honey cooperative, and two who make its honey with her."""
    others = [person("Aïcha Ouhssine", 8101), person("Zahra", 8102)]
    for one in others:
        add_member(market.honey_cooperative, one, "member", None)
    choose_makers(market.honey.product, {market.mina.pk, *(one.pk for one in others)}, by=market.mina)
    return others


def test_nobody_is_named_by_being_chosen(market, hands):
    assert Maker.objects.count() == 3
    assert makers_named(market.honey.product) == NamedMakers()

    agree_to_be_named(market.honey_cooperative, by=market.mina)
    agree_to_be_named(market.honey_cooperative, by=hands[0])

    assert makers_named(market.honey.product) == NamedMakers(("Mina", "Aïcha"), 1)
    told = made_by(makers_named(market.honey.product), of=market.honey_cooperative)
    assert (told.words, len(told.figures), told.icon) == ("<bdi>Mina</bdi>, <bdi>Aïcha</bdi> et 1 autre", 3, "user")
    assert Entry.objects.filter(action="catalogue.agree_to_be_named", actor=market.mina).count() == 1


def test_only_she_herself_agrees_and_only_members_make_it(market, hands):
    with pytest.raises(NotFound):
        agree_to_be_named(market.honey_cooperative, by=market.fatima)
    with pytest.raises(NotFound):
        choose_makers(market.honey.product, {market.fatima.pk}, by=market.mina)
    with pytest.raises(NotFound):
        choose_makers(market.honey.product, set(), by=market.fatima)
    with pytest.raises(FirstNameMissing):
        agree_to_be_named(market.honey_cooperative, by=market.mina, first_name="…")

    assert ProductMaker.objects.count() == 3
    assert not Maker.objects.exclude(agreed_at=None).exists()


def test_who_leaves_the_cooperative_is_named_no_more(market, hands):
    agree_to_be_named(market.honey_cooperative, by=market.mina)
    agree_to_be_named(market.honey_cooperative, by=hands[0])

    end_membership(market.honey_cooperative, hands[0], None)

    assert makers_named(market.honey.product) == NamedMakers(("Mina",), 1)


def test_a_withdrawn_name_is_gone_at_the_next_request_from_every_page(market, hands):
    lot = receive_lot(market.honey.pk, 3, produced_on=clock.today(), best_before=None, by=market.mina)
    agree_to_be_named(market.honey_cooperative, by=market.mina, first_name="Lalla Mina")
    pages = [f"/fr/products/{market.honey.product.slug}/", f"/fr/lots/{lot.code}/"]
    visitor = Client()
    for page in pages:
        words = visitor.get(page).content.decode()
        assert "<bdi>Lalla Mina</bdi> et 2 autres" in words.replace("\xa0", " ")

    stop_being_named(market.honey_cooperative, by=market.mina)

    for page in pages:
        assert "Lalla Mina" not in visitor.get(page).content.decode()
    assert Entry.objects.filter(action="catalogue.stop_being_named").count() == 1


def test_pages_kept_for_everybody_hear_of_every_change_of_a_name(market, hands):
    """Both pages are made of these topics, and each of them asks before it is shown again."""
    lot = receive_lot(market.honey.pk, 3, produced_on=clock.today(), best_before=None, by=market.mina)
    topic = f"makers:{market.honey_cooperative.pk}"
    product = market.honey.product
    for page in (f"/fr/products/{product.slug}/", f"/fr/lots/{lot.code}/"):
        assert {topic, f"product:{product.pk}"} <= set(getattr(Client().get(page), TOPICS))
    seen = {version_of([topic])}

    for act in (
        lambda: agree_to_be_named(market.honey_cooperative, by=market.mina),
        lambda: stop_being_named(market.honey_cooperative, by=market.mina),
        lambda: end_membership(market.honey_cooperative, market.mina, None),
    ):
        act()
        seen.add(version_of([topic]))
    chosen = version_of([f"product:{product.pk}"])
    choose_makers(product, set(), by=hands[0])

    assert (len(seen), version_of([f"product:{product.pk}"]) != chosen) == (4, True)


def test_they_are_asked_by_text_once_a_week_and_answer_by_text(market, hands):
    stop_being_named(market.honey_cooperative, by=hands[1])
    assert ask_makers(market.honey.product, by=market.mina) == 2
    run_jobs()
    with pytest.raises(NobodyToAsk):
        ask_makers(market.honey.product, by=market.mina)
    asked = {message.to: message.text for message in Message.objects.all()}
    assert set(asked) == {market.mina.phone, hands[0].phone}
    maker = Maker.objects.get(person=hands[0])
    assert f"PRENOM OUI {maker.number}" in asked[hands[0].phone]

    _, inbound = write(hands[0], f"prénom oui {maker.number}")
    assert (inbound.intent, inbound.outcome) == ("show_name", "done")
    assert makers_named(market.honey.product).names == ("Aïcha",)
    assert Entry.objects.get(action="catalogue.agree_to_be_named").channel == "sms"

    _, inbound = write(hands[0], f"smiti la {maker.number}")
    assert (inbound.intent, inbound.outcome) == ("hide_name", "done")
    assert makers_named(market.honey.product).names == ()


@pytest.mark.parametrize("text", ["prénom oui", "prénom oui {n} ?", "smiti {n} ah la", "prenom oui {other} {n}"])
def test_in_doubt_nobody_is_named(market, hands, text):
    ask_makers(market.honey.product, by=market.mina)
    maker = Maker.objects.get(person=hands[0])

    write(hands[0], text.format(n=maker.number, other="124" if maker.number == "123" else "123"))

    maker.refresh_from_db()
    assert maker.agreed_at is None


def test_nobody_answers_for_another(market, hands):
    maker = Maker.objects.get(person=hands[0])

    _, inbound = write(market.mina, f"prénom oui {maker.number}")

    assert inbound.outcome == "not_found"
    assert not Maker.objects.exclude(agreed_at=None).exists()


def test_she_says_yes_and_no_in_the_workspace(market, hands):
    mina, fatima = Client(), Client()
    mina.force_login(market.mina)
    fatima.force_login(market.fatima)
    slug, product = market.honey_cooperative.slug, market.honey.product.slug
    address = f"/fr/workspace/{slug}/products/{product}/makers/"

    mina.post(address, {"person": [market.mina.pk, hands[0].pk]})
    assert ProductMaker.objects.count() == 2
    assert mina.post(f"/fr/workspace/{slug}/people/my-name/", {"show": "1", "product": product}).url == address
    assert "montrée sous le prénom <bdi>Mina</bdi>" in mina.get(address).content.decode()
    mina.post(f"/fr/workspace/{slug}/people/my-name/", {"hide": "1"})

    assert Maker.objects.get(person=market.mina).has_refused
    assert mina.post(address, {"person": "x"}).status_code == 404
    assert fatima.get(address).status_code == 404


@given(names=st.lists(st.text(min_size=1, max_size=30), max_size=4), others=st.integers(0, 300))
def test_a_name_can_write_nothing_into_a_page(names, others):
    told = made_by(NamedMakers(tuple(names), others), of=Organisation())

    words = str(told.words) if told else ""
    assert words.count("<bdi>") == words.count("<") / 2 == len(names)
