"""What an operator sees of orders that no cooperative answered."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.test import Client

from twiza.domain.orders.models import Order, OrderLine

LATE = "/fr/workspace/stores/souk-khouribga/late/"


def test_youssef_reads_whom_to_call_and_cancels_for_the_buyer(market, signed_in):
    first, second = (market.order(market.honey, quantity=2).orders.get() for _ in range(2))
    theirs = market.order(market.saffron).orders.get()
    OrderLine.objects.exclude(order=theirs).update(storefront=market.souk)
    youssef = signed_in(market.youssef)
    in_time = youssef.get(LATE).content.decode()
    assert "Personne n’est en retard" in in_time
    assert "annulée et vous ne la payez pas" in Client().get(f"/fr/orders/{first.group.token}/").content.decode()

    with time_machine.travel(first.answer_before + timedelta(hours=1)):
        youssef.force_login(market.youssef)
        shown = youssef.get(LATE).content.decode()
        assert f'href="tel:{market.mina.phone}"' in shown
        assert shown.index(f"<bdi>{first.number}</bdi>") < shown.index(f"<bdi>{second.number}</bdi>")
        assert theirs.number not in shown
        assert first.group.buyer_phone not in shown
        assert f"OUI <bdi>{first.number}</bdi> ou NON <bdi>{first.number}</bdi>" in shown
        assert "أجوبة متأخرة" in youssef.get(LATE.replace("/fr/", "/ar/")).content.decode()

        assert youssef.post(f"{LATE}{first.pk}/").status_code == 200  # no reason chosen
        assert Order.objects.get(pk=first.pk).status == "placed"
        youssef.post(f"{LATE}{first.pk}/", {"reason": "no_answer"})
        assert youssef.get(f"{LATE}{first.pk}/").status_code == 404
        assert youssef.get(f"{LATE}{theirs.pk}/").status_code == 404

    first.refresh_from_db()
    assert (first.status, first.decline_reason) == ("declined", "La coopérative n’a pas répondu à temps.")
    mina = signed_in(market.mina)
    hers = mina.get(f"/fr/workspace/{market.honey_cooperative.slug}/orders/{first.number}/").content.decode()
    assert "Annulée\xa0: pas de réponse à temps" in hers
