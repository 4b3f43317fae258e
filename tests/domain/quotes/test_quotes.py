"""A price for many of it, or for another country: asked once, answered once, accepted while it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.jobs import run_jobs
from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.services import retire_product
from twiza.domain.directory.services.mandates import ask_for_mandate, grant_mandate
from twiza.domain.notifications.handlers.quotes import tell_asker_the_price
from twiza.domain.quotes import errors, rules
from twiza.domain.quotes.events import QuoteAnswered
from twiza.domain.quotes.models import CountryTerm, Quote
from twiza.domain.quotes.selectors import (
    count_quotes_to_answer,
    country_term,
    country_terms_of,
    quote_of,
    quote_with,
    quotes_of,
)
from twiza.domain.quotes.services import (
    Asker,
    Offer,
    accept_quote,
    answer_quote,
    ask_quote,
    refuse_quote,
    say_where_it_goes,
    withdraw_quote,
)
from twiza.domain.quotes.states import QUOTE
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message
from twiza.kit import clock
from twiza.kit.countries import HOME, countries_to_choose, country_name
from twiza.kit.errors import NotFound

ANNE = Asker("Anne", phone="+33612345678")
SALMA = Asker("Salma", phone="+212683005001")


def asked(market, quantity: int = 200, country: str = "FR", asker: Asker = ANNE) -> Quote:
    return ask_quote(market.saffron, quantity, country, asker, storefront=market.national, purpose="Une épicerie")


def offer(**changed) -> Offer:
    usual = {"price_centimes": 3150, "delivery_centimes": 45000, "prepare_days": 12, "words": "Emballé sous vide."}
    return Offer(**{**usual, "valid_until": clock.today() + timedelta(days=30), **changed})


def answered(market, **changed) -> Quote:
    return answer_quote(asked(market), offer(**changed), by=market.fatima)


def heard_by(phone: str) -> list[str]:
    return list(Message.objects.filter(to=phone, key__startswith="quote-").order_by("pk").values_list("text", flat=True))


def lapse(quote: Quote) -> None:
    Quote.objects.filter(pk=quote.pk).update(valid_until=clock.today() - timedelta(days=1))
    quote.refresh_from_db()


def test_a_question_is_answered_accepted_and_everybody_hears_of_it(market, settings):
    quote = asked(market, asker=SALMA)
    run_jobs()
    assert count_quotes_to_answer(market.saffron_cooperative) == 1
    assert len(heard_by(market.fatima.phone)) == 1
    assert "200 x Safran pur" in heard_by(market.fatima.phone)[0]

    answer_quote(quote, offer(), by=market.fatima)
    run_jobs()
    assert heard_by(SALMA.phone) == [
        f"Twiza: Coopérative Zafrane Taliouine vous donne son prix. Lisez-le ici: {settings.SITE_URL}/fr/quotes/{quote.token}/"
    ]

    kept = accept_quote(quote, expected_total_centimes=675_000)
    run_jobs()
    assert (kept.state, kept.total_centimes, kept.items_centimes) == ("accepted", 675_000, 630_000)
    assert (kept.seller_name_fr, kept.seller_registration) == ("Coopérative Zafrane Taliouine", "1/2/2019, Tribunal")
    assert "6750 DH" in heard_by(market.fatima.phone)[-1]
    assert count_quotes_to_answer(market.saffron_cooperative) == 0
    acts = Entry.objects.filter(subject=f"quote:{quote.pk}").order_by("pk").values_list("action", "actor")
    assert list(acts) == [("quotes.asked", None), ("quotes.answered", market.fatima.pk), ("quotes.accepted", None)]


def test_nobody_abroad_is_texted_and_the_refusal_stands_on_the_page(market):
    quote = asked(market)
    refuse_quote(quote, " Trop tard dans la saison. ", by=market.fatima)
    run_jobs()

    assert quote_with(quote.token).refusal_reason == "Trop tard dans la saison."
    assert not Message.objects.filter(to=ANNE.phone).exists()


def test_whoever_gave_an_address_only_is_written_once(market, mailoutbox):
    quote = asked(market, asker=Asker("Anne", email="anne@example.org"))
    answer_quote(quote, offer(), by=market.fatima)
    run_jobs()
    tell_asker_the_price(QuoteAnswered(quote_id=quote.pk))  # a handler may run twice

    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["anne@example.org"], f"Twiza · Devis {quote.pk}")]
    assert f"/fr/quotes/{quote.token}/" in mailoutbox[0].body

    withdraw_quote(quote, by=market.fatima)
    run_jobs()
    assert len(mailoutbox) == 2


def test_a_cooperative_answers_what_was_asked_of_a_page_that_became_part_of_it(market):
    quote = asked(market)
    market.saffron_cooperative.merged_into, market.saffron_cooperative.state = market.argan_cooperative, "merged"
    market.saffron_cooperative.save()

    assert quote_of(market.argan_cooperative, quote.pk) == quote
    assert count_quotes_to_answer(market.argan_cooperative) == 1
    assert answer_quote(quote_of(market.argan_cooperative, quote.pk), offer(), by=market.hajja).state == "answered"


def test_an_answer_under_a_mandate_is_signed_so(market):
    mandate = ask_for_mandate(market.youssef, market.saffron_cooperative.slug)
    grant_mandate(mandate, by=market.fatima)

    quote = answer_quote(asked(market), offer(), by=market.youssef)

    assert (quote.answered_by, quote.answered_under_mandate) == (market.youssef, True)
    assert not answered(market).answered_under_mandate
    entry = Entry.objects.get(action="quotes.answered", actor=market.youssef)
    assert entry.on_behalf_of == f"organisation:{market.saffron_cooperative.pk}"


def test_a_quote_is_answered_once(market):
    quote = answered(market)

    with pytest.raises(errors.QuoteAnsweredAlready):
        answer_quote(quote, offer(price_centimes=1), by=market.fatima)
    with pytest.raises(errors.QuoteAnsweredAlready):
        refuse_quote(quote, "Non", by=market.fatima)
    quote.refresh_from_db()
    assert (quote.state, quote.price_centimes) == ("answered", 3150)


def test_accepting_twice_is_accepting_once(market):
    quote = answered(market)

    first = accept_quote(quote, expected_total_centimes=675_000)
    again = accept_quote(quote, expected_total_centimes=675_000)

    assert again.accepted_at == first.accepted_at
    assert Entry.objects.filter(action="quotes.accepted").count() == 1


def test_what_lapsed_was_taken_back_refused_or_never_answered_is_not_accepted(market):
    lapsed, gone, refused, waiting = answered(market), answered(market), asked(market), asked(market)
    lapse(lapsed)
    withdraw_quote(gone, by=market.fatima)
    refuse_quote(refused, "Non", by=market.fatima)

    with pytest.raises(errors.QuoteLapsed):
        accept_quote(lapsed, expected_total_centimes=675_000)
    for quote in (gone, refused, waiting):
        with pytest.raises(errors.QuoteNotOffered):
            accept_quote(quote, expected_total_centimes=675_000)
    assert not Quote.objects.filter(state="accepted").exists()


def test_the_last_day_is_a_day_on_which_it_is_accepted(market):
    quote = answered(market, valid_until=clock.today())

    assert accept_quote(quote, expected_total_centimes=675_000).state == "accepted"


def test_another_total_than_the_one_read_is_not_accepted(market):
    quote = answered(market)

    with pytest.raises(errors.QuoteChanged):
        accept_quote(quote, expected_total_centimes=674_999)
    quote.refresh_from_db()
    assert quote.state == "answered"


def test_what_was_accepted_is_not_taken_back(market):
    quote = accept_quote(answered(market), expected_total_centimes=675_000)

    with pytest.raises(errors.QuoteNotOffered):
        withdraw_quote(quote, by=market.fatima)
    quote.refresh_from_db()
    assert quote.state == "accepted"


def test_another_cooperatives_quote_does_not_exist(market):
    quote = asked(market)

    for act in (
        lambda: quote_of(market.honey_cooperative, quote.pk),
        lambda: answer_quote(quote, offer(), by=market.mina),
        lambda: refuse_quote(quote, "Non", by=market.mina),
        lambda: withdraw_quote(quote, by=market.mina),
        lambda: say_where_it_goes(market.saffron.product, "FR", "ships", by=market.mina),
        lambda: quote_with("unknown"),
        lambda: quote_with("nul\x00"),
    ):
        with pytest.raises(NotFound):
            act()
    quote.refresh_from_db()
    assert (quote.state, CountryTerm.objects.count()) == ("asked", 0)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"price_centimes": 0}, errors.AmountNotPossible),
        ({"price_centimes": rules.MOST_PRICE_CENTIMES + 1}, errors.AmountNotPossible),
        ({"delivery_centimes": -1}, errors.AmountNotPossible),
        ({"prepare_days": 366}, errors.AmountNotPossible),
        ({"valid_until": clock.today() - timedelta(days=2)}, errors.QuoteDateNotPossible),
        ({"valid_until": clock.today() + timedelta(days=400)}, errors.QuoteDateNotPossible),
    ],
)
def test_an_answer_that_cannot_be_meant_is_refused(market, changed, refusal):
    quote = asked(market)

    with pytest.raises(refusal):
        answer_quote(quote, offer(**changed), by=market.fatima)
    quote.refresh_from_db()
    assert (quote.state, quote.total_centimes) == ("asked", None)


def test_a_refusal_says_why(market):
    quote = asked(market)

    with pytest.raises(errors.ReasonMissing):
        refuse_quote(quote, "  ", by=market.fatima)
    with pytest.raises(errors.ReasonMissing):
        say_where_it_goes(market.saffron.product, "US", "never", by=market.fatima)
    assert not CountryTerm.objects.exists()


def test_it_goes_nowhere_abroad_without_a_quote_until_the_cooperative_says_so(market):
    product = market.saffron.product
    assert country_term(product, HOME).sending == "ships"
    assert country_term(product, "US").sending == "quote"

    say_where_it_goes(product, "US", "never", "Il faut un certificat que nous n'avons pas.", by=market.fatima)
    with pytest.raises(errors.NotSentThere, match="certificat"):
        asked(market, country="US")
    assert not Quote.objects.exists()

    say_where_it_goes(product, "US", "quote", "gone", by=market.fatima)
    assert asked(market, country="US").state == "asked"
    assert [(term.country, term.sending, term.reason) for term in country_terms_of(product)] == [("US", "quote", "")]
    assert CountryTerm.objects.count() == 2


def test_nobody_asks_for_what_is_not_sold_or_for_nothing(market):
    retire_product(market.honey.product, by=market.mina)
    retired = Product.objects.get(pk=market.honey.product_id).variants.get()

    for variant, quantity in ((retired, 5), (market.saffron, 0), (market.saffron, 100_001)):
        with pytest.raises(errors.QuoteNotPossible):
            ask_quote(variant, quantity, "FR", ANNE, storefront=market.national)
    assert not Quote.objects.exists()


def test_one_telephone_or_address_asks_so_often_a_day(market, monkeypatch):
    monkeypatch.setattr("twiza.domain.quotes.services.MOST_ASKED_A_DAY", 2)
    mailed = Asker("Anne", email="anne@example.org")
    for asker in (ANNE, ANNE, mailed, mailed):
        asked(market, asker=asker)

    for asker in (ANNE, Asker("Anne", email="ANNE@example.org")):
        with pytest.raises(errors.TooManyQuotesAsked):
            asked(market, asker=asker)
    assert asked(market, asker=SALMA).state == "asked"
    assert Quote.objects.count() == 5


def test_those_that_wait_come_first_the_oldest_on_top(market):
    first, second, third = asked(market), asked(market), asked(market)
    refuse_quote(first, "Non", by=market.fatima)

    assert [quote.pk for quote in quotes_of(market.saffron_cooperative)] == [second.pk, third.pk, first.pk]
    assert quotes_of(market.honey_cooperative) == []


def test_a_total_that_is_not_the_sum_cannot_be_kept(market):
    quote = answered(market)

    with pytest.raises(IntegrityError, match="quote_answered_is_exact"), transaction.atomic():
        Quote.objects.filter(pk=quote.pk).update(total_centimes=1)


def test_the_dearest_possible_answer_is_exact(market):
    quote = asked(market, quantity=100_000)

    dearest = offer(price_centimes=rules.MOST_PRICE_CENTIMES, delivery_centimes=rules.MOST_DELIVERY_CENTIMES)
    assert answer_quote(quote, dearest, by=market.fatima).total_centimes == 1_000_100_000_000


@given(price=st.integers(1, rules.MOST_PRICE_CENTIMES), delivery=st.integers(0, 10**8), quantity=st.integers(1, 100_000))
def test_no_centime_is_lost_between_the_parts_and_the_total(price, delivery, quantity):
    quote = Quote(price_centimes=price, quantity=quantity, delivery_centimes=delivery)

    assert quote.items_centimes + delivery == price * quantity + delivery
    assert quote.items_centimes % quantity == 0


def test_every_state_is_in_the_table():
    assert set(QUOTE) == set(Quote.State)


@pytest.mark.parametrize("language", ["fr", "ar", "en", "zgh"])
def test_countries_have_names_in_every_language_and_morocco_is_first(language):
    named = countries_to_choose(language)

    assert len(named) > 230
    assert named[0][0] == HOME
    assert all(name and name != code for code, name in named)
    assert country_name("FR", "ar") == "فرنسا"
    assert country_name("XX", "fr") == "XX"
