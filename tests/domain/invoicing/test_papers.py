"""What is delivered has an invoice, what is given back a credit note, and neither ever changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.domain.aftersales.test_returns import delivered, lines_of, whole
from tests.jobs import run_jobs
from twiza.domain.aftersales.services import (
    Settlement,
    accept_answer,
    answer_complaint,
    ask_return,
    open_complaint,
    receive_return,
    record_refund_for,
    record_refund_of,
)
from twiza.domain.directory.models import Identifier
from twiza.domain.invoicing.errors import InvoicesAllIssued, NotDeliveredYet
from twiza.domain.invoicing.handlers import invoice_what_was_delivered
from twiza.domain.invoicing.locking import lock_issuer
from twiza.domain.invoicing.models import InvoiceSeries, Issuer, Paper, TaxRegime
from twiza.domain.invoicing.rules import fingerprint_of
from twiza.domain.invoicing.services import Draft, credit_return, issue_invoice, name_on_invoices, put_in_series
from twiza.domain.orders.events import FulfilmentDelivered
from twiza.domain.orders.models import Order, OrderLine
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    CouponTerms,
    accept_order,
    hand_over_order,
    offer_coupon,
    place_order,
    record_delivery,
    use_coupon,
    weigh_order,
)
from twiza.kit import clock


def asks_tax(cooperative) -> None:
    issuer, _ = Issuer.objects.get_or_create(organisation=cooperative)
    TaxRegime.objects.create(issuer=issuer, regime="vat", valid_from=clock.today())


def invoice(market, quantity: int = 3) -> Paper:
    return issue_invoice(delivered(market, quantity).pk)


def sent_back_whole(market, order: Order) -> Paper:
    returned = receive_return(ask_return(order, whole(order)), {}, by=market.fatima)
    record_refund_of(returned, how="cash", by=market.fatima)
    return credit_return(returned.pk)


def refunded_for(market, order: Order, centimes: int) -> Paper:
    complaint = open_complaint(order, lines_of(order)[0], kind="damaged", pieces=1, words="Cassé.")
    answer_complaint(complaint, Settlement("refund", centimes, "Pardon."), by=market.fatima)
    accept_answer(complaint)
    record_refund_for(complaint, how="cash", by=market.fatima)
    run_jobs()
    return Paper.objects.get(cause=complaint.reference)


def test_what_was_delivered_has_one_invoice_whoever_hears_it_how_often(market):
    order = delivered(market)
    run_jobs()
    invoice_what_was_delivered(FulfilmentDelivered(order_id=order.pk))

    paper = Paper.objects.get()
    assert (paper.order, paper.total_centimes) == (order, order.total_centimes)
    assert paper.label == f"{clock.today().year}-0001"


def test_what_is_not_delivered_has_none(market):
    order = market.order(market.saffron).orders.get()

    with pytest.raises(NotDeliveredYet):
        issue_invoice(order.pk)
    assert not InvoiceSeries.objects.exists()


def test_an_invoice_says_who_sold_what_to_whom_for_how_much(market):
    Identifier.objects.create(organisation=market.saffron_cooperative, scheme="ice", value="001561191000066")
    Identifier.objects.create(organisation=market.saffron_cooperative, scheme="rib", value="310810101402900442310133")

    paper = invoice(market)

    said = paper.says
    assert said["seller"]["name_fr"] == "Coopérative Zafrane Taliouine"
    assert said["seller"]["registration"] == "1/2/2019, Tribunal"
    assert said["seller"]["ice"] == "001561191000066"
    assert "310810101402900442310133" not in str(said)
    assert said["buyer"]["name"] == "Salma"
    assert said["lines"][0] | {"line": 0} == {
        "line": 0,
        "name_fr": "Safran pur",
        "name_ar": "زعفران حر",
        "content_fr": "1 g",
        "content_ar": "1 غ",
        "weighed_fr": "",
        "weighed_ar": "",
        "quantity": 3,
        "price_centimes": 3800,
        "total_centimes": 11400,
        "discount_centimes": 0,
        "paid_centimes": 11400,
        "tax": 0,
    }
    assert said["words"]["fr"].endswith("dirhams")
    assert said["words"]["ar"].endswith("درهما")


def test_an_exempt_cooperative_asks_no_tax_and_says_why(market):
    said = invoice(market).says

    assert said["regime"] == "exempt_coop"
    assert [(tax["code"], tax["tax_centimes"]) for tax in said["taxes"]] == [("exempt_coop", 0)]
    assert "coopérative exonérée" in said["taxes"][0]["law_fr"]


def test_who_asks_tax_has_it_by_rate_and_the_delivery_is_taxed_as_the_goods(market):
    asks_tax(market.saffron_cooperative)

    paper = invoice(market)

    (tax,) = paper.says["taxes"]
    assert (tax["code"], tax["percent"]) == ("rate", 20)
    assert tax["with_tax_centimes"] == paper.total_centimes
    assert tax["tax_centimes"] == (paper.total_centimes + 3) // 6
    assert paper.says["delivery"]["by_tax"] == [paper.order.delivery_centimes]


def test_what_was_weighed_is_invoiced_as_it_weighed(market):
    order = market.order(market.honey).orders.get()
    OrderLine.objects.filter(order=order).update(most_centimes=13800)
    order = accept_order(order, by=market.mina)
    order = weigh_order(order, dict.fromkeys(lines_of(order), 520), by=market.mina)
    paper = issue_invoice(record_delivery(hand_over_order(order, by=market.mina), by=market.mina).pk)

    (line,) = paper.says["lines"]
    assert (line["weighed_fr"], line["paid_centimes"]) == ("520 g", 12480)
    assert paper.total_centimes == 12480 + paper.says["delivery"]["centimes"]


def test_what_a_coupon_took_off_is_off_the_invoice(market):
    offer_coupon("DIX", CouponTerms(percent_off=10), by=None, cooperative_percent=0)
    cart = market.basket(market.saffron, quantity=3)
    use_coupon(cart, "DIX")
    cart.refresh_from_db()
    group = place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    order = accept_order(group.orders.get(), by=market.fatima)
    paper = issue_invoice(record_delivery(hand_over_order(order, by=market.fatima), by=market.fatima).pk)

    (line,) = paper.says["lines"]
    assert (line["total_centimes"], line["discount_centimes"], line["paid_centimes"]) == (11400, 1140, 10260)
    assert paper.total_centimes == 10260 + paper.says["delivery"]["centimes"]


def test_a_whole_return_is_credited_whole_with_its_tax(market):
    asks_tax(market.saffron_cooperative)
    order = delivered(market)
    credit = sent_back_whole(market, order)

    invoiced = Paper.objects.get(kind="invoice")
    assert (credit.corrects, credit.total_centimes) == (invoiced, invoiced.total_centimes)
    assert credit.says["corrects"]["number"] == invoiced.label
    assert credit.says["taxes"] == invoiced.says["taxes"]
    assert (invoiced.number, credit.number) == (1, 2)
    run_jobs()
    assert Paper.objects.count() == 2


def test_money_back_for_a_part_credits_that_part(market):
    asks_tax(market.saffron_cooperative)
    order = delivered(market)

    credit = refunded_for(market, order, 1000)

    assert (credit.total_centimes, credit.says["why"]) == (1000, "complaint")
    assert [(line["quantity"], line["paid_centimes"]) for line in credit.says["lines"]] == [(1, 1000)]
    assert credit.says["taxes"][0]["tax_centimes"] == 167


def test_after_a_part_the_rest_gives_back_the_rest_of_the_tax(market):
    asks_tax(market.saffron_cooperative)
    order = delivered(market)
    part = refunded_for(market, order, 1003)

    rest = sent_back_whole(market, order)

    invoiced = Paper.objects.get(kind="invoice")
    assert part.total_centimes + rest.total_centimes == invoiced.total_centimes
    taxes = [paper.says["taxes"][0]["tax_centimes"] for paper in (part, rest, invoiced)]
    assert taxes[0] + taxes[1] == taxes[2]


def test_each_paper_continues_the_one_before(market):
    first, second = invoice(market, 1), invoice(market, 2)

    assert (first.previous_fingerprint, second.previous_fingerprint) == ("", first.fingerprint)
    second.refresh_from_db()
    assert fingerprint_of(second.snapshot) == second.fingerprint
    assert second.fingerprint.startswith(second.check_code)


@pytest.mark.parametrize("change", ["total_centimes = 1", "snapshot = '{}'", "number = 7"])
def test_nobody_changes_what_was_issued(market, change):
    invoice(market)
    before = Paper.objects.values().get()

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Paper.objects.raw(f"UPDATE invoicing_paper SET {change} RETURNING *")[0]
    assert Paper.objects.values().get() == before


def test_nobody_removes_what_was_issued(market):
    invoice(market)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Paper.objects.all().delete()
    assert Paper.objects.count() == 1


def test_a_new_year_begins_at_one_and_continues_the_chain(market, monkeypatch):
    old = invoice(market, 1)
    later = datetime(old.year + 1, 1, 2, tzinfo=UTC)
    monkeypatch.setattr(clock, "today", later.date)
    issuer = lock_issuer(market.saffron_cooperative.pk)

    new = put_in_series(issuer, Draft("invoice", "order:0", 100, {}))

    assert (new.year, new.number, new.previous_fingerprint) == (old.year + 1, 1, old.fingerprint)


def test_a_regime_counts_from_its_day(market):
    issuer = lock_issuer(market.saffron_cooperative.pk)
    TaxRegime.objects.create(issuer=issuer, regime="vat", valid_from=clock.today() + timedelta(days=1))

    assert invoice(market).says["regime"] == "exempt_coop"


def test_an_invoice_comes_in_the_name_that_the_buyer_asked_for(market):
    order = market.order(market.saffron).orders.get()
    name_on_invoices(order.group, "Association Tazerzit", "001561191000066")
    order = accept_order(order, by=market.fatima)
    paper = issue_invoice(record_delivery(hand_over_order(order, by=market.fatima), by=market.fatima).pk)

    assert paper.says["buyer"]["name"] == "Association Tazerzit"
    assert paper.says["buyer"]["ice"] == "001561191000066"
    assert paper.says["buyer"]["place_fr"] == "Casablanca"


def test_once_all_is_delivered_the_name_stays(market):
    order = delivered(market)

    with pytest.raises(InvoicesAllIssued):
        name_on_invoices(order.group, "Association Tazerzit")
    assert issue_invoice(order.pk).says["buyer"]["name"] == "Salma"
