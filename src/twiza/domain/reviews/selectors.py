"""Questions about reviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import get_language

from twiza.domain.catalogue.models import Product, ProductRating
from twiza.domain.directory.models import Organisation
from twiza.domain.orders.models import Fulfilment, Order, OrderGroup, OrderLine
from twiza.domain.reviews.models import Review, ReviewRequest
from twiza.domain.reviews.rules import ASK_AFTER_DAYS, ASK_UNTIL_DAYS, may_change
from twiza.domain.storefronts.models import Storefront
from twiza.kit import clock
from twiza.kit.errors import NotFound

NEWEST = 5
PAGE_SIZE = 20
MOST = 200
READ = (
    "pk", "stars", "words", "language", "first_name", "commune__name_fr", "commune__name_ar", "written_at", "changed_at",
    "answer", "answered_at",
)  # fmt: skip


@dataclass(frozen=True)
class PublicReview:
    """What everybody reads. Without a first name, it is a buyer's."""

    id: int
    stars: int
    words: str
    language: str
    first_name: str
    place: str
    written_at: datetime
    changed_at: datetime | None
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class ReviewPage:
    """Some of a product's reviews, the newest first; `following` is where the next page begins."""

    reviews: Sequence[PublicReview]
    following: int | None


@dataclass(frozen=True)
class LineReview:
    """What a buyer may do with one line: its review when there is one, and whether it may be written or changed."""

    line: OrderLine
    review: Review | None
    may_write: bool


def newest_reviews_of(product: Product) -> list[PublicReview]:
    """What its page shows of them. One question."""
    return _public(_shown(product.pk)[:NEWEST])


def review_page_of(product: Product, before: int | None = None) -> ReviewPage:
    """All of them, read on from `before`."""
    shown = _shown(product.pk)
    found = _public((shown if before is None else shown.filter(pk__lt=before))[: PAGE_SIZE + 1])
    has_more = len(found) > PAGE_SIZE
    page = found[:PAGE_SIZE]
    return ReviewPage(page, page[-1].id if has_more else None)


def shown_review(product: Product, review_id: int) -> Review:
    """One that everybody reads on this product's page. Raises NotFound."""
    review = Review.objects.filter(pk=review_id, product=product, hidden_at__isnull=True).first()
    if review is None:
        raise NotFound
    return review


def reviews_in(orders: Iterable[Order]) -> dict[int, list[LineReview]]:
    """By order, each line of those parcels that arrived. Select the fulfilment, prefetch the lines."""
    lines = [line for order in orders if order.fulfilment.status == Fulfilment.Status.DELIVERED for line in order.lines.all()]
    if not lines:
        return {}
    known = {review.line_id: review for review in Review.objects.filter(line__in=lines)}
    said: dict[int, list[LineReview]] = defaultdict(list)
    for line in lines:
        review = known.get(line.pk)
        said[line.order_id].append(LineReview(line, review, review is None or may_change(review)))
    return dict(said)


def reviews_to(cooperative: Organisation) -> Sequence[Review]:
    """What is said of a cooperative's products: without an answer first, then the newest. Ask for it through the viewer first."""
    found = _for_work(Review.objects.filter(product__cooperative=cooperative, hidden_at__isnull=True))[:MOST]
    return sorted(found, key=lambda review: review.answered_at is not None)


def review_to(cooperative: Organisation, review_id: int) -> Review:
    """One of the cooperative's own. Another's does not exist for it (NotFound)."""
    return _one(_for_work(Review.objects.filter(product__cooperative=cooperative, hidden_at__isnull=True, pk=review_id)))


def reviews_from(storefront: Storefront) -> Sequence[Review]:
    """Of what was bought in this storefront: reported ones first, then the newest. Ask for it through the viewer first."""
    found = _for_operator(Review.objects.filter(storefront=storefront))[:MOST]
    return sorted(found, key=lambda review: not (review.is_shown and vars(review)["reported"]))


def review_from(storefront: Storefront, review_id: int) -> Review:
    """One of them. Another's does not exist for it (NotFound)."""
    return _one(_for_operator(Review.objects.filter(storefront=storefront, pk=review_id)))


def groups_to_ask(limit: int = 500) -> Sequence[int]:
    """Orders of which everything that comes arrived some days ago, whose buyers were not asked and have said nothing."""
    now = clock.now()
    done = OrderGroup.objects.filter(status=OrderGroup.Status.DONE).annotate(last=Max("orders__fulfilment__delivered_at"))
    due = done.filter(last__lt=now - timedelta(days=ASK_AFTER_DAYS), last__gt=now - timedelta(days=ASK_UNTIL_DAYS))
    asked = ReviewRequest.objects.values("group_id")
    said = Review.objects.values("line__order__group_id")
    return list(due.exclude(pk__in=asked).exclude(pk__in=said).order_by("pk").values_list("pk", flat=True)[:limit])


def shown_counts(product_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """By product, how many shown reviews give how many stars."""
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    shown = Review.objects.filter(product__in=product_ids, hidden_at__isnull=True).order_by()
    for product_id, stars, number in shown.values_list("product_id", "stars").annotate(Count("pk")):
        counts[product_id][stars] = number
    return dict(counts)


def rating_faults() -> tuple[int, list[int]]:
    """How many products were looked at, and those whose rating is not what their shown reviews say."""
    kept = {rating.product_id: rating.counts for rating in ProductRating.objects.all()}
    reviewed = set(Review.objects.values_list("product_id", flat=True).distinct().order_by())
    everywhere = kept.keys() | reviewed
    said: Mapping[int, Mapping[int, int]] = shown_counts(everywhere)
    nothing = (0, 0, 0, 0, 0)
    wrong = [
        pk for pk in sorted(everywhere) if kept.get(pk, nothing) != tuple(said.get(pk, {}).get(stars, 0) for stars in range(1, 6))
    ]
    return len(everywhere), wrong


def _shown(product_id: int) -> QuerySet[Review]:
    return Review.objects.filter(product_id=product_id, hidden_at__isnull=True).order_by("-pk")


def _public(reviews: QuerySet[Review]) -> list[PublicReview]:
    is_arabic = get_language() == "ar"
    return [_read(row, is_arabic=is_arabic) for row in reviews.values_list(*READ)]


def _read(row: tuple[Any, ...], *, is_arabic: bool) -> PublicReview:
    pk, stars, words, language, first_name, place_fr, place_ar, *rest = row
    return PublicReview(pk, stars, words, language, first_name, (place_ar if is_arabic else place_fr) or "", *rest)


def _for_work(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.select_related("product__cooperative", "line__order", "commune", "answered_by").order_by("-pk")


def _for_operator(reviews: QuerySet[Review]) -> QuerySet[Review]:
    open_reports = Count("reports", filter=Q(reports__settled_at__isnull=True))
    return _for_work(reviews).select_related("storefront").prefetch_related("reports").annotate(reported=open_reports)


def _one(reviews: QuerySet[Review]) -> Review:
    review = reviews.first()
    if review is None:
        raise NotFound
    return review
