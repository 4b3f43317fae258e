"""Asking for a price, answering, accepting. Each step is one transaction and one event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import acts_under_mandate, answers_for, belongs_to
from twiza.domain.directory.selectors.identity import registrations_of
from twiza.domain.quotes.errors import (
    AmountNotPossible,
    NotSentThere,
    QuoteAnsweredAlready,
    QuoteChanged,
    QuoteDateNotPossible,
    QuoteLapsed,
    QuoteNotOffered,
    QuoteNotPossible,
    ReasonMissing,
    TooManyQuotesAsked,
)
from twiza.domain.quotes.events import QuoteAccepted, QuoteAnswered, QuoteAsked, QuoteRefused, QuoteWithdrawn
from twiza.domain.quotes.locking import lock_quote
from twiza.domain.quotes.models import MOST_PIECES, CountryTerm, Quote, Sending
from twiza.domain.quotes.rules import (
    MOST_ASKED_A_DAY,
    MOST_DELIVERY_CENTIMES,
    MOST_PREPARE_DAYS,
    MOST_PRICE_CENTIMES,
    deposit_of,
    last_possible_day,
)
from twiza.domain.quotes.selectors import count_asked_lately, country_term
from twiza.domain.quotes.states import QUOTE
from twiza.domain.storefronts.models import Storefront
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class Asker:
    """Who wants to know, and where they read the answer. One of phone (E.164) and e-mail is enough."""

    name: str
    phone: str = ""
    email: str = ""
    language: str = "fr"


@dataclass(frozen=True)
class Offer:
    """What a cooperative answers: the price of one and the whole delivery in centimes, and the last day it holds.

    `deposit_percent`: how much of the total it wants before it prepares anything.
    """

    price_centimes: int
    delivery_centimes: int
    valid_until: date
    prepare_days: int
    words: str = ""
    deposit_percent: int = 0


@transaction.atomic
def ask_quote(variant: Variant, quantity: int, country: str, asker: Asker, *, storefront: Storefront, purpose: str = "") -> Quote:
    """The cooperative reads it among what it has to do, and is told by text.

    Raises NotSentThere with the cooperative's reason, TooManyQuotesAsked, QuoteNotPossible.
    """
    product = variant.product
    if not 1 <= quantity <= MOST_PIECES or product.state != Product.State.PUBLISHED:
        raise QuoteNotPossible
    term = country_term(product, country)
    if term.sending == Sending.NEVER:
        raise NotSentThere(country=term.country_name, reason=term.reason)
    if count_asked_lately(asker.phone, asker.email) >= MOST_ASKED_A_DAY:
        raise TooManyQuotesAsked
    quote = Quote.objects.create(
        cooperative=product.cooperative,
        storefront=storefront,
        variant=variant,
        name_fr=product.name_fr,
        name_ar=product.name_ar,
        variant_name_fr=variant.name_fr,
        variant_name_ar=variant.name_ar,
        net_content=variant.net_content,
        net_unit=variant.net_unit,
        quantity=quantity,
        country=country,
        asker_name=asker.name,
        asker_phone=asker.phone,
        asker_email=asker.email,
        purpose=purpose,
        language=asker.language,
    )
    remember("quotes.asked", quote, None)
    publish(QuoteAsked(quote_id=quote.pk))
    return quote


@transaction.atomic
def answer_quote(quote: Quote, offer: Offer, *, by: User) -> Quote:
    """The price stands until the end of its last day in Morocco; whoever asked is told.

    Raises QuoteAnsweredAlready, QuoteDateNotPossible, AmountNotPossible; NotFound when `by` does not speak for the cooperative.
    """
    quote = _lock_own(quote, Quote.State.ANSWERED, by)
    if not clock.today() <= offer.valid_until <= last_possible_day():
        raise QuoteDateNotPossible(last=f"{last_possible_day():%d/%m/%Y}")
    _check_amounts(offer)
    quote.price_centimes, quote.delivery_centimes = offer.price_centimes, offer.delivery_centimes
    quote.total_centimes = offer.price_centimes * quote.quantity + offer.delivery_centimes
    quote.deposit_centimes = deposit_of(quote.total_centimes, offer.deposit_percent)
    quote.valid_until, quote.prepare_days, quote.words = offer.valid_until, offer.prepare_days, offer.words
    _copy_seller(quote)
    _sign(quote, by)
    move(quote, Quote.State.ANSWERED)
    remember("quotes.answered", quote, by, total_centimes=quote.total_centimes)
    publish(QuoteAnswered(quote_id=quote.pk))
    return quote


@transaction.atomic
def refuse_quote(quote: Quote, reason: str, *, by: User) -> Quote:
    """Whoever asked reads why.

    Raises QuoteAnsweredAlready, ReasonMissing; NotFound when `by` does not speak for the cooperative.
    """
    quote = _lock_own(quote, Quote.State.REFUSED, by)
    if not reason.strip():
        raise ReasonMissing
    quote.refusal_reason = reason.strip()
    _sign(quote, by)
    move(quote, Quote.State.REFUSED)
    remember("quotes.refused", quote, by)
    publish(QuoteRefused(quote_id=quote.pk))
    return quote


@transaction.atomic
def withdraw_quote(quote: Quote, *, by: User) -> Quote:
    """Nobody accepts this price any more. Raises QuoteNotOffered, also once it was accepted; NotFound."""
    if not answers_for(by, quote.cooperative):
        raise NotFound
    quote = lock_quote(quote.pk)
    if Quote.State.WITHDRAWN not in QUOTE[quote.state]:
        raise QuoteNotOffered(state=quote.get_state_display())
    quote.withdrawn_at = clock.now()
    move(quote, Quote.State.WITHDRAWN)
    remember("quotes.withdrawn", quote, by)
    publish(QuoteWithdrawn(quote_id=quote.pk))
    return quote


@transaction.atomic
def accept_quote(quote: Quote, *, expected_total_centimes: int) -> Quote:
    """Whoever holds the link says yes to the total they read; the cooperative is told. Said twice, the first time counts.

    Raises QuoteLapsed, QuoteNotOffered, QuoteChanged.
    """
    quote = lock_quote(quote.pk)
    if quote.is_accepted:
        return quote
    if Quote.State.ACCEPTED not in QUOTE[quote.state]:
        raise QuoteNotOffered(state=quote.get_state_display())
    if quote.is_lapsed:
        raise QuoteLapsed(day=f"{quote.valid_until:%d/%m/%Y}")
    if quote.total_centimes != expected_total_centimes:
        raise QuoteChanged
    quote.accepted_at = clock.now()
    move(quote, Quote.State.ACCEPTED)
    remember("quotes.accepted", quote, None, total_centimes=quote.total_centimes)
    publish(QuoteAccepted(quote_id=quote.pk))
    return quote


def remember_mail(quote: Quote, told: str) -> None:
    """Its asker has this e-mail: it is not sent again."""
    Quote.objects.filter(pk=quote.pk).update(told_by_mail=told)


@transaction.atomic
def say_where_it_goes(product: Product, country: str, sending: str, reason: str = "", *, by: User) -> CountryTerm:
    """From now on the product goes to this country, or not, or only after a quote. What was said before is kept, with its date.

    Raises ReasonMissing for a country it does not go to; NotFound when `by` does not speak for the cooperative.
    """
    if not answers_for(by, product.cooperative):
        raise NotFound
    if sending == Sending.NEVER and not reason.strip():
        raise ReasonMissing
    term = CountryTerm.objects.create(
        product=product, country=country, sending=sending, reason=reason.strip() if sending == Sending.NEVER else "", said_by=by
    )
    behalf = f"organisation:{product.cooperative_id}"
    details = {"country": country, "sending": sending}
    record("quotes.country", subject=f"product:{product.pk}", by=by, on_behalf_of=behalf, details=details)
    return term


def _lock_own(quote: Quote, to: str, by: User) -> Quote:
    if not answers_for(by, quote.cooperative):
        raise NotFound
    quote = lock_quote(quote.pk)
    if to not in QUOTE[quote.state]:
        raise QuoteAnsweredAlready(state=quote.get_state_display())
    return quote


def _check_amounts(offer: Offer) -> None:
    is_price = 1 <= offer.price_centimes <= MOST_PRICE_CENTIMES
    if not is_price or not 0 <= offer.delivery_centimes <= MOST_DELIVERY_CENTIMES:
        raise AmountNotPossible
    if not 0 <= offer.prepare_days <= MOST_PREPARE_DAYS or not 0 <= offer.deposit_percent <= 100:
        raise AmountNotPossible


def _copy_seller(quote: Quote) -> None:
    """Who sells, as the law knows them on the day of the answer."""
    seller: Organisation = quote.cooperative
    quote.seller_name_fr, quote.seller_name_ar = seller.name_in("fr"), seller.name_in("ar")
    quote.seller_registration = registrations_of([seller.pk]).get(seller.pk, "")
    commune = seller.published_revision.commune if seller.published_revision else None
    if commune is not None:
        quote.seller_place_fr = f"{commune.name_fr}, {commune.province.name_fr}"
        quote.seller_place_ar = f"{commune.name_ar}، {commune.province.name_ar}"


def _sign(quote: Quote, by: User) -> None:
    quote.answered_by, quote.answered_at = by, clock.now()
    quote.answered_under_mandate = acts_under_mandate(by, quote.cooperative) and not belongs_to(by, quote.cooperative)


def move(quote: Quote, state: str) -> None:
    """The only place that changes the state of a quote."""
    quote.state = state
    quote.save()


def remember(action: str, quote: Quote, by: User | None, **details: object) -> None:
    behalf = f"organisation:{quote.cooperative_id}" if by is not None else ""
    said = {"number": quote.pk, **details}
    record(action, subject=f"quote:{quote.pk}", by=by, on_behalf_of=behalf, details=said)
