"""How tests pay cooperatives out: a sale that was delivered, an account that two people chose, a batch of two people."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from tests.jobs import run_jobs
from tests.people import person
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.services.bank_details import apply_due_bank_changes, approve_bank_change, ask_for_bank_change
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.orders.models import Order
from twiza.domain.orders.services import accept_order, hand_over_order, mark_order_ready, record_delivery
from twiza.domain.payouts.models import PayoutBatch
from twiza.domain.payouts.services import approve_batch, draft_batch
from twiza.foundation.accounts.models import User
from twiza.kit import clock
from twiza.kit.identifiers import mod97_key


def rib(number: int) -> str:
    body = f"230780{number:016d}"
    return body + mod97_key(body)


def keepers(market) -> tuple[User, User]:
    """Youssef and a colleague look after the market's money."""
    entrust_register(market.operator, by=None)
    nadia = person("Nadia", 6002)
    add_member(market.operator, nadia, "operator_agent", None)
    return market.youssef, nadia


def use_account(cooperative: Organisation, asked_by: User, approved_by: User, number: int) -> str:
    """It is paid on this account: four days ago one of its people asked, and a second one agreed."""
    chosen = rib(number)
    with time_machine.travel(clock.now() - timedelta(days=4), tick=False):
        change = ask_for_bank_change(cooperative, chosen, asked_by)
        approve_bank_change(change, approved_by)
    apply_due_bank_changes()
    return chosen


def deliver(order: Order, by: User) -> Order:
    accept_order(order, by=by)
    mark_order_ready(order, by=by)
    hand_over_order(order, by=by)
    record_delivery(order, by=by)
    run_jobs()
    order.refresh_from_db()
    return order


def approved(by: tuple[User, User], least_centimes: int = 1000) -> PayoutBatch:
    batch = draft_batch(clock.today(), by=by[0], least_centimes=least_centimes)
    return approve_batch(batch, by=by[1])
