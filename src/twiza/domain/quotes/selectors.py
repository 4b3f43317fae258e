"""Questions about quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, IntegerField, Q, Value, When

from twiza.domain.catalogue.models import Product
from twiza.domain.directory.models import Organisation
from twiza.domain.inventory.models import Lot
from twiza.domain.inventory.selectors import lots_sent_with, pieces_sent_of, pieces_sent_since
from twiza.domain.quotes.models import CountryTerm, Quote, QuoteReceipt, Sending
from twiza.kit import clock
from twiza.kit.countries import HOME
from twiza.kit.errors import NotFound

MOST_LISTED = 200
_CAUSE = "quote:"  # as `Quote.reference`


def quote_with(token: str) -> Quote:
    """The quote behind the link that its asker keeps. Raises NotFound."""
    quote = _with_people(Q(token=token)) if 0 < len(token) <= 40 and "\x00" not in token else None
    if quote is None:
        raise NotFound
    return quote


def quote_of(cooperative: Organisation, quote_id: int) -> Quote:
    """A quote asked of this cooperative. Ask for it through the viewer first. Raises NotFound, also for another's."""
    quote = _with_people(Q(pk=quote_id) & asked_of(cooperative))
    if quote is None:
        raise NotFound
    return quote


def quotes_of(cooperative: Organisation) -> Sequence[Quote]:
    """Those that wait first, the oldest of them on top; then the newest. Ask for the cooperative through the viewer first."""
    waits = Case(When(state=Quote.State.ASKED, then=Value(0)), default=Value(1), output_field=IntegerField())
    age = Case(When(state=Quote.State.ASKED, then="pk"), default=Value(0), output_field=IntegerField())
    return list(Quote.objects.filter(asked_of(cooperative)).order_by(waits, age, "-pk")[:MOST_LISTED])


@dataclass(frozen=True)
class Account:
    """What came for a quote and what is still owed, in centimes; and in which lots it left."""

    receipts: Sequence[QuoteReceipt]
    total_centimes: int
    deposit_centimes: int
    lots: Sequence[tuple[str, int]]

    @property
    def received_centimes(self) -> int:
        return sum(receipt.amount_centimes for receipt in self.receipts)

    @property
    def owed_centimes(self) -> int:
        return self.total_centimes - self.received_centimes

    @property
    def deposit_missing_centimes(self) -> int:
        return max(self.deposit_centimes - self.received_centimes, 0)

    @property
    def rest_centimes(self) -> int:
        """Of the total, after the deposit."""
        return self.total_centimes - self.deposit_centimes


@dataclass(frozen=True)
class AskerOfLot:
    """Whoever was sent goods by a quote. No `pieces`: they may only hold some of the lot."""

    quote: Quote
    pieces: int


def askers_sent(lot: Lot, *, widely: bool = False) -> Sequence[AskerOfLot]:
    """Whoever was sent pieces of it by a quote, the surest first; when `widely`, also its kind since it was received.

    Ask for the lot through the viewer first.
    """
    sure = pieces_sent_of(lot)
    causes = sure | {cause: 0 for cause in pieces_sent_since(lot) if cause not in sure} if widely else sure
    named = {int(cause.removeprefix(_CAUSE)): pieces for cause, pieces in causes.items() if cause.startswith(_CAUSE)}
    quotes = Quote.objects.filter(pk__in=named, state=Quote.State.SENT).select_related("cooperative__published_revision")
    found = [AskerOfLot(quote, named[quote.pk]) for quote in quotes.order_by("pk")]
    return sorted(found, key=lambda asker: -asker.pieces)


def account_of(quote: Quote) -> Account:
    """Ask for the quote through its asker's link, or through the viewer, first."""
    lots = lots_sent_with(quote.reference) if quote.state == Quote.State.SENT else ()
    return Account(list(quote.receipts.all()), quote.total_centimes or 0, quote.deposit_centimes, lots)


def count_quotes_to_answer(cooperative: Organisation) -> int:
    return Quote.objects.filter(asked_of(cooperative), state=Quote.State.ASKED).count()


def country_terms_of(product: Product) -> Sequence[CountryTerm]:
    """What holds today, one for each country of which something was said."""
    newest = CountryTerm.objects.filter(product=product).order_by("country", "-pk").distinct("country")
    return list(newest)


def countries_out_of_reach(product: Product) -> list[CountryTerm]:
    """Where the cooperative said that it does not send it, with why."""
    return [term for term in country_terms_of(product) if term.sending == Sending.NEVER]


def country_term(product: Product, country: str) -> CountryTerm:
    """What holds for this country; where nothing was said, Morocco is sent to and the rest is only quoted for."""
    said = CountryTerm.objects.filter(product=product, country=country).order_by("-pk").first()
    usual = Sending.SHIPS if country == HOME else Sending.QUOTE
    return said or CountryTerm(product=product, country=country, sending=usual)


def count_asked_lately(phone: str, email: str) -> int:
    """How many quotes this telephone or this e-mail address asked for in the last 24 hours."""
    same = Q(asker_phone=phone) & ~Q(asker_phone="") | Q(asker_email__iexact=email) & ~Q(asker_email="")
    return Quote.objects.filter(same, asked_at__gt=clock.now() - timedelta(days=1)).count()


def asked_of(cooperative: Organisation) -> Q:
    """Its own, and those asked of pages that became part of it."""
    return Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative)


def _with_people(which: Q) -> Quote | None:
    quotes = Quote.objects.filter(which)
    return quotes.select_related("cooperative__published_revision", "variant__product", "answered_by", "storefront").first()
