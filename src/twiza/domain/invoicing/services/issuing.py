"""The invoice of an order, from what was frozen when it was placed and weighed when it was packed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from twiza.domain.catalogue.selectors import tva_class_of
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors.identity import numbers_of
from twiza.domain.invoicing.errors import NotDeliveredYet
from twiza.domain.invoicing.locking import lock_issuer
from twiza.domain.invoicing.models import InvoiceName, Paper
from twiza.domain.invoicing.rules import TaxLine, TaxSum, spread, sums_by_class
from twiza.domain.invoicing.selectors.regimes import own_exemption, regime_of
from twiza.domain.invoicing.services.numbering import Draft, put_in_series
from twiza.domain.orders.models import Fulfilment, Order, OrderLine
from twiza.kit import clock
from twiza.kit.amounts_in_words import in_arabic, in_french
from twiza.kit.quantities import content_label

ANY_GOODS = TaxLine("outside", 0, "", "")


@transaction.atomic
def issue_invoice(order_id: int) -> Paper:
    """What the buyer received and paid, in its cooperative's name. Issued twice, it is issued once: the first is given back.

    Locks the issuer. Raises NotDeliveredYet.
    """
    order = _order(order_id)
    if order.fulfilment.status != Fulfilment.Status.DELIVERED:
        raise NotDeliveredYet(number=order.number)
    issuer = lock_issuer(order.cooperative_id)
    issued = Paper.objects.filter(cause=cause_of(order)).first()
    if issued is not None:
        return issued
    facts = facts_of(order, clock.today())
    draft = Draft(Paper.Kind.INVOICE.value, cause_of(order), order.total_centimes, facts, order)
    return put_in_series(issuer, draft)


def cause_of(order: Order) -> str:
    return f"order:{order.pk}"


def facts_of(order: Order, day: date) -> dict[str, Any]:
    """What stands on the invoice; its lines, its delivery and its taxes each make its total exactly."""
    regime = regime_of(order.cooperative, day)
    lines = list(order.lines.all())
    taxes = [_tax_of(line, regime, day) for line in lines]
    paid = [line.total_centimes - line.discount_centimes for line in lines]
    goods = {sum_.tax: sum_.with_tax_centimes for sum_ in sums_by_class(list(zip(taxes, paid, strict=True)))}
    delivery = spread(order.delivery_centimes, goods)
    sums = sums_by_class([*goods.items(), *delivery.items()])
    order_of_taxes = list(goods)
    return {
        "version": 1,
        "regime": regime,
        "seller": seller_facts(order),
        "buyer": {**_buyer(order), **_place(order)},
        "order": _order_facts(order),
        "lines": [_line_facts(line, order_of_taxes.index(tax)) for line, tax in zip(lines, taxes, strict=True)],
        "delivery": {"centimes": order.delivery_centimes, "by_tax": list(delivery.values())},
        "taxes": tax_facts(sums),
        "words": words_of(order.total_centimes),
        "currency": "MAD",
    }


def words_of(centimes: int) -> dict[str, str]:
    return {"fr": in_french(centimes), "ar": in_arabic(centimes)}


def tax_facts(sums: Sequence[TaxSum]) -> list[dict[str, Any]]:
    return [
        {
            **asdict(one.tax),
            "with_tax_centimes": one.with_tax_centimes,
            "without_tax_centimes": one.without_tax_centimes,
            "tax_centimes": one.tax_centimes,
        }
        for one in sums
    ]


def seller_facts(order: Order) -> dict[str, str]:
    """As the order names it, with the numbers the law asks for as they are known today."""
    seller = order.cooperative
    numbers = numbers_of(seller)
    revision = seller.published_revision
    return {
        "name_fr": order.seller_name_fr,
        "name_ar": order.seller_name_ar,
        "place_fr": order.seller_place_fr,
        "place_ar": order.seller_place_ar,
        "address": revision.address if revision else "",
        "registration": order.seller_registration or numbers.get("registration", ""),
        "ice": numbers.get("ice", ""),
        "tax_if": numbers.get("tax_if", ""),
        "cnss": numbers.get("cnss", ""),
        "kind": Organisation.Kind(seller.kind).value,
    }


def _order(order_id: int) -> Order:
    wanted = Order.objects.select_related("group__commune__province", "fulfilment", "cooperative__published_revision")
    return wanted.prefetch_related("lines__variant__product__kind").get(pk=order_id)


def _tax_of(line: OrderLine, regime: str, day: date) -> TaxLine:
    exempt = own_exemption(regime, day)
    if exempt is not None:
        return exempt
    tva = tva_class_of(line.variant.product, day)
    return TaxLine(tva.code, tva.percent, tva.law_fr, tva.law_ar) if tva else ANY_GOODS


def _buyer(order: Order) -> dict[str, str]:
    """In the name that the buyer asked for, else in the buyer's own."""
    asked = InvoiceName.objects.filter(group=order.group_id).first()
    return {"name": asked.name, "ice": asked.ice} if asked else {"name": order.group.buyer_name}


def _place(order: Order) -> dict[str, str]:
    """The commune, and its province where that says more."""
    commune, province = order.group.commune, order.group.commune.province
    return {
        "place_fr": ", ".join(dict.fromkeys([commune.name_fr, province.name_fr])),
        "place_ar": "، ".join(dict.fromkeys([commune.name_ar, province.name_ar])),
    }


def _order_facts(order: Order) -> dict[str, str]:
    delivered_at = order.fulfilment.delivered_at
    return {
        "number": order.number,
        "purchase": str(order.group.number),
        "placed_on": clock.local_day(order.group.placed_at).isoformat(),
        "delivered_on": clock.local_day(delivered_at).isoformat() if delivered_at else "",
        "pay_with": order.group.pay_with,
    }


def _line_facts(line: OrderLine, tax: int) -> dict[str, Any]:
    weighed = Decimal(line.weighed_grams) if line.weighed_grams else None
    return {
        "line": line.pk,
        "name_fr": line.name_fr,
        "name_ar": line.name_ar,
        "content_fr": line.content_in("fr"),
        "content_ar": line.content_in("ar"),
        "weighed_fr": content_label(weighed, "g", "fr") if weighed else "",
        "weighed_ar": content_label(weighed, "g", "ar") if weighed else "",
        "quantity": line.quantity,
        "price_centimes": line.price_centimes,
        "total_centimes": line.total_centimes,
        "discount_centimes": line.discount_centimes,
        "paid_centimes": line.total_centimes - line.discount_centimes,
        "tax": tax,
    }
