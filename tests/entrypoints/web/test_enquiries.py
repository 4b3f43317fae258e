"""Anne asks over plain HTTP, Mina answers, Youssef lets everybody read it."""

from __future__ import annotations

from django.core.cache import cache
from django.test import Client

from twiza.domain.enquiries.models import Enquiry


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_question_is_asked_answered_and_shown(market):
    product = f"/fr/products/{market.honey.product.slug}/"
    assert f"{product}ask/" in Client().get(product).content.decode()
    typed = {"words": "De quelle année ?", "phone": "06 61 23 45 67", "may_be_shown": "on"}

    answer = Client().post(f"{product}ask/?store=souk-khouribga", typed)

    enquiry = Enquiry.objects.get()
    assert answer.headers["Location"] == f"/fr/questions/{enquiry.token}/"
    page = Client().get(f"/fr/questions/{enquiry.token}/").content.decode()
    assert "06 •• •• •• 67" in page
    mina = signed_in(market.mina)
    work = f"/fr/workspace/{market.honey_cooperative.slug}/questions/"
    assert "1 question attend votre réponse." in mina.get(work.replace("questions/", "")).content.decode()
    for screen in (work, f"{work}{enquiry.pk}/"):
        read = mina.get(screen).content.decode()
        assert "De quelle année ?" in read
        assert "23 45 67" not in read
    assert mina.post(f"{work}{enquiry.pk}/", {"words": "De 2026"}).status_code == 302
    assert "De 2026" in Client().get(f"/fr/questions/{enquiry.token}/").content.decode()
    assert "De 2026" not in Client().get(product).content.decode()
    youssef = signed_in(market.youssef)
    shown = "/fr/workspace/stores/souk-khouribga/questions/"
    assert "De 2026" in youssef.get(shown).content.decode()

    assert youssef.post(f"{shown}{enquiry.pk}/", {"show": "yes"}).status_code == 302

    page = Client().get(product).content.decode()
    assert "De 2026" in page
    assert "23 45 67" not in page
    youssef.post(f"{shown}{enquiry.pk}/", {"show": "no"})
    assert "De 2026" not in Client().get(product).content.decode()


def test_a_buyer_asks_from_the_orders_page(market):
    group = market.order(market.honey)
    address = f"/fr/orders/{group.token}/{market.honey_cooperative.slug}/ask/"
    assert address in Client().get(f"/fr/orders/{group.token}/").content.decode()
    assert 'name="phone"' not in Client().get(address).content.decode()

    assert Client().post(address, {"words": "Quand part-elle ?"}).status_code == 302

    enquiry = Enquiry.objects.get()
    assert (enquiry.order, enquiry.asker_phone) == (group.orders.get(), group.buyer_phone)
    read = signed_in(market.mina).get(f"/fr/workspace/{market.honey_cooperative.slug}/questions/{enquiry.pk}/")
    assert "Quand part-elle ?" in read.content.decode()
    assert Client().get("/fr/questions/nobody/").status_code == 404


def test_machines_and_floods_are_not_relayed(market, settings):
    address = f"/fr/products/{market.honey.product.slug}/ask/"

    assert Client().post(address, {"words": "Achetez", "website": "x"}).status_code == 400
    assert Client().post(address, {"words": " "}).status_code == 400
    assert Client().post(address, {"words": "Bonjour", "phone": "12"}).status_code == 400
    assert not Enquiry.objects.exists()
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ask_cooperative": "1/h/ip"}
    assert Client().post(address, {"words": "Une"}).status_code == 302
    assert Client().post(address, {"words": "Deux"}).status_code == 400
    assert Enquiry.objects.count() == 1
