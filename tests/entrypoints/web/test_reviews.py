"""Salma says what she thinks over plain HTTP; everybody reads it, the cooperative answers, the operator may take it away."""

from __future__ import annotations

import json
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from twiza.domain.orders.models import OrderLine
from twiza.domain.orders.services import accept_order, hand_over_order, record_delivery
from twiza.domain.reviews.models import Review, ReviewReport
from twiza.domain.reviews.services import Opinion, hide_review, write_review


def delivered(market, variant=None, by=None) -> OrderLine:
    order = accept_order(market.order(variant or market.saffron).orders.get(), by=by or market.fatima)
    record_delivery(hand_over_order(order, by=by or market.fatima), by=by or market.fatima)
    return order.lines.get()


def machine_data(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_buyer_writes_from_the_orders_page_and_everybody_reads_it_at_once(market):
    line = delivered(market)
    token = line.order.group.token
    product = f"/fr/products/{market.saffron.product.slug}/"
    assert "Avis des acheteurs" not in Client().get(product).content.decode()
    address = f"/fr/orders/{token}/lines/{line.pk}/review/"
    assert address in Client().get(f"/fr/orders/{token}/").content.decode()
    assert 'value="Salma"' in Client().get(address).content.decode()

    answer = Client().post(address, {"stars": 4, "words": "Très <parfumé>", "is_named": "on", "first_name": "Salma"})

    assert answer.headers["Location"] == f"/fr/orders/{token}/"
    page = Client().get(product).content.decode()
    assert "Très &lt;parfumé&gt;" in page
    assert "<bdi>4,0</bdi>" in page
    data = machine_data(page)
    assert data["aggregateRating"]["ratingValue"] == 4.0
    assert data["review"][0]["author"]["name"] == "Salma"
    assert "4,0 (1)" in Client().get("/fr/products/").content.decode()
    assert "Très &lt;parfumé&gt;" in Client().get(f"{product}reviews/").content.decode()
    assert "Changer mon avis" in Client().get(f"/fr/orders/{token}/").content.decode()


def test_a_form_that_says_nothing_keeps_nothing(market):
    line = delivered(market)
    address = f"/fr/orders/{line.order.group.token}/lines/{line.pk}/review/"

    assert Client().post(address, {"words": "Bien"}).status_code == 400
    assert Client().post(address, {"stars": 5, "is_named": "on", "first_name": " "}).status_code == 400
    assert Client().post(f"/fr/orders/nobody/lines/{line.pk}/review/", {"stars": 5}).status_code == 404
    assert Client().post(address.replace(str(line.pk), "999999999"), {"stars": 5}).status_code == 404
    assert not Review.objects.exists()


def test_lists_ask_no_more_questions_and_a_product_one_more(market, client):
    product, listed = f"/fr/products/{market.saffron.product.slug}/", "/fr/products/"

    def questions(address: str) -> int:
        client.get(address)  # what every page begins with is in memory
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{address}?quantity=2" if address == product else f"{address}?price=under50")
        return len(asked)

    before = questions(product), questions(listed)
    line = delivered(market)
    write_review(line, Opinion(5, "Bien"))

    assert questions(product) <= before[0] + 1
    assert questions(listed) <= before[1]


def test_what_is_taken_away_is_gone_from_kept_pages(market):
    line = delivered(market, market.honey, market.mina)
    OrderLine.objects.update(storefront=market.souk)
    line.refresh_from_db()
    review = write_review(line, Opinion(1, "Injure"))
    address = f"/fr/products/{market.honey.product.slug}/"
    assert "Injure" in Client().get(address).content.decode()
    assert "Injure" in Client().get(f"{address}reviews/").content.decode()

    hide_review(review, "insult", by=market.youssef)

    page = Client().get(address).content.decode()
    assert "Injure" not in page
    assert "aggregateRating" not in machine_data(page)
    assert "Injure" not in Client().get(f"{address}reviews/").content.decode()
    order = Client().get(f"/fr/orders/{line.order.group.token}/").content.decode()
    assert "il insulte quelqu’un" in order


def test_whoever_reads_reports_and_the_operator_decides(market):
    line = delivered(market, market.honey, market.mina)
    OrderLine.objects.update(storefront=market.souk)
    line.refresh_from_db()
    review = write_review(line, Opinion(1, "Injure"))
    address = f"/fr/products/{market.honey.product.slug}/reviews/{review.pk}/report/"
    assert Client().get(address).status_code == 200
    assert Client().post(address, {"reason": "nothing"}).status_code == 400
    assert Client().post(address, {"reason": "insult"}).status_code == 302
    youssef = signed_in(market.youssef)
    work = "/fr/workspace/stores/souk-khouribga/buyer-reviews/"
    assert "signalé une fois" in youssef.get(work).content.decode()
    assert youssef.post(f"{work}{review.pk}/keep/").status_code == 302
    assert "signalé" not in youssef.get(work).content.decode()

    assert youssef.post(f"{work}{review.pk}/", {"reason": "insult"}).status_code == 302

    review.refresh_from_db()
    assert not review.is_shown
    assert Client().get(address).status_code == 404
    assert ReviewReport.objects.count() == 1


def test_a_cooperative_answers_from_its_workspace(market):
    review = write_review(delivered(market), Opinion(3, "Moyen"))
    fatima = signed_in(market.fatima)
    work = f"/fr/workspace/{market.saffron_cooperative.slug}/reviews/"
    assert "Moyen" in fatima.get(work).content.decode()
    assert fatima.get(f"{work}{review.pk}/").status_code == 200

    assert fatima.post(f"{work}{review.pk}/", {"words": "Merci à vous"}).status_code == 302

    assert "Merci à vous" in Client().get(f"/fr/products/{market.saffron.product.slug}/").content.decode()
    assert fatima.get(f"/fr/workspace/{market.honey_cooperative.slug}/reviews/{review.pk}/").status_code == 404
