"""Somebody asks, the cooperative answers, and neither has the other's number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.jobs import run_jobs
from twiza.domain.catalogue.models import ProductRating
from twiza.domain.enquiries.errors import EnquiryAnsweredAlready, EnquiryNotToBeShown, NothingAsked, TooManyEnquiries
from twiza.domain.enquiries.models import Enquiry
from twiza.domain.enquiries.selectors import answers_shown_for, enquiries_to, enquiry_to
from twiza.domain.enquiries.services import (
    Asking,
    answer_enquiry,
    ask_about_order,
    ask_about_product,
    forget_old_enquiries,
    show_enquiry,
    show_enquiry_no_more,
)
from twiza.foundation.messaging.models import Message
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.masking import COVER

ANNE = "+212661234567"


def asked(market, phone: str = ANNE, *, may_be_shown: bool = True) -> Enquiry:
    """Of honey, in Youssef's storefront."""
    asking = Asking("De quelle année ? Appelez 06 61 23 45 67", phone, may_be_shown=may_be_shown)
    return ask_about_product(market.honey.product, asking, storefront=market.souk)


def texts_after(act) -> dict[str, str]:
    run_jobs()
    last = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    act()
    run_jobs()
    return dict(Message.objects.filter(pk__gt=last).order_by("pk").values_list("to", "text"))


def test_the_cooperative_is_told_the_words_and_never_the_number(market):
    told = texts_after(lambda: asked(market))

    assert list(told) == [market.mina.phone]
    assert f"De quelle année ? Appelez {COVER}"[:20] in told[market.mina.phone]
    assert "61" not in told[market.mina.phone]
    assert Enquiry.objects.get().words == f"De quelle année ? Appelez {COVER}"


def test_the_answer_is_told_to_a_moroccan_telephone_and_stands_behind_the_link(market):
    enquiry = asked(market)

    told = texts_after(lambda: answer_enquiry(enquiry, "De 2026. www.miel.ma", by=market.mina))

    assert list(told) == [ANNE]
    assert f"/fr/questions/{enquiry.token}/" in told[ANNE]
    enquiry.refresh_from_db()
    assert (enquiry.answer, enquiry.answered_by) == (f"De 2026. {COVER}", market.mina)
    with pytest.raises(EnquiryAnsweredAlready):
        answer_enquiry(enquiry, "Encore", by=market.mina)


@pytest.mark.parametrize("phone", ["", "+33612345678"])
def test_who_has_no_moroccan_telephone_reads_it_on_the_page(market, phone):
    enquiry = asked(market, phone)

    assert texts_after(lambda: answer_enquiry(enquiry, "De 2026", by=market.mina)) == {}


def test_a_buyers_question_about_an_order_is_answered_to_the_orders_telephone(market):
    order = market.order(market.honey).orders.get()
    enquiry = ask_about_order(order, "Quand part-elle ?")

    told = texts_after(lambda: answer_enquiry(enquiry, "Demain", by=market.mina))

    assert list(told) == ["+212683005001"]
    with pytest.raises(EnquiryNotToBeShown):
        show_enquiry(_in_souk(enquiry, market), by=market.youssef)


def _in_souk(enquiry: Enquiry, market) -> Enquiry:
    Enquiry.objects.update(storefront=market.souk)
    enquiry.refresh_from_db()
    return enquiry


def test_nobody_else_reads_or_answers_it(market):
    enquiry = asked(market)

    for stranger in (market.fatima, market.youssef, market.salma):
        with pytest.raises(NotFound):
            answer_enquiry(enquiry, "Moi", by=stranger)
    with pytest.raises(NotFound):
        enquiry_to(market.saffron_cooperative, enquiry.pk)
    assert enquiries_to(market.saffron_cooperative) == []
    with pytest.raises(NothingAsked):
        answer_enquiry(enquiry, " \n", by=market.mina)
    assert not Enquiry.objects.exclude(answer="").exists()


def test_one_telephone_asks_ten_times_a_day(market):
    for _ in range(10):
        asked(market)

    with pytest.raises(TooManyEnquiries):
        asked(market)
    asked(market, "+212661234568")
    assert Enquiry.objects.count() == 11


def test_the_operator_shows_what_was_agreed_to_and_answered(market):
    enquiry = asked(market)
    with pytest.raises(EnquiryNotToBeShown):
        show_enquiry(enquiry, by=market.youssef)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.update(shown_at=clock.now())
    answer_enquiry(enquiry, "De 2026", by=market.mina)
    for stranger in (market.mina, market.salma):
        with pytest.raises(NotFound):
            show_enquiry(enquiry, by=stranger)

    show_enquiry(enquiry, by=market.youssef)

    assert [one.answer for one in answers_shown_for(market.honey.product)] == ["De 2026"]
    assert ProductRating.objects.get().questions == 1
    show_enquiry_no_more(enquiry, by=market.youssef)
    assert answers_shown_for(market.honey.product) == []
    assert ProductRating.objects.get().questions == 0


def test_who_did_not_agree_is_not_shown(market):
    enquiry = answer_enquiry(asked(market, may_be_shown=False), "De 2026", by=market.mina)

    with pytest.raises(EnquiryNotToBeShown):
        show_enquiry(enquiry, by=market.youssef)

    assert answers_shown_for(market.honey.product) == []


def test_after_half_a_year_the_telephone_is_gone_and_what_nobody_reads(market):
    shown = show_enquiry(answer_enquiry(asked(market), "De 2026", by=market.mina), by=market.youssef)
    asked(market)
    assert forget_old_enquiries() == 0
    Enquiry.objects.update(asked_at=clock.now() - timedelta(days=181))
    young = asked(market)

    assert forget_old_enquiries() == 2

    assert set(Enquiry.objects.values_list("pk", "asker_phone")) == {(shown.pk, ""), (young.pk, ANNE)}
    assert forget_old_enquiries() == 0
