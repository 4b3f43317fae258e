"""A cooperative reads who asks for a price, and answers."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from twiza.domain.directory.services.mandates import ask_for_mandate, grant_mandate
from twiza.domain.quotes.models import CountryTerm, Quote
from twiza.domain.quotes.services import Asker, ask_quote
from twiza.kit import clock


def asked(market) -> Quote:
    return ask_quote(market.saffron, 200, "FR", Asker("Anne", email="anne@example.org"), storefront=market.national)


def typed(**changed) -> dict[str, str]:
    until = f"{clock.today() + timedelta(days=30):%Y-%m-%d}"
    return {"price": "31,50", "delivery": "450", "prepare_days": "12", "valid_until": until, "words": "Merci", **changed}


def test_fatima_finds_the_question_on_her_first_screen_and_answers_it(market, signed_in):
    quote, fatima = asked(market), signed_in(market.fatima)
    home = f"/fr/workspace/{market.saffron_cooperative.slug}/"
    page = f"{home}quotes/{quote.pk}/"

    assert "1 personne vous demande un prix." in fatima.get(home).content.decode()
    assert "Tout est fait." not in fatima.get(home).content.decode()
    assert "anne@example.org" in fatima.get(page).content.decode()
    assert fatima.post(page, typed()).url == page
    quote.refresh_from_db()
    assert (quote.state, quote.price_centimes, quote.total_centimes) == ("answered", 3150, 675_000)
    assert "Fatima" in fatima.get(page).content.decode()
    assert fatima.get(f"{home}quotes/").status_code == 200


def test_what_cannot_be_meant_is_asked_again_with_all_that_was_typed(market, signed_in):
    quote, fatima = asked(market), signed_in(market.fatima)
    page = f"/fr/workspace/{market.saffron_cooperative.slug}/quotes/{quote.pk}/"

    for wrong in ({"price": "cher"}, {"price": "0"}, {"delivery": "-3"}, {"valid_until": "2020-01-01"}, {"prepare_days": "x"}):
        assert 'value="450"' in fatima.post(page, typed(**wrong)).content.decode() or "delivery" in wrong
    quote.refresh_from_db()
    assert quote.state == "asked"


def test_an_agent_answers_in_its_name_and_it_is_signed(market, signed_in):
    grant_mandate(ask_for_mandate(market.youssef, market.saffron_cooperative.slug), by=market.fatima)
    quote, youssef = asked(market), signed_in(market.youssef)
    page = f"/fr/workspace/{market.saffron_cooperative.slug}/quotes/{quote.pk}/"

    youssef.post(page, typed())

    assert "Youssef, pour Coopérative Zafrane Taliouine" in signed_in(market.fatima).get(page).content.decode()


def test_refusing_says_why_and_a_price_is_taken_back_once(market, signed_in):
    refused, answered, fatima = asked(market), asked(market), signed_in(market.fatima)
    home = f"/fr/workspace/{market.saffron_cooperative.slug}/quotes/"

    assert fatima.post(f"{home}{refused.pk}/refuse/", {}).status_code == 200
    fatima.post(f"{home}{refused.pk}/refuse/", {"reason": "too_far"})
    fatima.post(f"{home}{answered.pk}/", typed())
    for _twice in range(2):
        fatima.post(f"{home}{answered.pk}/withdraw/")
    refused.refresh_from_db()
    answered.refresh_from_db()
    assert (refused.state, bool(refused.refusal_reason), answered.state) == ("refused", True, "withdrawn")
    for quote in (refused, answered):
        assert fatima.get(f"{home}{quote.pk}/").status_code == 200


def test_a_cooperative_says_where_a_product_does_not_go(market, signed_in):
    fatima = signed_in(market.fatima)
    page = f"/fr/workspace/{market.saffron_cooperative.slug}/products/{market.saffron.product.slug}/countries/"

    assert fatima.post(page, {"country": "US", "sending": "never"}).status_code == 200
    assert not CountryTerm.objects.exists()
    assert fatima.post(page, {"country": "US", "sending": "never", "reason": "Pas de certificat."}).url == page
    assert "Pas de certificat." in fatima.get(page).content.decode()


def test_a_deposit_is_asked_written_down_once_and_then_it_leaves(market, signed_in):
    quote = ask_quote(market.saffron, 10, "FR", Asker("Anne", email="anne@example.org"), storefront=market.national)
    fatima, anne = signed_in(market.fatima), signed_in(market.karim)
    page = f"/fr/workspace/{market.saffron_cooperative.slug}/quotes/{quote.pk}/"
    hers = f"/fr/quotes/{quote.token}/"
    fatima.post(page, typed(delivery="85", deposit_percent="50"))
    assert "Acompte, avant la préparation" in anne.get(f"{hers}pro-forma/").content.decode()
    anne.post(f"{hers}accept/", {"expected_total": "40000"})
    assert "encore 200" in anne.get(hers).content.decode().replace("\u00a0", " ")
    assert f"{page}sent/" not in fatima.get(page).content.decode()

    wrong = fatima.post(f"{page}received/", receipt(amount="401")).content.decode()
    assert ("400" in wrong, 'value="401"' in wrong) == (True, True)
    once = receipt(amount="200")
    for _press in range(2):
        assert fatima.post(f"{page}received/", once).url == page
    assert f"{page}sent/" in fatima.get(page).content.decode()
    assert fatima.post(f"{page}sent/").url == page

    quote.refresh_from_db()
    assert (quote.state, quote.receipts.count()) == ("sent", 1)
    assert "Parti le" in anne.get(hers).content.decode()


def receipt(**changed) -> dict[str, str]:
    return {"amount": "200", "how": "transfer", "received_on": f"{clock.today():%Y-%m-%d}", "form_key": str(uuid4()), **changed}
