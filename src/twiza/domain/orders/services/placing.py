"""The one hard gate from basket to order. Whatever the screens showed is checked again here."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from django.db import transaction

from twiza.domain.catalogue.selectors import labels_carried
from twiza.domain.directory.models import OpeningTimes, Organisation
from twiza.domain.directory.selectors import opening_times_by
from twiza.domain.directory.selectors.identity import registrations_of
from twiza.domain.inventory.services import allocate_stock
from twiza.domain.orders.errors import (
    AddressMissing,
    CardOnly,
    DeliveryNotOffered,
    EmptyCart,
    PromiseChanged,
    TotalChanged,
)
from twiza.domain.orders.events import OrderPlaced
from twiza.domain.orders.locking import lock_cart, lock_counters, lock_coupon, lock_gift_baskets_in
from twiza.domain.orders.models import Cart, Fulfilment, Order, OrderCounter, OrderGroup, OrderLine, Step
from twiza.domain.orders.rules import answer_limits, is_paid_at_the_door, pay_within
from twiza.domain.orders.selectors.baskets import basket_of
from twiza.domain.orders.selectors.contents import Basket, BasketLine, BasketPackage
from twiza.domain.orders.selectors.together import is_together
from twiza.domain.orders.services.baskets import check_line, owner_of_holds, refuse_gifts_in_trouble
from twiza.domain.orders.services.confirming import confirm_before
from twiza.domain.orders.services.least_orders import refuse_too_little
from twiza.domain.orders.services.quotas import keep_to_quotas
from twiza.domain.orders.services.steps import record_steps, wants_of
from twiza.domain.payments.errors import ProviderNotOffered
from twiza.domain.payments.services import open_payment
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.identifiers import damm_digit


@transaction.atomic
def place_order(
    cart: Cart,
    *,
    expected_total_centimes: int,
    expected_promises: str | None = None,
    buyer: User | None = None,
    choices: Mapping[int, str] | None = None,
) -> OrderGroup:
    """The basket is an order: one part per cooperative, stock promised, payment opened, everybody told after the commit.

    What is paid first waits for its payment as long as its way to pay needs (`pay_within`), and nobody is told before.

    Placed twice, the same group is answered. `choices` are delivery options by cooperative id; where none is
    given the basket's own hold. Amounts in centimes. Locks the cart, then its coupon, gift
    baskets, quotas, stock, and the cooperatives' counters.
    `expected_promises` is what the buyer read of when things leave (`Basket.promises`), when somebody read it.

    Raises EmptyCart, AddressMissing, TooLittle, GiftBasketOver, ShareNotAgreed, PartPriceChanged,
    NotForSale, NotSoldHere, CooperativeClosed, OutOfSeason, FewerHere, NoMoreHere,
    OutOfStock, DeliveryNotOffered, TotalChanged, PromiseChanged, ProviderNotOffered, CardOnly;
    then nothing is placed and the basket is as it was.
    """
    cart = lock_cart(cart.pk)
    if cart.completed_at is not None:
        return OrderGroup.objects.get(cart=cart)
    if cart.coupon_id is not None:
        lock_coupon(cart.coupon_id)
    basket = basket_of(cart, choices, lock_gift_baskets_in(cart))
    _check(cart, basket, expected_total_centimes)
    if expected_promises is not None and expected_promises != basket.promises:
        raise PromiseChanged
    group = _create_group(cart, basket, buyer)
    orders = _create_orders(group, basket.packages)
    lines = _create_lines(orders, basket.packages)
    keep_to_quotas(basket.lines)
    allocate_stock(owner_of_holds(cart), wants_of(lines))
    _number(orders)
    record_steps(orders, Step.What.PLACED, by=group.buyer)
    open_payment(
        provider=cart.pay_with,
        reference=group.payment_reference,
        parts={f"order:{order.pk}": order.total_centimes for order in orders},
    )
    cart.completed_at = clock.now()
    cart.save(update_fields=["completed_at"])
    if not group.is_paid_first:
        publish(OrderPlaced(group_id=group.pk))
    return group


def _check(cart: Cart, basket: Basket, expected_total_centimes: int) -> None:
    if not basket.packages:
        raise EmptyCart
    if not (cart.commune_id and cart.buyer_name and (cart.buyer_phone or (cart.is_gift_from_abroad and cart.buyer_email))):
        raise AddressMissing
    refuse_gifts_in_trouble(basket)
    for line in basket.lines:
        check_line(line)
    refuse_too_little(basket)
    if cart.pay_with not in basket.payments:
        raise CardOnly if cart.is_gift_from_abroad and is_paid_at_the_door(cart.pay_with) else ProviderNotOffered
    for package in basket.packages:
        if package.chosen is None:
            raise DeliveryNotOffered(cooperative=package.cooperative.name)
    if basket.total_centimes != expected_total_centimes:
        raise TotalChanged(total_centimes=basket.total_centimes)


def _create_group(cart: Cart, basket: Basket, buyer: User | None) -> OrderGroup:
    if cart.commune is None:
        raise AddressMissing
    is_paid_first = not is_paid_at_the_door(cart.pay_with)
    group = OrderGroup.objects.create(
        cart=cart,
        status=OrderGroup.Status.UNPAID if is_paid_first else OrderGroup.Status.PLACED,
        pay_before=clock.now() + pay_within(cart.pay_with) if is_paid_first else None,
        buyer=buyer or cart.buyer,
        buyer_name=cart.buyer_name,
        buyer_phone=cart.buyer_phone,
        buyer_email=cart.buyer_email,
        buyer_country=cart.buyer_country,
        language=cart.language,
        commune=cart.commune,
        landmark=cart.landmark,
        recipient_name=cart.recipient_name,
        recipient_phone=cart.recipient_phone,
        gift_message=cart.gift_message,
        note=cart.note,
        pay_with=cart.pay_with,
        items_centimes=basket.items_centimes,
        delivery_centimes=basket.delivery_centimes,
        coupon=basket.coupon if basket.coupon_discount_centimes else None,
        discount_centimes=basket.discount_centimes,
        total_centimes=basket.total_centimes,
        due_centimes=basket.total_centimes,
        confirmation_code=f"{secrets.randbelow(10_000):04d}",
        confirm_before=None if is_paid_first else confirm_before(basket),
    )
    group.number = _with_check_digit(1000 + group.pk)
    group.save(update_fields=["number"])
    return group


def _create_orders(group: OrderGroup, packages: Sequence[BasketPackage]) -> list[Order]:
    """One of each package, in their order, each with its parcel."""
    registrations = registrations_of(package.cooperative.pk for package in packages)
    times = opening_times_by(package.cooperative.pk for package in packages)
    orders = Order.objects.bulk_create(
        _order_of(group, package, registrations, times.get(package.cooperative.pk)) for package in packages
    )
    Fulfilment.objects.bulk_create(_fulfilment_of(order, package) for order, package in zip(orders, packages, strict=True))
    return orders


def _order_of(group: OrderGroup, package: BasketPackage, registrations: Mapping[int, str], times: OpeningTimes | None) -> Order:
    cooperative = package.cooperative
    return Order(
        group=group,
        status=Order.Status.UNPAID if group.is_paid_first else Order.Status.PLACED,
        cooperative=cooperative,
        number=f"n{group.pk}",  # replaced below, once the counters are locked
        seller_name_fr=cooperative.name_in("fr"),
        seller_name_ar=cooperative.name_in("ar"),
        seller_registration=registrations.get(cooperative.pk, ""),
        **_place_of(cooperative),
        items_centimes=package.items_centimes,
        delivery_centimes=package.delivery_centimes,
        discount_centimes=package.discount_centimes,
        total_centimes=package.total_centimes,
        **answer_limits(times, clock.now()),
    )


def _create_lines(orders: Sequence[Order], packages: Sequence[BasketPackage]) -> list[OrderLine]:
    carried = labels_carried([line.product.pk for package in packages for line in package.lines])
    return OrderLine.objects.bulk_create(
        _line_of(order, line, carried.get(line.product.pk, []))
        for order, package in zip(orders, packages, strict=True)
        for line in package.lines
    )


def _line_of(order: Order, line: BasketLine, labels: list[str]) -> OrderLine:
    return OrderLine(
        order=order,
        variant=line.variant,
        storefront=line.storefront,
        name_fr=line.product.name_fr,
        name_ar=line.product.name_ar,
        variant_name_fr=line.variant.name_fr,
        variant_name_ar=line.variant.name_ar,
        net_content=line.variant.net_content,
        net_unit=line.variant.net_unit,
        quantity=line.quantity,
        price_centimes=line.price_centimes,
        total_centimes=line.total_centimes,
        gift_basket=line.part_of,
        part_of_fr=line.part_of.name_fr if line.part_of else "",
        part_of_ar=line.part_of.name_ar if line.part_of else "",
        discount_centimes=line.discount.centimes,
        cooperative_discount_centimes=line.discount.cooperative_centimes,
        weight_grams=line.weight_grams,
        withdrawal=line.product.withdrawal,
        way=line.buying.way,
        ships_by=line.buying.ships_by,
        most_centimes=line.most_centimes if line.variant.is_weighed else None,
        labels=labels,
    )


def _fulfilment_of(order: Order, package: BasketPackage) -> Fulfilment:
    option = package.chosen
    if option is None:
        raise DeliveryNotOffered(cooperative=package.cooperative.name)
    return Fulfilment(
        order=order,
        carrier=option.carrier,
        option_code=option.code,
        point_name=f"{option.point.whole_name}, {option.point.commune}"[:240] if option.point else "",
        together_at_id=option.point.id if option.point and is_together(option) else None,
        sent_from_id=option.sent_from.id if option.sent_from else None,
        bring_by=option.sent_from.open_on if option.sent_from else None,
        weight_grams=package.weight_grams,
        days_at_least=option.days_at_least,
        days_at_most=option.days_at_most,
        return_centimes=option.return_centimes,
        free_centimes=option.free_centimes,
        free_cooperative_centimes=option.free_cooperative_centimes,
        promised_from=option.arrives_from,
        promised_until=option.arrives_until,
        allows_opening=option.allows_opening,
    )


def _number(orders: list[Order]) -> None:
    """Last, because everybody who orders from the same cooperative waits for its counter."""
    counters = lock_counters(order.cooperative_id for order in orders)
    for order in orders:
        counter = counters[order.cooperative_id]
        counter.last += 1
        order.number = _with_check_digit(counter.last)
    OrderCounter.objects.bulk_update(counters.values(), ["last"])
    Order.objects.bulk_update(orders, ["number"])


def _with_check_digit(number: int) -> str:
    """One wrong or swapped digit never names another order."""
    return f"{number}{damm_digit(str(number))}"


def _place_of(cooperative: Organisation) -> dict[str, str]:
    revision = cooperative.published_revision
    if revision is None or revision.commune is None:
        return {}
    commune, province = revision.commune, revision.commune.province
    return {
        "seller_place_fr": f"{commune.name_fr}, {province.name_fr}",
        "seller_place_ar": f"{commune.name_ar}، {province.name_ar}",
    }
