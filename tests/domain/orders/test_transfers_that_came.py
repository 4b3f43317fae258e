"""From the bank's statement to the order: what is sure is paid at once, what is not is decided by a keeper, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from tests.bank_account import ACCOUNT, by_transfer, reference_of
from tests.jobs import run_jobs
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.orders.selectors import refunds_to_give
from twiza.domain.orders.services import look_after_unpaid
from twiza.domain.payments.errors import AlreadySettled, NoStatement, NotAwaited, SharesDoNotFit
from twiza.domain.payments.models import BankStatement, Payment, PaymentEvent, Refund, StatementLine, TransferShare
from twiza.domain.payments.selectors import awaited_transfers, missing_of, transfer_slip_for
from twiza.domain.payments.services import import_statement, record_card_refund, settle_line
from twiza.foundation.messaging.models import Message
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.rows import FileUnreadable


@pytest.fixture(autouse=True)
def account(settings, market):
    for name, value in ACCOUNT.items():
        setattr(settings, name, value)
    entrust_register(market.operator, by=None)


def csv(*lines: tuple[str, str], day: str = "23/11/2026") -> bytes:
    """A bank's file: BOM, semicolons, comma decimals; `lines` are words and amounts."""
    said = "".join(f"{day};{day};{words};;{amount}\r\n" for words, amount in lines)
    return b"\xef\xbb\xbf" + f"Date opération;Date valeur;Libellé;Débit;Crédit\r\n{said}".encode()


def brought(market, *lines: tuple[str, str], day: str = "23/11/2026") -> BankStatement:
    return import_statement([csv(*lines, day=day)], file_name="releve.csv", by=market.youssef)


def states() -> list[tuple[str, str]]:
    return list(StatementLine.objects.order_by("pk").values_list("state", "reason"))


def payment_of(group) -> Payment:
    return Payment.objects.get(reference=group.payment_reference)


def test_the_right_words_and_amount_pay_the_order_at_once_and_only_once(market):
    group = by_transfer(market, market.honey)
    lines = [(f"VIR RECU {reference_of(group)}", "155,00"), ("VIREMENT SALAIRE", "9 000,00")]
    first, second = brought(market, *lines), brought(market, *lines)
    run_jobs()

    group.refresh_from_db()
    assert (group.status, payment_of(group).state) == ("placed", "captured")
    assert states() == [("matched", ""), ("waiting", "unknown")]
    assert [(one.credits, one.news) for one in (first, second)] == [(2, 2), (2, 0)]
    share = TransferShare.objects.get()
    assert (share.payment, share.amount_centimes, share.by, share.goes_back) == (payment_of(group), 15_500, None, False)
    assert PaymentEvent.objects.get().told["lines"] == str(share.line_id)


def test_days_that_overlap_bring_only_what_is_new(market):
    group = by_transfer(market, market.honey)
    brought(market, ("VIR A", "10,00"), ("VIR A", "10,00"))
    brought(market, ("VIR A", "10,00"), ("VIR A", "10,00"), ("VIR A", "10,00"), (f"VIR {reference_of(group)}", "155,00"))

    assert StatementLine.objects.count() == 4
    assert payment_of(group).state == "captured"


@pytest.mark.parametrize(
    ("words", "amount", "reason"),
    [
        ("{}", "154,99", "too_little"),
        ("{}", "155,01", "too_much"),
        ("VIR {[2:]}", "155,00", "wrong_letter"),
        ("VIR", "155,00", "unknown"),
    ],
)
def test_what_is_not_sure_waits_and_moves_nothing(market, words, amount, reason):
    group = by_transfer(market, market.honey)
    reference = reference_of(group)
    brought(market, (words.replace("{}", reference).replace("{[2:]}", reference[2:]), amount))
    run_jobs()

    group.refresh_from_db()
    assert (states(), group.status, missing_of(payment_of(group))) == ([("waiting", reason)], "unpaid", 15_500)
    assert list(StatementLine.objects.get().candidates.all()) == ([] if reason == "unknown" else [payment_of(group)])


def test_too_little_waits_for_its_rest_which_then_pays_by_itself(market, client):
    group = by_transfer(market, market.honey)
    brought(market, (f"VIR {reference_of(group)}", "100,00"))
    settle_line(StatementLine.objects.get().pk, [(payment_of(group).pk, 10_000)], by=market.youssef)
    assert (payment_of(group).state, missing_of(payment_of(group))) == ("pending", 5_500)
    assert [one.missing_centimes for one in awaited_transfers()] == [5_500]
    run_jobs()
    (text,) = Message.objects.values_list("text", flat=True)
    assert f"100 DH sont arrivés, il manque 55 DH. Virez-les avec {transfer_slip_for(group.payment_reference).reference}" in text
    page = client.get(f"/fr/orders/{group.token}/").content.decode()
    assert ("100 DH sont déjà arrivés" in page.replace("\xa0", " "), "Il manque encore" in page) == (True, True)

    brought(market, (f"VIR RESTE {reference_of(group)}", "55,00"))
    assert states() == [("settled", "too_little"), ("matched", "")]
    assert payment_of(group).state == "captured"


