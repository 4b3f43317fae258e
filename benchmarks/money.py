"""The ledger over many sales: writing them down one by one and by thousands, balances, a statement, and working it all out again.

Six postings a sale: small is 600 sales, full is 1,000,000 postings. Ends the run when the ledger differs from what happened.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from country import fill_directory
from measure import fresh_database, peak_megabytes, percentile, report, size_asked

if TYPE_CHECKING:
    from tests.people import Market

POSTINGS_OF_ONE = 6
SALES = {"small": 600, "full": 166_667}
COOPERATIVES = {"small": 60, "full": 2_600}
ONE_BY_ONE = {"small": 100, "full": 1_000}
AT_ONCE = 2_000
ASKED = 50


def main() -> None:
    size = size_asked()
    with fresh_database():
        from tests.people import build_market

        fill_directory(COOPERATIVES[size])
        sold = sell(build_market(), SALES[size])
        figures: dict[str, object] = {"sales": len(sold)}
        figures |= written(sold, ONE_BY_ONE[size])
        figures |= asked(sold)
        figures |= looked_over()
        figures["peak memory, MB"] = peak_megabytes()
    report("money", figures)


def sell(market: Market, how_many: int) -> list[int]:
    """So many orders of one thing, paid by card and delivered, of every cooperative in turn; the ledger knows none of them."""
    from django.db import connection

    from twiza.domain.ledger.services import RateTerms, set_rate
    from twiza.domain.orders.models import Order

    set_rate("all", RateTerms(500), reason="measured", by=None)
    chance = Random(7)
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for first in range(0, how_many, AT_ONCE):
            _sell_some(market, range(first, min(first + AT_ONCE, how_many)), chance)
        cursor.execute("set session_replication_role = origin")
        cursor.execute("analyze")
    return list(Order.objects.order_by("pk").values_list("pk", flat=True))


def _sell_some(market: Market, numbers: range, chance: Random) -> None:
    from twiza.domain.orders.models import Cart, Fulfilment, Order, OrderGroup, OrderLine
    from twiza.domain.payments.models import Allocation, Payment, PaymentEvent
    from twiza.foundation.places.models import Commune
    from twiza.kit import clock

    now, commune, sellers = clock.now() + timedelta(seconds=1), Commune.objects.order_by("code")[0], _sellers()
    costs = [(chance.randrange(2_000, 60_000), chance.randrange(0, 6_000)) for _number in numbers]
    carts = Cart.objects.bulk_create(Cart(language="fr") for _number in numbers)
    groups = OrderGroup.objects.bulk_create(
        OrderGroup(
            cart=cart, number=f"{number}", status="done", buyer_name="Acheteuse", buyer_phone="+212683009999", language="fr",
            commune=commune, landmark="Maârif", pay_with="cmi", items_centimes=items, delivery_centimes=delivery,
            total_centimes=items + delivery, due_centimes=items + delivery, pay_before=now, confirmation_code="0000",
        )
        for number, cart, (items, delivery) in zip(numbers, carts, costs, strict=True)
    )  # fmt: skip
    OrderGroup.objects.filter(pk__in=[group.pk for group in groups]).update(placed_at=now)
    orders = Order.objects.bulk_create(
        Order(
            group=group, cooperative_id=sellers[number % len(sellers)], number=f"{number}", status="closed",
            items_centimes=items, delivery_centimes=delivery, total_centimes=items + delivery, answer_before=now,
            chase_at=now, give_up_at=now,
        )
        for number, group, (items, delivery) in zip(numbers, groups, costs, strict=True)
    )  # fmt: skip
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order, variant=market.honey, storefront=market.national, name_fr="Miel", net_content=Decimal(500), net_unit="g",
            quantity=1, price_centimes=order.items_centimes, total_centimes=order.items_centimes, weight_grams=600,
            withdrawal="standard",
        )
        for order in orders
    )  # fmt: skip
    Fulfilment.objects.bulk_create(
        Fulfilment(
            order=order, status="delivered", carrier="tariff_table", option_code="x", weight_grams=600, days_at_least=1,
            days_at_most=3, delivered_at=now,
        )
        for order in orders
    )  # fmt: skip
    payments = Payment.objects.bulk_create(
        Payment(reference=f"group:{group.pk}", provider="cmi", amount_centimes=group.total_centimes, state="captured")
        for group in groups
    )
    Allocation.objects.bulk_create(
        Allocation(
            payment=payment,
            reference=f"order:{order.pk}",
            due_centimes=order.total_centimes,
            captured_centimes=order.total_centimes,
        )
        for payment, order in zip(payments, orders, strict=True)
    )
    PaymentEvent.objects.bulk_create(
        PaymentEvent(
            payment=one, provider="cmi", kind="captured", provider_reference=one.reference, amount_centimes=one.amount_centimes
        )
        for one in payments
    )


def _sellers() -> list[int]:
    from twiza.domain.directory.models import Organisation

    return list(Organisation.objects.filter(kind="cooperative").order_by("pk").values_list("pk", flat=True))


def written(sold: list[int], one_by_one: int) -> dict[str, object]:
    """The first ones as jobs do it, each in a transaction of its own; the others by thousands."""
    from twiza.domain.ledger.models import Posting
    from twiza.domain.ledger.services import keep_capture, keep_delivery
    from twiza.domain.orders.models import Order

    groups = dict(Order.objects.filter(pk__in=sold[:one_by_one]).values_list("pk", "group_id"))
    began = time.monotonic()
    for order_id in sold[:one_by_one]:
        keep_capture(f"group:{groups[order_id]}")
        keep_delivery(order_id)
    alone = time.monotonic() - began
    began, before = time.monotonic(), Posting.objects.count()
    for _some in _write_others(sold[one_by_one:]):
        pass
    together, postings = time.monotonic() - began, Posting.objects.count()
    return {
        "written one by one, postings a second": before / alone,
        "written by thousands, postings a second": (postings - before) / together,
        "postings": postings,
    }


def _write_others(sold: list[int]) -> Iterator[None]:
    from twiza.domain.ledger.selectors.expected import captures_expected, deliveries_expected
    from twiza.domain.ledger.services.commission import fix_commissions
    from twiza.domain.ledger.services.posting import post_all
    from twiza.domain.payments.models import Payment

    for first in range(0, len(sold), AT_ONCE):
        some = sold[first : first + AT_ONCE]
        fix_commissions(some)
        payments = Payment.objects.filter(allocations__reference__in=[f"order:{pk}" for pk in some])
        post_all(captures_expected(list(payments.values_list("pk", flat=True))))
        post_all(deliveries_expected(some))
        yield


def asked(sold: list[int]) -> dict[str, object]:
    """What people ask: a balance, a statement, the whole. Milliseconds of each."""
    from django.db import connection

    from twiza.domain.directory.models import Organisation
    from twiza.domain.ledger.selectors import balance_of, statement_of
    from twiza.domain.ledger.selectors.browsing import kind_sums

    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze" if not connection.in_atomic_block else "analyze")
    sellers = _sellers()
    some = [Organisation.objects.get(pk=sellers[number * 7 % len(sellers)]) for number in range(ASKED)]
    assert sum(one.centimes for one in kind_sums()) == 0
    return {
        "balance of a cooperative, median ms": _median_ms(lambda number: balance_of(some[number].pk)),
        "first page of its statement, median ms": _median_ms(lambda number: statement_of(some[number])),
        "all kinds of accounts, ms": _median_ms(lambda _number: kind_sums(), 3),
    }


def _median_ms(ask: Callable[[int], object], times: int = ASKED) -> float:
    spent = []
    for number in range(times):
        began = time.perf_counter()
        ask(number)
        spent.append((time.perf_counter() - began) * 1000)
    return percentile(spent, 50)


def looked_over() -> dict[str, object]:
    from twiza.domain.ledger.selectors import ledger_faults

    began = time.monotonic()
    checked, faults = ledger_faults()
    if faults:
        raise SystemExit(f"the ledger is wrong: {faults[:3]}")
    took = time.monotonic() - began
    return {
        "entries worked out again": checked,
        "worked out again, s": took,
        "worked out again, entries a second": checked / took,
    }


if __name__ == "__main__":
    main()
