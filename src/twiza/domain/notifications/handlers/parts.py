"""Who is told when a cooperative has only a part of an order: the buyer is asked, the cooperative hears the answer."""

from __future__ import annotations

from django.utils.timezone import localtime

from twiza.domain.directory.selectors import people_receiving_texts
from twiza.domain.notifications.composing import shortened
from twiza.domain.notifications.handlers.telling import orders_with_facts, script_of, tell_buyer, tell_person
from twiza.domain.orders.events import PartAnswerGiven, PartOffered
from twiza.domain.orders.models import Order, PartialOffer
from twiza.domain.orders.selectors import short_content
from twiza.foundation.events.subscriptions import on
from twiza.kit.money import plain

OF = {"fr": "sur", "ar": "من", "ary": "men", "zgh": "men", "en": "of"}
MOST_FEWER = 40


@on(PartOffered)
def ask_buyer_about_a_part(event: PartOffered) -> None:
    """Unless it was settled meanwhile: the question names the amount, both answers, until when, and what happens without one."""
    order = _order(event.order_id)
    offer = order.partial_offer
    if not offer.is_open:
        return
    language = order.group.language
    tell_buyer(
        order.group,
        "part_offered.buyer",
        f"part-offered:{offer.pk}",
        is_awaited=True,
        group=order.group.number,
        cooperative=_name(order, language),
        fewer=shortened(fewer_in(offer, language), MOST_FEWER),
        total=plain(offer.total_centimes),
        back=plain(order.total_centimes - offer.total_centimes),
        number=order.number,
        day=f"{localtime(offer.answer_before):%d/%m %H:%M}",
    )


@on(PartAnswerGiven)
def tell_cooperative_what_the_buyer_says(event: PartAnswerGiven) -> None:
    order = _order(event.order_id)
    for person in people_receiving_texts(order.cooperative):
        facts = {
            "number": order.number,
            "content": shortened(short_content(order, person.language)),
            "total": plain(order.total_centimes),
        }
        tell_person(person, f"part_{event.state}.cooperative", f"part-{event.state}:{order.pk}", **facts)


@on(PartAnswerGiven)
def tell_buyer_who_did_not_answer(event: PartAnswerGiven) -> None:
    """Whoever answered knows."""
    if event.state == PartialOffer.State.LAPSED:
        order = _order(event.order_id)
        name = _name(order, order.group.language)
        tell_buyer(order.group, "part_lapsed.buyer", f"part-lapsed:{order.pk}", group=order.group.number, cooperative=name)


def fewer_in(offer: PartialOffer, language: str) -> str:
    """What of it does not come whole, as `2 sur 3 x Miel 500 g`."""
    script = script_of(language)
    words = {line.pk: (line.name_ar if script == "ar" else line.name_fr) for line in offer.fewer}
    comma = "، " if script == "ar" else ", "
    return comma.join(f"{line.sends} {OF[language]} {line.was} x {words[line.pk]}" for line in offer.fewer)


def _order(order_id: int) -> Order:
    return orders_with_facts(pk=order_id).select_related("partial_offer").prefetch_related("partial_offer__lines").get()


def _name(order: Order, language: str) -> str:
    return shortened(order.cooperative.name_in(script_of(language)), 40)
