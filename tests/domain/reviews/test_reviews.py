"""Who received it says what they think; it is shown as it was written, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.jobs import run_jobs
from twiza.domain.catalogue.models import ProductRating
from twiza.domain.orders.models import OrderLine
from twiza.domain.orders.services import accept_order, hand_over_order, record_delivery
from twiza.domain.reviews.errors import (
    AnswerMissing,
    AnswerSettled,
    NotDeliveredYet,
    ReviewHiddenAlready,
    ReviewSettled,
    StarsMissing,
)
from twiza.domain.reviews.models import Review, ReviewReport, ReviewRequest, ReviewVersion
from twiza.domain.reviews.selectors import newest_reviews_of, rating_faults, review_page_of, reviews_from, reviews_to
from twiza.domain.reviews.services import (
    Opinion,
    answer_review,
    ask_buyers,
    hide_review,
    keep_review,
    report_review,
    write_review,
)
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message, OptOut
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.masking import COVER, masked


def delivered_line(market, variant=None, by=None) -> OrderLine:
    order = accept_order(market.order(variant or market.saffron).orders.get(), by=by or market.fatima)
    record_delivery(hand_over_order(order, by=by or market.fatima), by=by or market.fatima)
    return order.lines.get()


def of_souk(market) -> Review:
    """Of honey, chosen in Youssef's storefront."""
    line = delivered_line(market, market.honey, market.mina)
    OrderLine.objects.filter(pk=line.pk).update(storefront=market.souk)
    line.refresh_from_db()
    return write_review(line, Opinion(2, "Trop liquide"))


def days_later(monkeypatch, days: float) -> None:
    now = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: clock.local_day(now))


def texts_after(act) -> dict[str, str]:
    run_jobs()
    last = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    act()
    run_jobs()
    return dict(Message.objects.filter(pk__gt=last).order_by("pk").values_list("to", "text"))


def counts_of(market) -> tuple[int, ...]:
    return ProductRating.objects.get(product=market.saffron.product_id).counts


def test_who_received_it_says_what_they_think_under_the_name_they_agree_to(market):
    line = delivered_line(market)

    write_review(line, Opinion(4, "Parfumé.\r\n\r\n\r\nMerci", first_name=" Salma "))

    shown = newest_reviews_of(market.saffron.product)
    assert [(one.stars, one.words, one.first_name, one.place) for one in shown] == [
        (4, "Parfumé.\n\nMerci", "Salma", line.order.group.commune.name_fr)
    ]
    assert counts_of(market) == (0, 0, 0, 1, 0)


def test_without_a_name_neither_name_nor_place_is_kept(market):
    review = write_review(delivered_line(market), Opinion(5))

    assert (review.first_name, review.commune_id) == ("", None)


def test_nobody_speaks_of_what_did_not_arrive(market):
    order = accept_order(market.order(market.saffron).orders.get(), by=market.fatima)

    with pytest.raises(NotDeliveredYet):
        write_review(order.lines.get(), Opinion(1))

    assert not Review.objects.exists()
    assert not ProductRating.objects.exists()


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_there_are_one_to_five_stars(market, stars):
    line = delivered_line(market)

    with pytest.raises(StarsMissing):
        write_review(line, Opinion(stars))
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(
            line=line, product=market.saffron.product, storefront=market.national, stars=max(stars, 0), language="fr"
        )


def test_a_line_has_one_review_which_its_author_changes_for_thirty_days(market, monkeypatch):
    line = delivered_line(market)
    write_review(line, Opinion(1, "Rien reçu"))
    days_later(monkeypatch, 29)

    review = write_review(line, Opinion(5, "Arrivé"))

    assert (Review.objects.count(), review.words, counts_of(market)) == (1, "Arrivé", (0, 0, 0, 0, 1))
    assert list(ReviewVersion.objects.values_list("stars", "words")) == [(1, "Rien reçu")]
    days_later(monkeypatch, 2)
    with pytest.raises(ReviewSettled):
        write_review(line, Opinion(1))
    assert counts_of(market) == (0, 0, 0, 0, 1)


def test_the_cooperative_is_told_once_and_answers_once(market, monkeypatch):
    line = delivered_line(market)
    told = texts_after(lambda: write_review(line, Opinion(3, "Bien")))
    assert list(told) == [market.fatima.phone]
    assert "3 3la 5" in told[market.fatima.phone]
    review = Review.objects.get()

    told = texts_after(lambda: answer_review(review, "Merci, appelez le 06 12 34 56 78", by=market.fatima))

    assert list(told) == ["+212683005001"]
    assert newest_reviews_of(market.saffron.product)[0].answer == f"Merci, appelez le {COVER}"
    assert texts_after(lambda: answer_review(review, "Merci bien", by=market.fatima)) == {}
    assert list(ReviewVersion.objects.values_list("answer", flat=True)) == [f"Merci, appelez le {COVER}"]
    days_later(monkeypatch, 1.1)
    with pytest.raises(AnswerSettled):
        answer_review(review, "Encore", by=market.fatima)
    review.refresh_from_db()
    assert review.answer == "Merci bien"


