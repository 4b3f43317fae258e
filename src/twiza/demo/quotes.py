"""Whoever wants many, or is far away, asks for a price: one waits, one was accepted, one is on its way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from twiza.demo import fiction
from twiza.demo.cooperatives import Seller
from twiza.demo.orders import first_size_of
from twiza.domain.quotes.models import Quote
from twiza.domain.quotes.services import Asker, Offer, accept_quote, answer_quote, ask_quote
from twiza.domain.quotes.services.fulfilling import record_receipt, send_quote
from twiza.domain.storefronts.models import Storefront
from twiza.kit.clock import today

FIRST_ASKER = 5101
DAYS_TO_THINK = 21
DEPOSIT_PERCENT = 30
DELIVERY_CENTIMES = 350_00


def ask_for_quotes(storefront: Storefront, sellers: Mapping[str, Seller]) -> None:
    """A restaurant waits, a shop accepted and owes its deposit, a hotel paid and has its soap sent."""
    _ask(storefront, sellers["nahla"], 20, "BE", _asker(0, "Épicerie Atlas, Bruxelles"), "pour une épicerie")
    accepted = _ask(storefront, sellers["keskas"], 40, "FR", _asker(1, "Table d'Yasmine, Lyon"), "pour un restaurant")
    _agree(accepted, sellers["keskas"])
    sent = _ask(storefront, sellers["nissae"], 30, "MA", _asker(2, "Riad Les Orangers, Marrakech"), "pour les chambres")
    sent = _agree(sent, sellers["nissae"])
    president = sellers["nissae"].president
    key = uuid5(NAMESPACE_URL, sent.reference)
    record_receipt(sent, sent.deposit_centimes, how="transfer", received_on=today(), by=president, form_key=key)
    send_quote(sent, by=president)


def _asker(place: int, name: str) -> Asker:
    return Asker(name, phone=fiction.phone(FIRST_ASKER + place))


def _ask(storefront: Storefront, seller: Seller, pieces: int, country: str, asker: Asker, purpose: str) -> Quote:
    return ask_quote(first_size_of(seller), pieces, country, asker, storefront=storefront, purpose=purpose)


def _agree(quote: Quote, seller: Seller) -> Quote:
    """Offered for a tenth less than the catalogue says, with a deposit, and accepted."""
    offer = Offer(
        price_centimes=quote.variant.price_centimes * 9 // 10,
        delivery_centimes=DELIVERY_CENTIMES,
        valid_until=today() + timedelta(days=DAYS_TO_THINK),
        prepare_days=7,
        words="Nous emballons par cartons de dix.",
        deposit_percent=DEPOSIT_PERCENT,
    )
    answered = answer_quote(quote, offer, by=seller.president)
    return accept_quote(answered, expected_total_centimes=answered.total_centimes or 0)
