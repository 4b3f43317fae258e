"""How a buyer or a person is written to: with facts, once for a key."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from twiza.domain.notifications.composing import compose, is_written, shortened
from twiza.domain.orders.models import Order, OrderGroup, ParcelDriver
from twiza.domain.orders.services import remember_mail
from twiza.foundation.accounts.models import User
from twiza.foundation.messaging.services import queue_text
from twiza.kit.money import plain
from twiza.kit.phone import shown_phone


def orders_with_facts(**which: int) -> QuerySet[Order]:
    """The orders of which one tells, with what the texts say of them."""
    return (
        Order.objects.filter(**which)
        .select_related("group__commune__province", "fulfilment", "cooperative__published_revision")
        .prefetch_related("lines")
        .order_by("pk")
    )


def tell_person(person: User, text: str, key: str, /, kind: str = "service", **facts: object) -> None:
    """By text, in the person's language, once for the key. Who has no telephone is not told."""
    if person.phone:
        words = compose(text, person.language, **facts)
        queue_text(to=person.phone, text=words, key=f"{key}:{person.pk}", kind=kind, language=person.language, person=person)


def tell_buyer(group: OrderGroup, text: str, key: str, /, *, is_awaited: bool = False, **facts: object) -> None:
    """By text, to the number of the order, in its language, once for the key; at night only what `is_awaited`.

    What is paid first has words of its own where there is money in them. Whoever gave an e-mail address and no telephone of
    Morocco is written to there.
    """
    name, _dot, whom = text.partition(".")
    if group.is_paid_first and is_written(f"{name}_paid.{whom}"):
        text = f"{name}_paid.{whom}"
    words = compose(text, group.language, **facts)
    if group.buyer_email and not group.buyer_phone.startswith("+212"):
        _mail_buyer(group, words, key)
        return
    queue_text(
        to=group.buyer_phone,
        text=words,
        key=key,
        kind="service",
        language=group.language,
        person=group.buyer,
        is_awaited=is_awaited,
    )


def _mail_buyer(group: OrderGroup, words: str, key: str) -> None:
    """Once for the key. When mail is down, the job fails and is tried again later."""
    if not group.mails.filter(key=key).exists():
        with override(script_of(group.language)):
            subject = f"Twiza · {_('Order %(number)s') % {'number': group.number}}"
        send_mail(subject, f"{words}\n\n{link_to(group)}", None, [group.buyer_email])
        remember_mail(group, key)


def tell_buyer_of(order_id: int, text: str, key: str, total: int | None = None, driver: ParcelDriver | None = None) -> None:
    """The facts that the buyer's texts about one part choose from; `total` as it was when the event happened."""
    order = orders_with_facts(pk=order_id).get()
    language = order.group.language
    tracking = order.fulfilment.tracking
    tell_buyer(
        order.group,
        text,
        f"{key}:{order.pk}",
        group=order.group.number,
        cooperative=shortened(order.cooperative.name_in(script_of(language)), 40),
        total=plain(order.total_centimes if total is None else total),
        reason=reason_of(order, language),
        point=shortened(order.fulfilment.point_name, 70),
        tracking=f" ({tracking})" if tracking else "",
        link=link_to(order.group),
        **driver_facts(driver),
    )


def driver_facts(driver: ParcelDriver | None) -> dict[str, Any]:
    """Whom one meets, where and when."""
    if driver is None:
        return {}
    return {
        "person": shortened(driver.name, 24),
        "phone": shown_phone(driver.phone),
        "plate": f", {driver.plate}" if driver.plate else "",
        "where": shortened(driver.arrives_where, 50),
        "day": f"{localtime(driver.arrives_at):%d/%m %H:%M}",
    }


def reason_of(order: Order, language: str) -> str:
    """Why the cooperative declined, as short as a text wants it."""
    if order.decline_reason:
        return shortened(order.decline_reason, 40)
    with override(script_of(language)):
        return _("not available")


def link_to(group: OrderGroup) -> str:
    """The order's own page, for its buyer."""
    return f"{settings.SITE_URL}/{group.language}/orders/{group.token}/"


def script_of(language: str) -> str:
    """Darija in Latin letters goes with names in Latin letters."""
    return "fr" if language in {"ary", "zgh"} else language
