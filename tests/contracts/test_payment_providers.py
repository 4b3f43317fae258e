"""Every file in adapters/payments keeps the port's promises."""

from pathlib import Path

import pytest
from django.conf import settings

import twiza.adapters.payments
from tests.youcan import TOKENIZED
from twiza.domain.payments.provider import NextStep, Notice, NoticeRefused, PaymentFacts, Verdict
from twiza.kit.loading import load_class

CODES = sorted(path.stem for path in Path(twiza.adapters.payments.__file__).parent.glob("*.py") if path.stem != "__init__")
PAYMENT = PaymentFacts(reference="group:7", amount_centimes=12_000, currency="MAD", language="fr")


@pytest.fixture(params=CODES)
def provider(request, monkeypatch):
    """One that goes out hears what was recorded."""
    if request.param == "youcan_pay":
        monkeypatch.setattr("twiza.adapters.payments.youcan_pay.Provider._ask", lambda *_: TOKENIZED)
    return load_class("twiza.adapters.payments", request.param, "Provider")()


def test_an_operator_who_chooses_reads_its_name(provider):
    assert str(provider.name).strip()


def test_its_code_is_the_name_of_its_file(provider):
    assert type(provider).__module__ == f"twiza.adapters.payments.{provider.code}"


def test_it_says_whether_it_is_paid_on_delivery(provider):
    assert provider.is_paid_on_delivery in {True, False}


def test_it_says_where_the_buyer_goes_now(provider):
    step = provider.begin(PAYMENT)

    assert isinstance(step, NextStep)
    assert step.redirect_url == "" or step.redirect_url.startswith(("https://", "/"))
    assert step.post_to == "" or step.post_to.startswith(("https://", settings.SITE_URL))


def test_who_is_paid_on_delivery_sends_the_buyer_nowhere(provider):
    assert not (provider.is_paid_on_delivery and provider.begin(PAYMENT) != NextStep())


@pytest.mark.parametrize("fields", [{}, {"HASH": "", "hash": "x"}, {"\x00": "\x00"}, {"oid": "P1X1", "ProcReturnCode": "00"}])
def test_a_notice_that_nobody_signed_is_refused_in_words(provider, fields):
    with pytest.raises(NoticeRefused) as refusal:
        provider.read_notice(Notice(b"\xff", fields))

    assert str(refusal.value)


def test_it_answers_each_verdict_in_a_word_of_its_own(provider):
    assert len({provider.answer(verdict) for verdict in Verdict}) == len(Verdict)
