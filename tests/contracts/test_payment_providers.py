"""Every file in adapters/payments keeps the port's promises."""

from pathlib import Path

import pytest

import twiza.adapters.payments
from twiza.domain.payments.provider import NextStep, PaymentFacts
from twiza.kit.loading import load_class

CODES = sorted(path.stem for path in Path(twiza.adapters.payments.__file__).parent.glob("*.py") if path.stem != "__init__")
PAYMENT = PaymentFacts(reference="group:7", amount_centimes=12_000, currency="MAD", language="fr")


@pytest.fixture(params=CODES)
def provider(request):
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


def test_who_is_paid_on_delivery_sends_the_buyer_nowhere(provider):
    assert not (provider.is_paid_on_delivery and provider.begin(PAYMENT).redirect_url)
