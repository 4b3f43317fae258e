"""Who is told of a parcel that its buyer does not have."""

from __future__ import annotations

from django.utils.translation import override

from twiza.domain.directory.selectors import people_receiving_texts
from twiza.domain.notifications.composing import compose, shortened
from twiza.domain.notifications.handlers.telling import (
    driver_facts,
    orders_with_facts,
    script_of,
    tell_buyer,
    tell_buyer_of,
    tell_person,
)
from twiza.domain.orders.events import (
    CarrierBooked,
    CarrierNotBooked,
    DeliveryMissed,
    FulfilmentHandedOver,
    FulfilmentLost,
    FulfilmentRefused,
)
from twiza.domain.orders.models import Errand, ParcelDriver, ParcelNews
from twiza.foundation.events.subscriptions import on
from twiza.foundation.messaging.services import queue_text
from twiza.kit import clock


@on(FulfilmentHandedOver)
def tell_recipient_of_the_driver(event: FulfilmentHandedOver) -> None:
    """Whoever receives it meets the driver, and not whoever paid."""
    driver = ParcelDriver.objects.select_related("fulfilment__order__group").filter(fulfilment__order=event.order_id).first()
    if driver is None or not driver.fulfilment.order.group.is_for_another:
        return
    group = driver.fulfilment.order.group
    words = compose("parcel_driver.recipient", group.language, group=group.number, **driver_facts(driver))
    key = f"parcel-driver:{event.order_id}"
    queue_text(to=group.recipient_phone, text=words, key=key, kind="service", language=group.language)


@on(DeliveryMissed)
def tell_buyer_nobody_was_there(event: DeliveryMissed) -> None:
    """Once a day, whoever said it."""
    news = _parcel_news(event.news_id)
    _tell_buyer_of_news(news, "delivery_missed.buyer", f"delivery-missed:{news.on}")


@on(FulfilmentRefused)
def tell_of_a_parcel_nobody_took(event: FulfilmentRefused) -> None:
    news = _parcel_news(event.news_id)
    order = news.fulfilment.order
    _tell_buyer_of_news(news, "fulfilment_refused.buyer", "fulfilment-refused")
    for person in people_receiving_texts(order.cooperative):
        facts = {"number": order.number, "reason": _reason_of_news(news, person.language)}
        tell_person(person, "fulfilment_refused.cooperative", f"fulfilment-refused:{order.pk}", **facts)


@on(FulfilmentLost)
def tell_of_a_lost_parcel(event: FulfilmentLost) -> None:
    """A buyer who did not take it hears no more of it."""
    order = orders_with_facts(pk=event.order_id).get()
    if order.fulfilment.refused_at is None:
        tell_buyer_of(order.pk, "fulfilment_lost.buyer", "fulfilment-lost")
    for person in people_receiving_texts(order.cooperative):
        tell_person(person, "fulfilment_lost.cooperative", f"fulfilment-lost:{order.pk}", number=order.number)


@on(CarrierBooked)
def tell_cooperative_the_carrier_comes(event: CarrierBooked) -> None:
    """Its code is what the driver asks for."""
    errand = _errand(event.errand_id)
    order = errand.fulfilment.order
    for person in people_receiving_texts(order.cooperative):
        facts = {"number": order.number, "code": shortened(errand.code, 24)}
        tell_person(person, "carrier_booked.cooperative", f"carrier-booked:{order.pk}", **facts)


@on(CarrierNotBooked)
def tell_cooperative_no_carrier_comes(event: CarrierNotBooked) -> None:
    """Nobody waits for a carrier that does not come. Asked again in vain, it is told again, once a day."""
    order = _errand(event.errand_id).fulfilment.order
    for person in people_receiving_texts(order.cooperative):
        tell_person(
            person, "carrier_not_booked.cooperative", f"carrier-not-booked:{order.pk}:{clock.today()}", number=order.number
        )


def _errand(errand_id: int) -> Errand:
    return Errand.objects.select_related("fulfilment__order__cooperative").get(pk=errand_id)


def _parcel_news(news_id: int) -> ParcelNews:
    known = ("fulfilment__order__group", "fulfilment__order__cooperative__published_revision")
    return ParcelNews.objects.select_related(*known).get(pk=news_id)


def _tell_buyer_of_news(news: ParcelNews, text: str, key: str) -> None:
    order = news.fulfilment.order
    language = order.group.language
    facts = {
        "group": order.group.number,
        "cooperative": shortened(order.cooperative.name_in(script_of(language)), 40),
        "reason": _reason_of_news(news, language),
    }
    tell_buyer(order.group, text, f"{key}:{order.pk}", is_awaited=False, **facts)


def _reason_of_news(news: ParcelNews, language: str) -> str:
    with override(script_of(language)):
        return shortened(str(news.get_reason_display()), 40)
