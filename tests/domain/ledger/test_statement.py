"""A cooperative reads what it is owed, what is coming and why; and hears it by text."""

from __future__ import annotations

import pytest

from tests.domain.ledger.test_ledger import deliver
from tests.domain.orders.test_card_orders import paid, shop  # noqa: F401
from tests.jobs import run_jobs
from twiza.domain.aftersales.services import ask_return, receive_return
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.ledger.models import JournalEntry
from twiza.domain.ledger.selectors import coming_to, statement_of
from twiza.domain.ledger.services import RateTerms, reverse, set_rate
from twiza.domain.orders.services import accept_order
from twiza.entrypoints.sms.keywords import balance
from twiza.entrypoints.sms.reader import read
from twiza.entrypoints.sms.replies import words_of
from twiza.entrypoints.sms.senders import sender_of


@pytest.fixture(autouse=True)
def five_percent(market):
    return set_rate("all", RateTerms(500), reason="ouverture", by=None)


def words(page) -> str:
    return page.content.decode().replace("\xa0", " ").replace("&#x27;", "'")


def test_each_row_is_the_sum_of_its_parts_and_all_rows_are_the_balance(market, client):
    order = deliver(paid(market, client, market.saffron, market.saffron).orders.get(), market.fatima)
    returned = ask_return(order, {order.lines.get().pk: 1})
    receive_return(returned, {}, by=market.fatima)
    deliver(market.order(market.saffron).orders.get(), market.fatima)

    statement = statement_of(market.saffron_cooperative)
    assert [(row.what, row.order.number) for row in statement.rows][-1] == ("delivered", order.number)
    first = statement.rows[-1].parts
    assert (first.goods_centimes, first.commission_centimes, first.vat_centimes) == (7600, -380, -76)
    assert sum(row.centimes for row in statement.rows) == statement.balance_centimes
    for row in statement.rows:
        parts = row.parts
        assert row.centimes == parts.goods_centimes + parts.delivery_centimes + parts.kept_centimes
    (back,) = coming_to(market.saffron_cooperative)
    assert (back.centimes, back.parts.given_back_centimes, back.parts.kept_centimes) == (-3572, -3800, 228)


def test_what_is_accepted_is_coming_and_what_was_put_right_says_why(market):
    order = deliver(market.order(market.saffron).orders.get(), market.fatima)
    next_one = market.order(market.saffron).orders.get()
    accept_order(next_one, by=market.fatima)
    run_jobs()
    reverse(JournalEntry.objects.get(key=f"delivered:{order.pk}"), reason="compté deux fois")

    (coming,) = coming_to(market.saffron_cooperative)
    assert (coming.order, coming.centimes) == (next_one, next_one.total_centimes - 228)
    assert coming.on == next_one.fulfilment.promised_until
    statement = statement_of(market.saffron_cooperative)
    assert (statement.rows[0].what, statement.rows[0].reason) == ("reversed", "compté deux fois")
    assert statement.balance_centimes == 0
    assert statement_of(market.argan_cooperative).rows == []


def test_older_rows_are_on_the_next_page_and_none_is_left_out(market):
    for _number in range(3):
        deliver(market.order(market.saffron).orders.get(), market.fatima)
    first = statement_of(market.saffron_cooperative, limit=2)
    second = statement_of(market.saffron_cooperative, limit=2, before=first.older)
    assert [len(first.rows), len(second.rows), second.older] == [2, 1, None]
    assert first.older == first.rows[-1].posting_id > second.rows[0].posting_id


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_page_says_how_much_and_why(market, client, language):
    order = deliver(paid(market, client, market.honey).orders.get(), market.mina)
    client.force_login(market.mina)
    page = words(client.get(f"/{language}/workspace/{market.honey_cooperative.slug}/earnings/"))
    assert ("Le marché vous doit 147,80 DH." in page) == (language == "fr")
    assert f"/{language}/workspace/{market.honey_cooperative.slug}/orders/{order.number}/" in page
    for amount in ("147,80", "120", "35", "-6", "-1,20"):
        assert amount in page
    if language == "fr":
        assert "155" not in page
        assert "147,80 DH, parce que : 120 DH ce que vous avez vendu, 35 DH pour l'envoi, moins 6 DH la part du marché" in page


def test_by_text_it_is_one_sentence(market, client):
    order = deliver(paid(market, client, market.honey).orders.get(), market.mina)

    def answered(person) -> str:
        return words_of(balance.answer(read("solde"), sender_of(person.phone, "solde")), "fr")

    assert answered(market.mina) == (
        f"Twiza vous doit 147.80 DH. Commande {order.number} : 155 DH, moins 7.20 DH (notre part et TVA) = 147.80 DH."
    )
    assert answered(market.hajja) == "Rien à recevoir pour l'instant : aucune commande n'est encore livrée."
    add_member(market.argan_cooperative, market.mina, "member", None)
    assert "147.80 DH" in answered(market.mina)