def test_only_its_own_people_answer_and_only_with_words(market):
    review = write_review(delivered_line(market), Opinion(3))

    for stranger in (market.hajja, market.salma, market.youssef):
        with pytest.raises(NotFound):
            answer_review(review, "Moi", by=stranger)
    with pytest.raises(AnswerMissing):
        answer_review(review, "  \n ", by=market.fatima)
    review.refresh_from_db()
    assert review.answered_at is None


def test_the_operator_takes_a_review_away_with_a_reason_and_both_are_told(market):
    review = of_souk(market)
    report_review(review, "insult")
    assert [one.reported for one in reviews_from(market.souk)] == [1]

    told = texts_after(lambda: hide_review(review, "insult", by=market.youssef))

    assert set(told) == {"+212683005001", market.mina.phone}
    assert newest_reviews_of(market.honey.product) == []
    assert reviews_to(market.honey_cooperative) == []
    assert ProductRating.objects.get().number == 0
    entry = Entry.objects.get(action="reviews.hidden")
    assert (entry.actor, entry.details) == (market.youssef, {"reason": "insult"})
    assert not ReviewReport.objects.filter(settled_at=None).exists()
    with pytest.raises(ReviewHiddenAlready):
        hide_review(review, "insult", by=market.youssef)
    with pytest.raises(ReviewSettled):
        write_review(review.line, Opinion(5))
    review.refresh_from_db()
    assert (review.stars, review.words) == (2, "Trop liquide")


def test_nobody_else_takes_it_away(market):
    review = of_souk(market)

    for stranger in (market.mina, market.fatima, market.salma):
        with pytest.raises(NotFound):
            hide_review(review, "insult", by=stranger)
        with pytest.raises(NotFound):
            keep_review(review, by=stranger)
    review.refresh_from_db()
    assert review.is_shown


def test_what_was_reported_may_stay(market):
    review = of_souk(market)
    report_review(review, "false")

    keep_review(review, by=market.youssef)

    assert [(one.is_shown, one.reported) for one in reviews_from(market.souk)] == [(True, 0)]


def test_a_buyer_is_asked_once_some_days_after(market, monkeypatch):
    group = delivered_line(market).order.group
    assert ask_buyers() == 0
    days_later(monkeypatch, 5.1)

    told = texts_after(ask_buyers)

    assert list(told) == ["+212683005001"]
    assert f"/fr/orders/{group.token}/" in told["+212683005001"]
    assert ask_buyers() == 0
    assert ReviewRequest.objects.count() == 1


def test_who_has_spoken_or_waited_too_long_is_not_asked(market, monkeypatch):
    write_review(delivered_line(market), Opinion(5))
    days_later(monkeypatch, 6)
    assert ask_buyers() == 0
    delivered_line(market)
    days_later(monkeypatch, 31)
    assert ask_buyers() == 0


def test_who_asked_for_silence_is_not_written_to(market, monkeypatch):
    delivered_line(market)
    OptOut.objects.create(phone="+212683005001", words="STOP")
    days_later(monkeypatch, 6)
    ask_buyers()
    run_jobs()

    assert Message.objects.get(key__startswith="review-requested").state == "suppressed"


def test_reviews_are_read_on_by_key_and_none_is_missed(market, monkeypatch):
    monkeypatch.setattr("twiza.domain.reviews.selectors.PAGE_SIZE", 2)
    for stars in (1, 2, 3):
        write_review(delivered_line(market), Opinion(stars))

    first = review_page_of(market.saffron.product)
    second = review_page_of(market.saffron.product, first.following)

    assert [one.stars for page in (first, second) for one in page.reviews] == [3, 2, 1]
    assert second.following is None


def test_a_rating_that_its_reviews_do_not_give_is_found(market):
    write_review(delivered_line(market), Opinion(4))
    assert rating_faults() == (1, [])
    ProductRating.objects.update(fours=2, number=2, stars=8)

    with pytest.raises(SystemExit):
        call_command("verify_ratings")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductRating.objects.update(stars=9)


@pytest.mark.parametrize(
    "words",
    ["Appelez 06 12 34 56 78", "+212 6-12-34-56-78", "٠٦١٢٣٤٥٦٧٨", "www.exemple.ma/x", "a@b.ma", "https://x.y/z", "@moi.argan"],
)
def test_ways_past_us_are_covered(words):
    assert COVER in masked(words)
    assert not any(char.isdigit() for char in masked(words))


@pytest.mark.parametrize("words", ["500 g pour 120 DH", "Commandé le 12/11/2026.", "3,5 kg. Bien", "8/10"])
def test_what_is_no_way_past_us_stays(words):
    assert masked(words) == words


@given(st.text(max_size=200))
def test_covering_twice_covers_no_more(words):
    assert masked(masked(words)) == masked(words)
