"""Each screen says who gives back what was paid by card: the market, and nobody at the cooperative."""

from __future__ import annotations

from tests.domain.aftersales.test_paid_by_card import agreed, received
from tests.domain.orders.test_card_orders import paid, shop  # noqa: F401
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.orders.models import OrderLine
from twiza.domain.orders.services import decline_order

MARKET_GIVES = "L’acheteur a payé d’avance : le marché rend cet argent. Vous n’avez rien à faire."


def words(page) -> str:
    return page.content.decode().replace("\xa0", " ").replace("&#x27;", "'")


def test_a_cooperative_reads_that_the_market_gives_it_back_and_has_no_button(market, client):
    returned, complaint = received(market, client), agreed(market, client)
    client.force_login(market.fatima)
    here = f"/fr/workspace/{market.saffron_cooperative.slug}/"
    for address, button in (
        (f"{here}returns/{returned.pk}/", "L'acheteur a son argent"),
        (f"{here}complaints/{complaint.pk}/", "J'ai rendu l'argent"),
    ):
        page = words(client.get(address))
        assert (MARKET_GIVES in page, button in page) == (True, False)

    refused = client.post(f"{here}returns/{returned.pk}/refunded/", {"how": "cash"}, follow=True)
    returned.refresh_from_db()
    assert (MARKET_GIVES in words(refused), returned.state) == (True, "received")


def test_the_operator_the_keeper_and_the_buyer_read_it_too(market, client):
    returned, complaint = received(market, client), agreed(market, client)
    entrust_register(market.operator, by=None)
    OrderLine.objects.update(storefront=market.souk)
    client.force_login(market.youssef)

    assert "Payé d’avance : le marché rend" in words(client.get(f"/fr/workspace/stores/{market.souk.slug}/after-sale/"))
    keeper = words(client.get("/fr/workspace/register/refunds/"))
    assert ("Quelque chose de renvoyé" in keeper, "Après une réclamation" in keeper) == (True, True)
    assert "Quelque chose de renvoyé" in words(client.get(f"/fr/orders/{returned.order.group.token}/"))
    assert "Après une réclamation" in words(client.get(f"/fr/orders/{complaint.line.order.group.token}/"))


def test_what_does_not_come_says_nothing_of_paying_on_delivery(market, client):
    by_card, in_cash = paid(market, client, market.honey), market.order(market.honey)
    assert "A payer à la livraison" in words(client.get(f"/fr/orders/{in_cash.token}/")).replace("À", "A")
    for group in (by_card, in_cash):
        decline_order(group.orders.get(), by=market.mina)
        page = words(client.get(f"/fr/orders/{group.token}/")).replace("À", "A")
        assert ("Rien à payer" in page, "A payer à la livraison" in page) == (True, False)
