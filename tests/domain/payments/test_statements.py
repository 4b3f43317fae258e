"""What banks write is read, each line of money that came in is known once, and nothing is lost in silence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bank_account import ACCOUNT
from twiza.domain.payments.errors import NoStatement, WrongAccount
from twiza.domain.payments.rules import LineTrouble, MoneyIn, lines_of, read_day, read_signed
from twiza.domain.payments.services.statements import fingerprints
from twiza.kit.rows import Row

RIB = ACCOUNT["TRANSFER_RIB"]


def rows(*lines: str) -> list[Row]:
    return [Row(number, line.split(";")) for number, line in enumerate(lines, start=1)]


@pytest.mark.parametrize(
    "text",
    ["23/11/2026", "23-11-26", "23.11.2026", "2026-11-23", "20261123", "23 NOV 2026", "23 nov. 26", "23-Nov-2026", "٢٣/١١/٢٠٢٦",
     "23 نونبر 2026", "23/11/2026 10:42", "2026-11-23T10:42:07", " 23 novembre 2026 "],
)  # fmt: skip
def test_a_day_is_read_as_banks_write_it(text):
    assert read_day(text) == date(2026, 11, 23)


@pytest.mark.parametrize("text", ["", "31/02/2026", "23/13/2026", "solde", "2311", "23 brumaire 2026", "9" * 40])
def test_no_day_is_invented(text):
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "centimes"),
    [("155", 15_500), ("155,00", 15_500), ("1 234,5", 123_450), ("1\u202f234,50", 123_450), ("1.234,50", 123_450),
     ("1,234.50", 123_450), ("1.234", 123_400), ("12'000.00", 1_200_000), ("+155,00", 15_500), ("-155,00", -15_500),
     ("155,00-", -15_500), ("(155,00)", -15_500), ("155,00 CR", 15_500), ("155,00 DB", -15_500), ("155 MAD", 15_500),
     ("٢٣٥٫٥٠", 23_550), ("0,05", 5)],
)  # fmt: skip
def test_an_amount_is_read_to_the_centime(text, centimes):
    assert read_signed(text) == centimes


@pytest.mark.parametrize("text", ["", "abc", "1,23,4", "12.34.5", "(155", "155)", "1e5", "NaN", "9" * 30, "--5"])
def test_no_amount_is_invented(text):
    assert read_signed(text) is None


@given(st.integers(1, 10**9), st.sampled_from([" ", ".", "", "\u00a0"]))
def test_whatever_is_written_is_read_back(centimes, groups):
    text = f"{centimes // 100:,}".replace(",", groups) + f",{centimes % 100:02d}"
    assert read_signed(text) == centimes


def test_two_columns_of_amounts_under_a_title():
    said = rows(
        "Relevé de compte;;;;", f"RIB;{RIB};;;", "Date opération;Date valeur;Libellé;Débit;Crédit",
        "22/11/2026;22/11/2026;FRAIS DE TENUE;12,00;", "23/11/2026;23/11/2026;VIR RECU SALMA;;155,00",
        ";;TW 4821 7305;;", "23/11/2026;24/11/2026;VIR RECU X;;1 200,50", ";;Solde;;1 343,50",
    )  # fmt: skip
    assert list(lines_of(said, RIB)) == [
        MoneyIn(5, date(2026, 11, 23), "VIR RECU SALMA TW 4821 7305", 15_500),
        MoneyIn(7, date(2026, 11, 23), "VIR RECU X", 120_050),
    ]


@pytest.mark.parametrize(
    "lines",
    [("Date;Libellé;Motif;Montant", "23/11/2026;VIR;TW1;155,00", "23/11/2026;FRAIS;;-12,00"),
     ("Date;Libellé;Montant;Sens", "23/11/2026;VIR TW1;155,00;C", "23/11/2026;FRAIS;12,00;D"),
     ("التاريخ;البيان;مدين;دائن", "23/11/2026;VIR TW1;;155,00", "23/11/2026;FRAIS;12,00;"),
     ("23/11/2026;23/11/2026;VIR TW1;;155,00", "23/11/2026;23/11/2026;FRAIS;12,00;"),
     ("Booking date;Narrative;Amount", "2026-11-23;VIR TW1;155.00", "2026-11-23;FEE;-12.00")],
)  # fmt: skip
def test_every_layout_says_the_same(lines):
    (line,) = lines_of(rows(*lines), RIB)
    assert (line.on, line.words, line.amount_centimes) == (date(2026, 11, 23), "VIR TW1", 15_500)


def test_what_cannot_be_read_is_named_by_its_line():
    said = rows("Date;Libellé;Débit;Crédit", "hier;VIR;;10,00", "23/11/2026;VIR;;dix", "23/11/2026;ANNULATION;;-10,00", "1;2;3")
    assert list(lines_of(said, RIB)) == [LineTrouble(2, "day"), LineTrouble(3, "amount"), LineTrouble(4, "negative")]


def test_another_account_or_no_statement_is_refused():
    other = "007780000123456789012396"
    with pytest.raises(WrongAccount):
        list(lines_of(rows(f"Compte;MA64{other}", "Date;Libellé;Crédit", "23/11/2026;VIR;10,00"), RIB))
    with pytest.raises(NoStatement):
        list(lines_of(rows("Nom;Ville", "Salma;Casablanca"), RIB))
    with pytest.raises(NoStatement):
        list(lines_of([], RIB))


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.data())
def test_any_stretch_of_the_same_days_names_the_same_lines(words, data):
    lines = [MoneyIn(number, date(2026, 11, 1), text, 100) for number, text in enumerate(words)]
    cut = data.draw(st.integers(0, len(lines)))
    whole, part = fingerprints(lines, RIB), fingerprints(lines[:cut], RIB)

    assert (len(whole), len(part)) == (len(lines), cut)
    assert set(part) <= set(whole)
    assert not set(whole) & set(fingerprints(lines, "0" * 24))
