"""Asking for a price on the market, and reading the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from twiza.domain.quotes.models import Quote
from twiza.domain.quotes.services import Offer, accept_quote, answer_quote, refuse_quote, say_where_it_goes, withdraw_quote
from twiza.kit import clock

TYPED = {"quantity": "200", "country": "FR", "name": "Anne", "phone": "+33 6 12 34 56 78", "purpose": "Une épicerie à Lyon"}


def url_of(market) -> str:
    return f"/fr/products/{market.saffron.product.slug}/quote/"


def ask(market, **changed):
    return Client().post(url_of(market), {"variant": market.saffron.pk, **TYPED, **changed})


def asked(market) -> Quote:
    assert ask(market).status_code == 302
    return Quote.objects.latest("pk")


def answer(market, quote: Quote) -> Quote:
    return answer_quote(quote, Offer(3150, 45000, clock.today() + timedelta(days=9), 12, "Sous vide."), by=market.fatima)


def read(address: str) -> str:
    return Client().get(address).content.decode()


def test_a_product_leads_to_the_question_and_its_page_holds_nothing_personal(market):
    page = read(f"/fr/products/{market.saffron.product.slug}/")

    assert f'href="{url_of(market)}"' in page
    in_store = read(f"/fr/stores/souk-khouribga/products/{market.honey.product.slug}/")
    assert f"/fr/products/{market.honey.product.slug}/quote/?store=souk-khouribga" in in_store
    assert Client().get(f"/fr/products/{market.honey.product.slug}/quote/?store=souk-khouribga").status_code == 200


@pytest.mark.parametrize("language", ["fr", "ar", "en", "zgh"])
def test_the_question_is_asked_and_its_page_says_what_comes(market, language):
    address = f"/{language}/products/{market.saffron.product.slug}/quote/"
    answer = Client().post(address, {"variant": market.saffron.pk, **TYPED})

    quote = Quote.objects.get()
    assert answer.url == f"/{language}/quotes/{quote.token}/"
    assert (quote.quantity, quote.country, quote.asker_phone, quote.language) == (200, "FR", "+33612345678", language)
    page = Client().get(answer.url)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert 'name="robots" content="noindex"' in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"quantity": "beaucoup"}, "quantity"),
        ({"quantity": "0"}, "quantity"),
        ({"country": "XX"}, "country"),
        ({"phone": "12"}, "phone"),
        ({"phone": "", "email": ""}, "phone"),
        ({"phone": "", "email": "anne"}, "email"),
        ({"variant": "999999"}, "variant"),
        ({"name": "x\x00y"}, "name"),
        ({"website": "https://spam.example"}, "website"),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_typed_is_lost(market, changed, says):
    refused = ask(market, **changed)

    page = refused.content.decode()
    assert refused.status_code == 400
    assert f'id="id_{says}' in page
    assert "Une épicerie à Lyon" in page
    assert "Anne" in page or says == "name"
    assert not Quote.objects.exists()


def test_eastern_digits_and_spaces_are_read(market):
    assert ask(market, quantity="١ ٢٠٠").status_code == 302
    assert Quote.objects.get().quantity == 1200


def test_where_it_does_not_go_is_read_before_and_after_one_asks(market):
    say_where_it_goes(market.saffron.product, "FR", "never", "Il faut un papier que nous n'avons pas.", by=market.fatima)

    assert "un papier que nous" in read(url_of(market))
    refused = ask(market)
    assert refused.status_code == 400
    assert refused.content.decode().count("un papier que nous") > 1
    assert not Quote.objects.exists()


def test_too_many_questions_from_one_place_wait(market, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ask_quote": "1/h/ip"}
    assert ask(market).status_code == 302

    assert ask(market).status_code == 400
    assert Quote.objects.count() == 1


def test_the_answer_is_read_accepted_once_and_printed(market):
    quote = answer(market, asked(market))
    address = f"/fr/quotes/{quote.token}/"
    page = read(address)
    assert 'name="expected_total" value="675000"' in page
    assert "Sous vide." in page

    for _twice in range(2):
        assert Client().post(f"{address}accept/", {"expected_total": "675000"}).url == address
    quote.refresh_from_db()
    assert quote.state == "accepted"
    assert 'name="expected_total"' not in read(address)
    pro_forma = read(f"{address}pro-forma/")
    for words in ("Coopérative Zafrane Taliouine", "1/2/2019, Tribunal", "Anne", "France", "Safran pur"):
        assert words in pro_forma, words


def test_a_price_that_is_over_cannot_be_accepted_and_has_no_pro_forma(market):
    lapsed, gone, refused = (asked(market) for _each in range(3))
    for quote in (lapsed, gone):
        answer(market, quote)
    withdraw_quote(gone, by=market.fatima)
    refuse_quote(refused, "Plus de safran.", by=market.fatima)
    Quote.objects.filter(pk=lapsed.pk).update(valid_until=clock.today() - timedelta(days=1))

    assert "Plus de safran." in read(f"/fr/quotes/{refused.token}/")
    for quote in (lapsed, gone, refused):
        assert 'name="expected_total"' not in read(f"/fr/quotes/{quote.token}/")
        Client().post(f"/fr/quotes/{quote.token}/accept/", {"expected_total": "675000"})
        assert Client().get(f"/fr/quotes/{quote.token}/pro-forma/").status_code == 404
    assert not Quote.objects.filter(state="accepted").exists()


def test_a_total_that_is_not_the_one_read_accepts_nothing(market):
    quote = answer(market, asked(market))

    for typed in ("1", "", "٦٧٥", "9" * 40):
        Client().post(f"/fr/quotes/{quote.token}/accept/", {"expected_total": typed})
    quote.refresh_from_db()
    assert quote.state == "answered"


def test_a_guessed_link_leads_nowhere(market):
    for rest in ("", "accept/", "pro-forma/"):
        assert Client().post(f"/fr/quotes/guessed/{rest}").status_code in {404, 405}
    assert Client().get("/fr/quotes/guessed/").status_code == 404
    assert Client().get("/fr/products/nothing/quote/").status_code == 404


def test_what_was_accepted_stays_as_it_was_answered(market):
    quote = accept_quote(answer(market, asked(market)), expected_total_centimes=675_000)
    market.saffron.price_centimes = 9900
    market.saffron.save()

    assert "31,50" in read(f"/fr/quotes/{quote.token}/pro-forma/")
