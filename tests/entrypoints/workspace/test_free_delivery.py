"""An operator announces free delivery, a cooperative agrees to its share, and a buyer reads what is missing."""

from __future__ import annotations

from datetime import timedelta

from twiza.domain.orders.services import put_in_cart, start_cart
from twiza.domain.storefronts.models import FreeDelivery
from twiza.entrypoints.web.basket_cookie import TOKEN
from twiza.kit import clock

HERE = "/fr/workspace/stores/souk-khouribga/free-delivery/"


def test_it_is_announced_agreed_to_and_said_in_the_basket(market, signed_in, client):
    youssef, mina = signed_in(market.youssef), signed_in(market.mina)
    day = (clock.today() + timedelta(days=1)).isoformat()

    refused = youssef.post(HERE, {"valid_from": clock.today().isoformat(), "least": "250", "cooperative_percent": "40"})
    assert "un jour à venir" in refused.content.decode()
    youssef.post(HERE, {"valid_from": day, "least": "150", "cooperative_percent": "40"})
    row = FreeDelivery.objects.get()
    assert (row.least_centimes, row.cooperative_percent) == (15000, 40)

    mine = f"/fr/workspace/{market.honey_cooperative.slug}/free-delivery/"
    assert "40" in mina.get(mine).content.decode()
    FreeDelivery.objects.update(valid_from=clock.today())
    mina.post(f"{mine}{row.pk}/agree/")
    assert "Vous avez accepté" in mina.get(mine).content.decode()

    cart = start_cart(language="fr")
    put_in_cart(cart, market.honey.pk, 1, market.souk)
    client.cookies[TOKEN] = cart.token
    assert "livraison de Coopérative Nahlat est gratuite" in client.get("/fr/cart/").content.decode()


def test_what_was_announced_is_taken_away(market, signed_in):
    day = clock.today() + timedelta(days=3)
    FreeDelivery.objects.create(storefront=market.souk, valid_from=day, least_centimes=100)

    signed_in(market.youssef).post(f"{HERE}withdraw/", {"day": day.isoformat()})
    assert not FreeDelivery.objects.exists()
