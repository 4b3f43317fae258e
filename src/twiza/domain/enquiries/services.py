"""Asking, answering, showing, forgetting. Each step is one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from twiza.domain.catalogue.locking import lock_product
from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.services.rating import keep_questions_shown
from twiza.domain.directory.rules import answers_for, manages
from twiza.domain.enquiries.errors import EnquiryAnsweredAlready, EnquiryNotToBeShown, NothingAsked, TooManyEnquiries
from twiza.domain.enquiries.events import EnquiryAnswered, EnquiryAsked
from twiza.domain.enquiries.locking import lock_enquiry
from twiza.domain.enquiries.models import MOST_WORDS, Enquiry
from twiza.domain.enquiries.rules import KEPT, MOST_ASKED_A_DAY
from twiza.domain.enquiries.selectors import count_answers_shown, count_asked_lately
from twiza.domain.orders.models import Order
from twiza.domain.storefronts.models import Storefront
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.masking import masked
from twiza.kit.texts import tidy_paragraphs


@dataclass(frozen=True)
class Asking:
    """The words, where the answer is told (E.164, or empty), and whether everybody may read it."""

    words: str
    phone: str = ""
    language: str = "fr"
    may_be_shown: bool = False


@transaction.atomic
def ask_about_product(product: Product, asking: Asking, *, storefront: Storefront) -> Enquiry:
    """The cooperative is told, without the telephone. Numbers, addresses and links in the words are covered.

    Raises NothingAsked, TooManyEnquiries.
    """
    return _ask(Enquiry(product=product, cooperative_id=product.cooperative_id, storefront=storefront), asking)


@transaction.atomic
def ask_about_order(order: Order, words: str) -> Enquiry:
    """The same, of a buyer's own order; the answer goes to the telephone of the order. Nobody else reads it.

    Whoever calls has the buyer's own link. Raises NothingAsked, TooManyEnquiries.
    """
    asking = Asking(words, order.group.buyer_phone, order.group.language)
    line = order.lines.select_related("storefront").first()
    if line is None:
        raise NotFound
    return _ask(Enquiry(order=order, cooperative_id=order.cooperative_id, storefront=line.storefront), asking)


@transaction.atomic
def answer_enquiry(enquiry: Enquiry, words: str, *, by: User) -> Enquiry:
    """Whoever asked is told.

    Raises NothingAsked, EnquiryAnsweredAlready; NotFound when `by` does not speak for the cooperative.
    """
    if not answers_for(by, enquiry.cooperative):
        raise NotFound
    enquiry = _lock(enquiry)
    if enquiry.answered_at is not None:
        raise EnquiryAnsweredAlready
    enquiry.answer, enquiry.answered_by, enquiry.answered_at = _said(words), by, clock.now()
    enquiry.save(update_fields=["answer", "answered_by", "answered_at"])
    behalf = f"organisation:{enquiry.cooperative_id}"
    record("enquiries.answered", subject=f"enquiry:{enquiry.pk}", by=by, on_behalf_of=behalf, details={"number": enquiry.pk})
    publish(EnquiryAnswered(enquiry_id=enquiry.pk))
    return enquiry


@transaction.atomic
def show_enquiry(enquiry: Enquiry, *, by: User) -> Enquiry:
    """Everybody reads the question and its answer on the product's page.

    Raises EnquiryNotToBeShown; NotFound when `by` does not manage the operator of the storefront it was asked in.
    """
    enquiry = _lock_managed(enquiry, by)
    if enquiry.answered_at is None or not enquiry.may_be_shown or enquiry.product_id is None:
        raise EnquiryNotToBeShown
    enquiry.shown_at = enquiry.shown_at or clock.now()
    return _show(enquiry, "enquiries.shown", by)


@transaction.atomic
def show_enquiry_no_more(enquiry: Enquiry, *, by: User) -> Enquiry:
    """It is read by whoever asked alone again. Raises NotFound as above."""
    enquiry = _lock_managed(enquiry, by)
    enquiry.shown_at = None
    return _show(enquiry, "enquiries.shown_no_more", by)


@transaction.atomic
def forget_old_enquiries() -> int:
    """What was asked half a year ago is gone; what everybody reads stays, without the telephone. Gives how many they were."""
    old = Enquiry.objects.filter(asked_at__lt=clock.now() - KEPT)
    kept = old.filter(shown_at__isnull=False).exclude(asker_phone="").update(asker_phone="")
    gone, _each = old.filter(shown_at__isnull=True).delete()
    return kept + gone


def _ask(enquiry: Enquiry, asking: Asking) -> Enquiry:
    if count_asked_lately(asking.phone) >= MOST_ASKED_A_DAY:
        raise TooManyEnquiries
    enquiry.words, enquiry.asker_phone, enquiry.language = _said(asking.words), asking.phone, asking.language
    enquiry.may_be_shown = asking.may_be_shown
    enquiry.save()
    publish(EnquiryAsked(enquiry_id=enquiry.pk))
    return enquiry


def _said(words: str) -> str:
    said = masked(tidy_paragraphs(words))[:MOST_WORDS]
    if not said:
        raise NothingAsked
    return said


def _show(enquiry: Enquiry, action: str, by: User) -> Enquiry:
    enquiry.save(update_fields=["shown_at"])
    if enquiry.product_id is not None:
        lock_product(enquiry.product_id)  # two shown at once are counted one after the other
        keep_questions_shown(enquiry.product_id, count_answers_shown(enquiry.product_id))
    record(action, subject=f"enquiry:{enquiry.pk}", by=by)
    return enquiry


def _lock(enquiry: Enquiry) -> Enquiry:
    locked = lock_enquiry(enquiry.pk)
    if locked is None:
        raise NotFound
    return locked


def _lock_managed(enquiry: Enquiry, by: User) -> Enquiry:
    enquiry = _lock(enquiry)
    operator = enquiry.storefront.operator
    if operator is None or not manages(by, operator):
        raise NotFound
    return enquiry
