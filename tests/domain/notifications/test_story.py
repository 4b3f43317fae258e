"""Everybody is told, in their own words, once."""

from __future__ import annotations

from tests.jobs import run_jobs
from twiza.domain.orders.models import Order
from twiza.domain.orders.services import accept_order, confirm_group, decline_order, hand_over_order
from twiza.foundation.events.subscriptions import deliver
from twiza.foundation.messaging.models import Message


def texts_to(phone: str) -> list[str]:
    return list(Message.objects.filter(to=phone).order_by("pk").values_list("text", flat=True))


def part_of(group, cooperative) -> Order:
    return Order.objects.get(group=group, cooperative=cooperative)


def test_each_cooperative_hears_of_its_own_part_in_its_own_language(market):
    group = market.order()
    run_jobs()

    saffron, argan = part_of(group, market.saffron_cooperative), part_of(group, market.argan_cooperative)
    n, m = saffron.number, argan.number
    assert texts_to(market.fatima.phone) == [f"Talab {n}: 1 x Safran pur 1 g. 78 DH, l Casablanca. Jawbou: OUI {n} wla LA {n}."]
    assert texts_to(market.hajja.phone) == [
        f"طلب {m}: 1 x زيت أركان 250 مل. 135 درهم، إلى الدار البيضاء. أجيبوا: نعم {m} أو لا {m}"
    ]
    assert texts_to(market.brahim.phone) == []  # a member who did not ask for texts
    assert texts_to(group.buyer_phone) == [
        f"Twiza: votre commande {group.number} est enregistrée, 373 DH à la livraison. "
        f"Répondez OUI {group.number} pour confirmer (code {group.confirmation_code})."
    ]


def test_the_buyer_hears_every_answer(market):
    group = market.order()
    accept_order(part_of(group, market.saffron_cooperative), by=market.fatima)
    decline_order(part_of(group, market.honey_cooperative), by=market.mina, reason="rupture")
    hand_over_order(part_of(group, market.saffron_cooperative), by=market.fatima, tracking="LD1MA")
    run_jobs()

    assert texts_to(group.buyer_phone)[1:] == [
        f"Twiza {group.number}: Coopérative Zafrane Taliouine a accepté et prépare votre commande (78 DH).",
        f"Twiza {group.number}: Coopérative Nahlat ne peut pas fournir sa part (rupture). Vous payez 160 DH de moins.",
        f"Twiza {group.number}: le colis de Coopérative Zafrane Taliouine est en route (LD1MA). A payer à la livraison: 78 DH.",
    ]


def test_a_confirmation_reaches_those_who_prepare(market):
    group = market.order(market.honey)
    confirm_group(group)
    confirm_group(group)
    run_jobs()

    number = part_of(group, market.honey_cooperative).number
    assert texts_to(market.mina.phone)[1:] == [f"Talab {number}: lli chra 2akked."]


def test_an_event_heard_twice_is_told_once(market):
    group = market.order(market.honey)
    run_jobs()
    told = Message.objects.count()

    for handler in ("tell_cooperatives_of_an_order", "tell_buyer_of_the_order"):
        deliver(f"notifications.{handler}", {"group_id": group.pk})

    assert Message.objects.count() == told


def test_the_last_jar_sold_is_news_to_its_cooperative(market):
    market.order(market.honey, quantity=10)
    run_jobs()

    assert "Miel de thym: tba3 kolchi. Ila mazal 3endkom, goulouha lina." in texts_to(market.mina.phone)
