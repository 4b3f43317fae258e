"""Who hears of a quote: the cooperative when it is asked and when its price is accepted, the asker of every answer.

Texts go to Moroccan telephones only. Whoever lives elsewhere has the same words by e-mail when they gave an address; all read
the answer on the page of the link they were led to.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from twiza.domain.directory.selectors import people_receiving_texts
from twiza.domain.notifications.composing import compose, shortened
from twiza.domain.notifications.handlers.telling import script_of, tell_person
from twiza.domain.quotes.events import (
    DepositReceived,
    QuoteAccepted,
    QuoteAnswered,
    QuoteAsked,
    QuoteRefused,
    QuoteSent,
    QuoteWithdrawn,
)
from twiza.domain.quotes.models import Quote
from twiza.domain.quotes.services import remember_mail
from twiza.foundation.events.subscriptions import on
from twiza.foundation.messaging.services import queue_text
from twiza.kit.countries import country_name
from twiza.kit.money import plain
from twiza.kit.translations import translated


@on(QuoteAsked)
def tell_cooperative_of_the_question(event: QuoteAsked) -> None:
    """Unless it answered meanwhile."""
    quote = _quote(event.quote_id)
    if quote.state == Quote.State.ASKED:
        _tell_cooperative(quote, "quote_asked.cooperative", "quote-asked")


@on(QuoteAnswered)
def tell_asker_the_price(event: QuoteAnswered) -> None:
    _tell_asker(_quote(event.quote_id), "quote_answered.asker", "quote-answered")


@on(QuoteRefused)
def tell_asker_of_the_refusal(event: QuoteRefused) -> None:
    _tell_asker(_quote(event.quote_id), "quote_refused.asker", "quote-refused")


@on(QuoteWithdrawn)
def tell_asker_it_is_gone(event: QuoteWithdrawn) -> None:
    _tell_asker(_quote(event.quote_id), "quote_withdrawn.asker", "quote-withdrawn")


@on(QuoteAccepted)
def tell_cooperative_of_the_yes(event: QuoteAccepted) -> None:
    _tell_cooperative(_quote(event.quote_id), "quote_accepted.cooperative", "quote-accepted")


@on(DepositReceived)
def tell_asker_it_is_prepared(event: DepositReceived) -> None:
    _tell_asker(_quote(event.quote_id), "quote_deposit.asker", "quote-deposit")


@on(QuoteSent)
def tell_asker_it_left(event: QuoteSent) -> None:
    _tell_asker(_quote(event.quote_id), "quote_sent.asker", "quote-sent")


def _tell_cooperative(quote: Quote, text: str, key: str) -> None:
    for person in people_receiving_texts(quote.cooperative):
        script = script_of(person.language)
        facts: dict[str, Any] = {
            "number": quote.pk,
            "content": f"{quote.quantity} x {shortened(translated(quote, 'name', script), 40)}",
            "country": country_name(quote.country, script),
            "total": plain(quote.total_centimes or 0),
        }
        tell_person(person, text, f"{key}:{quote.pk}", **facts)


def _tell_asker(quote: Quote, text: str, key: str) -> None:
    if not quote.is_told_by_text and not quote.asker_email:
        return
    words = compose(
        text,
        quote.language,
        cooperative=shortened(quote.cooperative.name_in(script_of(quote.language)), 40),
        link=f"{settings.SITE_URL}/{quote.language}/quotes/{quote.token}/",
    )
    if quote.is_told_by_text:
        queue_text(to=quote.asker_phone, text=words, key=f"{key}:{quote.pk}", kind="service", language=quote.language)
    else:
        mail_asker(quote, words, text)


def mail_asker(quote: Quote, words: str, what: str) -> None:
    """Once, to whoever gave an address. When mail is down, the job fails and is tried again later."""
    if not quote.asker_email or quote.told_by_mail == what:
        return
    with override(script_of(quote.language)):
        subject = f"Twiza · {_('Quote %(number)s') % {'number': quote.pk}}"
    send_mail(subject, words, None, [quote.asker_email])
    remember_mail(quote, what)


def _quote(quote_id: int) -> Quote:
    return Quote.objects.select_related("cooperative__published_revision").get(pk=quote_id)
