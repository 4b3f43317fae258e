"""A carrier's list of the cash it hands over: what fits settles, what does not is named, and nothing is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.orders.models import Order
from twiza.domain.orders.services import accept_order, hand_over_order, record_delivery, record_refusal
from twiza.domain.orders.services.remittances import import_remittance
from twiza.domain.payments.errors import RemittanceKnown
from twiza.domain.payments.events import CashRemitted
from twiza.domain.payments.models import CashCollection, Remittance, RemittanceLine
from twiza.domain.payments.selectors import cash_of
from twiza.domain.payments.services.remitting import Came, read_remittance, recording
from twiza.domain.payments.services.remitting.amounts import centimes_written
from twiza.domain.payments.services.remitting.reading import RemittanceHeadingsUnknown
from twiza.domain.payments.services.remitting.settling import settle
from twiza.kit import clock
from twiza.kit.errors import NotFound

CARRIER = "tariff_table"
DAY = date(2026, 11, 20)


@pytest.fixture
def told(monkeypatch) -> list[CashRemitted]:
    heard: list[CashRemitted] = []
    monkeypatch.setattr(recording, "publish", heard.append)
    return heard


@pytest.fixture
def keeper(market):
    entrust_register(market.operator, by=None)
    return market.youssef


def sent(market, tracking: str) -> Order:
    order = accept_order(market.order(market.saffron).orders.get(), by=market.fatima)
    return hand_over_order(order, by=market.fatima, tracking=tracking)


def delivered(market, tracking: str) -> Order:
    return record_delivery(sent(market, tracking), by=market.fatima)


def cash(order: Order) -> CashCollection:
    found = cash_of(f"order:{order.pk}")
    assert found is not None
    return found


def came(tmp_path: Path, text: str, by, reference: str = "", received: int | None = None) -> Remittance:
    file = tmp_path / "liste.csv"
    file.write_bytes(text.encode("utf-8"))
    return import_remittance(file, CARRIER, Came(DAY, reference, received), by=by)[0]


def became(remittance: Remittance) -> dict[str, str]:
    return dict(remittance.lines.values_list("text", "became"))


@pytest.mark.parametrize(
    ("text", "centimes"),
    [
        ("275", 27500),
        ("275,00", 27500),
        ("1 275,50 DH", 127550),
        ("1\u202f275,50\u00a0dhs", 127550),
        ("1.275,50", 127550),
        ("1,275.50", 127550),
        ("٢٧٥٫٥٠ د.م.", 27550),
        ("١٬٢٧٥٫٥٠", 127550),
        ("12 345 درهم", 1234500),
        ("1.275", None),
        ("1,275", None),
        ("-5", None),
        ("1e3", None),
        ("beaucoup", None),
        ("", None),
    ],
)
def test_amounts_are_read_as_carriers_write_them_and_never_guessed(text, centimes):
    assert centimes_written(text) == centimes


@given(st.integers(0, 99_999_999), st.sampled_from([" ", "\u202f", ""]), st.sampled_from([",", "."]))
def test_an_amount_with_its_centimes_is_read_as_it_was_written(centimes, thousands, point):
    written = f"{centimes // 100:,}".replace(",", thousands) + f"{point}{centimes % 100:02d}"

    assert centimes_written(written) == centimes


def test_a_list_settles_what_its_buyers_paid(market, keeper, told, tmp_path):
    order = delivered(market, "LD-1")
    total = cash(order).collected_centimes

    remittance = came(tmp_path, f"\ufeffN° colis;Montant CRBT;Frais\nLD-1;{total / 100:.2f};25,00\n", keeper, "V-7")

    line = remittance.lines.get()
    assert (line.became, line.collected_centimes, line.fee_centimes) == ("settled", total, 2500)
    assert (line.remitted_centimes, line.shortage_centimes) == (total - 2500, 0)
    assert (remittance.received_centimes, remittance.kept_centimes) == (total - 2500, 2500)
    assert cash(order).state == "remitted"
    assert told == [CashRemitted(remittance_id=remittance.pk)]


def test_the_same_file_twice_changes_nothing(market, keeper, told, tmp_path):
    order = delivered(market, "LD-1")
    text = f"colis;montant\nLD-1;{cash(order).collected_centimes // 100}\n"
    first = came(tmp_path, text, keeper)

    second = came(tmp_path, text, keeper, "another name")

    assert second == first
    assert (Remittance.objects.count(), RemittanceLine.objects.count(), len(told)) == (1, 1, 1)


def test_another_list_under_the_same_reference_is_refused(market, keeper, told, tmp_path):
    order = delivered(market, "LD-1")
    came(tmp_path, "colis;montant\nLD-9;10\n", keeper, "V-7")

    with pytest.raises(RemittanceKnown):
        came(tmp_path, f"colis;montant\nLD-1;{cash(order).collected_centimes // 100}\n", keeper, "V-7")

    assert cash(order).state == "collected"
    assert (Remittance.objects.count(), len(told)) == (1, 1)


def test_whatever_does_not_fit_is_kept_and_named(market, keeper, told, tmp_path):
    little, much, good = (delivered(market, code) for code in ("LD-1", "LD-2", "LD-3"))
    travelling = sent(market, "LD-4")
    refused = record_refusal(sent(market, "LD-5"), reason="not_wanted", by=market.fatima)
    owed = cash(good).collected_centimes
    amount = f"{owed / 100:.2f}".replace(".", ",")
    rows = [
        "LD-1;10,00",
        f"LD-2;{owed // 100 + 500}",
        f"LD-3;{amount}",
        f"LD-3;{amount}",
        f"LD-4;{amount}",
        f"LD-5;{amount}",
        "LD-6;99",
        "LD-7;1.275",
        "LD-8;",
        "TOTAL;99999",
        ";",
    ]

    remittance = came(tmp_path, "Amana, versement du 20/11\n\nColis;Montant\n" + "\n".join(rows), keeper)

    assert list(remittance.lines.values_list("text", "became")) == [
        ("LD-1", "too_little"),
        ("LD-2", "too_much"),
        ("LD-3", "settled"),
        ("LD-3", "doubled"),
        ("LD-4", "not_delivered"),
        ("LD-5", "refused"),
        ("LD-6", "unknown"),
        ("LD-7", "unreadable"),
        ("LD-8", "unreadable"),
    ]
    assert remittance.lines.get(text="LD-1").shortage_centimes == owed - 1000
    states = {one: cash(one).state for one in (little, much, good, travelling, refused)}
    assert list(states.values()) == ["short", "remitted", "remitted", "expected", "refused"]


def test_what_was_handed_over_before_is_not_again_and_what_was_missing_may_follow(market, keeper, tmp_path):
    order = delivered(market, "LD-1")
    owed = cash(order).collected_centimes
    came(tmp_path, "colis;montant\nLD-1;10\n", keeper, "V-1")

    again = came(tmp_path, "colis;montant\nLD-1;10\nLD-0;1\n", keeper, "V-2")
    assert became(again) == {"LD-1": "already", "LD-0": "unknown"}
    assert cash(order).state == "short"

    rest = came(tmp_path, f"colis;montant\nLD-1;{(owed - 1000) / 100:.2f}\n", keeper, "V-3")
    assert became(rest) == {"LD-1": "settled"}
    assert cash(order).state == "remitted"

    late = came(tmp_path, f"colis;montant\nLD-1;{owed / 100:.2f}\n", keeper, "V-4")
    assert became(late) == {"LD-1": "already"}


def test_what_came_before_the_word_of_its_delivery_settles_with_it(market, keeper, tmp_path):
    order = sent(market, "LD-1")
    remittance = came(tmp_path, "colis;montant\nLD-1;10\n", keeper)

    record_delivery(order, by=market.fatima)

    line = remittance.lines.get()
    assert (line.became, cash(order).state) == ("too_little", "short")
    assert line.shortage_centimes == cash(order).collected_centimes - 1000


def test_an_orders_number_of_two_cooperatives_means_the_one_that_waits_for_that_much(market, keeper, tmp_path):
    saffron = delivered(market, "")
    honey = hand_over_order(accept_order(market.order(market.honey).orders.get(), by=market.mina), by=market.mina)
    honey = record_delivery(honey, by=market.mina)
    Order.objects.filter(pk=honey.pk).update(number=saffron.number)
    owed = cash(honey).collected_centimes
    assert owed != cash(saffron).collected_centimes

    remittance = came(tmp_path, f"commande;montant\n{saffron.number};{owed / 100:.2f}\n{saffron.number};1\n", keeper)

    assert list(remittance.lines.values_list("became", flat=True)) == ["settled", "ambiguous"]
    assert (cash(honey).state, cash(saffron).state) == ("remitted", "collected")


def test_what_came_in_may_differ_from_what_the_list_says(market, keeper, tmp_path):
    order = delivered(market, "LD-1")
    owed = cash(order).collected_centimes

    remittance = came(tmp_path, f"colis;montant\nLD-1;{owed / 100:.2f}\n", keeper, received=owed - 100)

    assert remittance.received_centimes == owed - 100


def test_nobody_but_a_keeper_of_the_register_says_that_cash_came(market, told, tmp_path):
    order = delivered(market, "LD-1")

    for person in (market.fatima, market.youssef, market.salma):
        with pytest.raises(NotFound):
            came(tmp_path, f"colis;montant\nLD-1;{cash(order).collected_centimes // 100}\n", person)

    assert (cash(order).state, Remittance.objects.count(), told) == ("collected", 0, [])


def test_a_file_without_numbers_and_amounts_is_no_list(market, keeper, tmp_path):
    with pytest.raises(RemittanceHeadingsUnknown):
        came(tmp_path, "nom;ville\nSalma;Fès\n", keeper)

    assert Remittance.objects.count() == 0


def test_arabic_headings_and_a_carriers_own_are_known(tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text("رقم الطرد;المبلغ المحصل;الرسوم;الصافي\n٧;٢٧٥٫٠٠;٢٥;٢٥٠\n", "utf-8")
    (row,) = read_remittance(file, "sendit").rows
    assert (row.collected_centimes, row.fee_centimes, row.remitted_centimes) == (27500, 2500, 25000)

    file.write_text("Code Sendit,Amount,Fee\nDGSHYJ,275.00,25\n", "utf-8")
    (row,) = read_remittance(file, "sendit").rows
    assert (row.parcel, row.collected_centimes, row.remitted_centimes) == ("DGSHYJ", 27500, 25000)


def test_ten_thousand_rows_ask_the_database_a_few_times(market, keeper, tmp_path):
    rows = "".join(f"LD-{number};275,00;25,00\n" for number in range(10_000))

    with CaptureQueriesContext(connection) as asked:
        remittance = came(tmp_path, f"colis;montant;frais\n{rows}", keeper)

    assert remittance.lines.count() == 10_000
    assert remittance.received_centimes == 10_000 * 25_000
    assert len(asked) < 60


LINE = st.tuples(st.integers(0, 400), st.integers(0, 100))


@given(st.integers(1, 400), st.lists(LINE, max_size=6))
def test_whatever_is_said_of_a_parcel_no_centime_of_it_is_settled_twice(collected, said):
    """Its state says whether money is missing, and the rows that count make what is there."""
    collection = CashCollection(
        pk=1, state="collected", expected_centimes=collected, collected_centimes=collected, collected_at=clock.now()
    )
    paid = 0
    for remitted, fee in said:
        line = RemittanceLine(remitted_centimes=remitted, fee_centimes=fee)
        settle(line, collection, paid_before=paid)
        if line.became in RemittanceLine.COUNTED:
            paid += line.paid_over_centimes
        assert line.shortage_centimes == (collected - paid if line.became == "too_little" else 0)

    assert collection.state == ("collected" if not said else "short" if paid < collected else "remitted")
