"""Who hears of what buyers say: the buyer is asked once, the cooperative reads it, both hear when it is taken away."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import override

from twiza.domain.directory.selectors import people_receiving_texts
from twiza.domain.notifications.composing import shortened
from twiza.domain.notifications.handlers.telling import script_of, tell_buyer, tell_person
from twiza.domain.orders.models import OrderGroup
from twiza.domain.reviews.events import ReviewAnswered, ReviewHidden, ReviewRequested, ReviewWritten
from twiza.domain.reviews.models import Review
from twiza.foundation.events.subscriptions import on
from twiza.kit.translations import translated


@on(ReviewRequested)
def ask_buyer_what_they_think(event: ReviewRequested) -> None:
    """Not whoever asked for silence, and not at night: see queue_text."""
    group = OrderGroup.objects.get(pk=event.group_id)
    tell_buyer(group, "review_requested.buyer", f"review-requested:{group.pk}", group=group.number, link=_link(group))


@on(ReviewWritten)
def tell_cooperative_of_a_review(event: ReviewWritten) -> None:
    """Unless it is shown no more."""
    review = _review(event.review_id)
    if not review.is_shown:
        return
    for person in people_receiving_texts(review.product.cooperative):
        product = _product(review, person.language)
        tell_person(person, "review_written.cooperative", f"review-written:{review.pk}", number=review.stars, product=product)


@on(ReviewAnswered)
def tell_buyer_of_the_answer(event: ReviewAnswered) -> None:
    review = _review(event.review_id)
    group = review.line.order.group
    cooperative = shortened(review.product.cooperative.name_in(script_of(group.language)), 40)
    tell_buyer(group, "review_answered.buyer", f"review-answered:{review.pk}", cooperative=cooperative, link=_link(group))


@on(ReviewHidden)
def tell_both_it_is_taken_away(event: ReviewHidden) -> None:
    review = _review(event.review_id)
    group = review.line.order.group
    key = f"review-hidden:{review.pk}"
    tell_buyer(
        group, "review_hidden.buyer", key, product=_product(review, group.language), reason=_reason(review, group.language)
    )
    for person in people_receiving_texts(review.product.cooperative):
        facts = {"product": _product(review, person.language), "reason": _reason(review, person.language)}
        tell_person(person, "review_hidden.cooperative", key, **facts)


def _review(review_id: int) -> Review:
    known = ("line__order__group", "product__cooperative__published_revision")
    return Review.objects.select_related(*known).get(pk=review_id)


def _link(group: OrderGroup) -> str:
    return f"{settings.SITE_URL}/{group.language}/orders/{group.token}/"


def _product(review: Review, language: str) -> str:
    return shortened(translated(review.product, "name", script_of(language)), 36)


def _reason(review: Review, language: str) -> str:
    with override(script_of(language)):
        return shortened(str(review.get_hidden_because_display()), 60)
