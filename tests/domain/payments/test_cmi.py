"""The bank's form and its notices, by the rebuilt test vector and by recordings."""

from __future__ import annotations

import re

import pytest

from tests.bank import SHOP, signed
from twiza.adapters.payments.cmi import Provider, hash_of
from twiza.domain.payments.provider import Addresses, Notice, NoticeRefused, PaymentFacts, Verdict

VECTOR = {
    "clientid": "1234567", "storetype": "3D_PAY_HOSTING", "trantype": "PreAuth", "amount": "10.60", "currency": "504",
    "oid": "137ABC", "okUrl": "https://shop.example/ok", "failUrl": "https://shop.example/fail",
    "CallbackURL": "https://shop.example/cb", "shopurl": "https://shop.example", "lang": "fr", "rnd": "0.5 1700000000",
    "hashAlgorithm": "ver3", "encoding": "UTF-8", "refreshtime": "5", "email": "a@example.ma",
    "BillToName": "Fatima | Coop \\ Test", "BillToStreet12": "100 rue", "BillToCountry": "504",
}  # fmt: skip
SAID = {"clientid": "600000001", "oid": "P1Xab", "amount": "160.00", "currency": "504", "ProcReturnCode": "00", "TransId": "T1"}


@pytest.fixture(autouse=True)
def shop(settings):
    for name, value in SHOP.items():
        setattr(settings, name, value)


@pytest.fixture
def outside(monkeypatch):
    monkeypatch.setattr("twiza.adapters.payments.cmi.forbid_inside_transaction", lambda: None)


def test_the_hash_is_that_of_the_vector():
    assert hash_of(VECTOR, r"TEST|KEY\1") == (
        "nZggvE6je1BVniSJS7xrvmQbIgSuUN7CnbhS5Xvlms/n8MmzFcRdYhoj6FDctNOOwwg2lGNdsdAZnyjq9mNWVA=="
    )


def test_numbers_in_names_are_sorted_as_numbers_whatever_the_case():
    fields = {"billtostreet12": "b", "BillToStreet2": "a", "Bill_": "c"}

    assert hash_of(fields, "k") == hash_of(dict(reversed(fields.items())), "k")
    assert hash_of(fields, "k") != hash_of({**fields, "billtostreet12": "a", "BillToStreet2": "b"}, "k")


def test_the_form_is_signed_and_says_the_amount_in_dirhams(outside):
    where = Addresses("https://shop.example/cb", "https://shop.example/back", "https://shop.example/")
    step = Provider().begin(PaymentFacts("group:7", 1_060, "MAD", "ary", "P7X01", where, "Leïla", "l@example.org"))
    fields = dict(step.fields)

    assert step.post_to == SHOP["CMI_URL"]
    assert fields["HASH"] == hash_of(fields, SHOP["CMI_STORE_KEY"])
    assert (fields["amount"], fields["oid"], fields["lang"], fields["currency"]) == ("10.60", "P7X01", "ar", "504")
    assert (fields["okUrl"], fields["failUrl"], fields["CallbackURL"]) == (where.back, where.back, where.notice)
    assert SHOP["CMI_STORE_KEY"] not in "".join(fields.values())


def test_a_signed_notice_is_read_without_the_card():
    said = Provider().read_notice(Notice(b"", signed({**SAID, "AuthCode": "9", "maskedCreditCard": "4000 00** **** 0010"})))

    assert (said.attempt, said.outcome, said.amount_centimes, said.currency) == ("P1Xab", "approved", 16_000, "MAD")
    assert (said.provider_reference, dict(said.told)) == ("T1", {"ProcReturnCode": "00", "AuthCode": "9"})


@pytest.mark.parametrize("amount", ["", "160.005", "-160", "NaN", "Infinity", "1e999999", "160,00", "9" * 40])
def test_an_amount_that_is_none_fits_no_order(amount):
    assert Provider().read_notice(Notice(b"", signed({**SAID, "amount": amount}))).amount_centimes == -1


@pytest.mark.parametrize("code", ["51", "", "0", "000", "00 "])
def test_only_two_noughts_are_an_approval(code):
    assert Provider().read_notice(Notice(b"", signed({**SAID, "ProcReturnCode": code}))).outcome == "failed"


@pytest.mark.parametrize(
    "fields",
    [
        SAID,
        {**SAID, "HASH": ""},
        {**signed(SAID), "amount": "1.00"},
        signed(SAID, "another key"),
        signed({**SAID, "clientid": "600000002"}),
        signed({**SAID, "oid": ""}),
        {"HASH": "\u0665\ud7ff"},
    ],
)
def test_what_the_bank_did_not_sign_for_us_is_refused_without_repeating_it(fields):
    with pytest.raises(NoticeRefused) as refusal:
        Provider().read_notice(Notice(b"", fields))

    assert re.fullmatch(r"[A-Z][a-z ]+\.", str(refusal.value))


def test_without_a_key_nothing_is_believed(settings):
    settings.CMI_STORE_KEY = ""

    with pytest.raises(NoticeRefused):
        Provider().read_notice(Notice(b"", signed(SAID, "")))


def test_it_answers_with_the_banks_three_words():
    assert [Provider().answer(verdict) for verdict in Verdict] == ["ACTION=POSTAUTH", "APPROVED", "FAILURE"]