def test_what_came_for_an_order_that_lapsed_goes_back(market):
    group = by_transfer(market, market.honey)
    brought(market, (f"VIR {reference_of(group)}", "100,00"))
    settle_line(StatementLine.objects.get().pk, [(payment_of(group).pk, 10_000)], by=market.youssef)
    with time_machine.travel(clock.now() + timedelta(days=6), tick=False):
        assert look_after_unpaid() == 1
        run_jobs()
        brought(market, (f"VIR {reference_of(group)}", "55,00"), day="29/11/2026")

    assert Refund.objects.get().amount_centimes == 10_000
    assert any("100 DH sont arrivés de trop" in text for text in Message.objects.values_list("text", flat=True))
    assert states()[-1] == ("waiting", "not_awaited")
    with pytest.raises(NotAwaited):
        settle_line(StatementLine.objects.latest("pk").pk, [(payment_of(group).pk, 5_500)], by=market.youssef)


def test_too_much_pays_and_the_rest_goes_back_by_transfer(market):
    group = by_transfer(market, market.honey)
    brought(market, (f"VIR {reference_of(group)}", "200,00"))
    settle_line(StatementLine.objects.get().pk, [(payment_of(group).pk, 15_500)], by=market.youssef)
    run_jobs()

    assert payment_of(group).state == "captured"
    (row,) = refunds_to_give()
    assert (row.refund.amount_centimes, row.group, row.is_surplus) == (4_500, group, True)
    assert record_card_refund(row.refund.pk, by=market.youssef).how == "transfer"


def test_one_transfer_for_two_orders_is_split(market):
    honey, argan = by_transfer(market, market.honey), by_transfer(market, market.argan)
    both = honey.total_centimes + argan.total_centimes
    brought(market, (f"VIR {reference_of(honey)} ET {reference_of(argan)}", f"{both // 100},{both % 100:02d}"))
    assert states() == [("waiting", "two_candidates")]
    line = settle_line(
        StatementLine.objects.get().pk, [(payment_of(one).pk, one.total_centimes) for one in (honey, argan)], by=market.youssef
    )

    assert {payment_of(one).state for one in (honey, argan)} == {"captured"}
    assert (sum(share.amount_centimes for share in line.shares.all()), Refund.objects.count()) == (both, 0)
    assert (line.settled_by, set(line.shares.values_list("by", flat=True))) == (market.youssef, {market.youssef.pk})


def test_nobodys_money_goes_back_and_belongs_to_no_order(market):
    group = by_transfer(market, market.honey)
    brought(market, (f"VIR TV{reference_of(group)[2:]}", "155,00"))
    settle_line(StatementLine.objects.get().pk, [], by=market.youssef)
    run_jobs()

    (row,) = refunds_to_give()
    assert (row.refund.amount_centimes, row.group, payment_of(group).state) == (15_500, None, "pending")


def test_shares_that_do_not_fit_change_nothing(market):
    group, other = by_transfer(market, market.honey), by_transfer(market, market.argan)
    brought(market, (f"VIR {reference_of(group)}", "200,00"))
    line = StatementLine.objects.get()
    here, there = payment_of(group).pk, payment_of(other).pk
    for shares in ([(here, 15_501)], [(here, 0)], [(here, -1)], [(here, 100), (here, 100)], [(here, 15_500), (there, 4_501)]):
        with pytest.raises(SharesDoNotFit):
            settle_line(line.pk, shares, by=market.youssef)
    with pytest.raises(NotAwaited):
        settle_line(line.pk, [(0, 100)], by=market.youssef)
    with pytest.raises(NotFound):
        settle_line(line.pk, [], by=market.fatima)
    with pytest.raises(NotFound):
        import_statement([csv()], file_name="x", by=market.fatima)

    assert (states(), TransferShare.objects.count(), PaymentEvent.objects.count()) == ([("waiting", "too_much")], 0, 0)
    settle_line(line.pk, [], by=market.youssef)
    with pytest.raises(AlreadySettled):
        settle_line(line.pk, [], by=market.youssef)


def test_a_file_that_is_no_statement_leaves_nothing(market):
    for content in (b"", b"%PDF-1.4", b"Nom;Ville\nSalma;Rabat\n"):
        with pytest.raises((FileUnreadable, NoStatement)):
            import_statement([content], file_name="x", by=market.youssef)
    assert not BankStatement.objects.exists()


def test_what_the_bank_said_and_what_was_assigned_never_changes(market):
    group = by_transfer(market, market.honey)
    brought(market, (f"VIR {reference_of(group)}", "155,00"))
    for change in (
        lambda: StatementLine.objects.update(amount_centimes=1),
        lambda: StatementLine.objects.all().delete(),
        lambda: TransferShare.objects.update(amount_centimes=1),
        lambda: TransferShare.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_ten_thousand_lines_are_read_and_the_one_of_ours_is_found(market):
    group = by_transfer(market, market.honey)
    lines = [(f"VIR RECU CLIENT {number} REF {number * 7919}", f"{number},00") for number in range(1, 10_000)]
    statement = brought(market, *lines[:5_000], (f"VIR {reference_of(group)}", "155,00"), *lines[5_000:])

    assert (statement.credits, statement.news, statement.troubles) == (10_000, 10_000, [])
    assert payment_of(group).state == "captured"
    assert StatementLine.objects.filter(state="matched").count() == 1
