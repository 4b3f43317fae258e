"""After the yes: the deposit, then the goods, lot by lot."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from twiza.domain.directory.rules import answers_for
from twiza.domain.inventory.services import dispatch_unpromised
from twiza.domain.quotes.errors import DepositMissing, MoreThanOwed, QuoteNotAccepted, ReceivedOnNotPossible
from twiza.domain.quotes.events import DepositReceived, QuoteSent
from twiza.domain.quotes.locking import lock_quote
from twiza.domain.quotes.models import Quote, QuoteReceipt
from twiza.domain.quotes.services import move, remember
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.money import plain


@transaction.atomic
def record_receipt(quote: Quote, amount_centimes: int, *, how: str, received_on: date, by: User, form_key: UUID) -> QuoteReceipt:
    """The cooperative had so much for it. Once the deposit is whole, whoever asked is told (DepositReceived).

    Told twice under one `form_key`, it is told once. Raises QuoteNotAccepted, MoreThanOwed, ReceivedOnNotPossible; NotFound.
    """
    quote = _accepted(quote, by)
    known = QuoteReceipt.objects.filter(quote=quote, form_key=form_key).first()
    if known is not None:
        return known
    before = _received(quote)
    owed = (quote.total_centimes or 0) - before
    if not 1 <= amount_centimes <= owed:
        raise MoreThanOwed(amount=plain(owed))
    if quote.accepted_at is None or not clock.local_day(quote.accepted_at) <= received_on <= clock.today():
        raise ReceivedOnNotPossible
    receipt = QuoteReceipt.objects.create(
        quote=quote, amount_centimes=amount_centimes, how=how, received_on=received_on, told_by=by, form_key=form_key
    )
    remember("quotes.received", quote, by, amount_centimes=amount_centimes, how=how)
    if before < quote.deposit_centimes <= before + amount_centimes:
        publish(DepositReceived(quote_id=quote.pk))
    return receipt


@transaction.atomic
def send_quote(quote: Quote, *, by: User) -> Quote:
    """All of it left, by lots, and whoever asked is told. Said twice, it left once.

    Raises QuoteNotAccepted, DepositMissing, OutOfStock, changing nothing; NotFound. Locks the quote, then the stock.
    """
    if not answers_for(by, quote.cooperative):
        raise NotFound
    quote = lock_quote(quote.pk)
    if quote.state == Quote.State.SENT:
        return quote
    quote = _accepted(quote, by)
    missing = quote.deposit_centimes - _received(quote)
    if missing > 0:
        raise DepositMissing(amount=plain(missing))
    dispatch_unpromised(quote.variant_id, quote.quantity, reference=quote.reference, by=by)
    quote.sent_at = clock.now()
    move(quote, Quote.State.SENT)
    remember("quotes.sent", quote, by)
    publish(QuoteSent(quote_id=quote.pk))
    return quote


def _accepted(quote: Quote, by: User) -> Quote:
    if not answers_for(by, quote.cooperative):
        raise NotFound
    quote = lock_quote(quote.pk)
    if not quote.is_accepted:
        raise QuoteNotAccepted(state=quote.get_state_display())
    return quote


def _received(quote: Quote) -> int:
    return quote.receipts.aggregate(all=Sum("amount_centimes"))["all"] or 0
