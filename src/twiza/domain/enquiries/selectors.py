"""Questions about questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from twiza.domain.catalogue.models import Product
from twiza.domain.directory.models import Organisation
from twiza.domain.enquiries.models import Enquiry
from twiza.domain.storefronts.models import Storefront
from twiza.kit import clock
from twiza.kit.errors import NotFound

MOST_LISTED = 200
MOST_SHOWN = 10


@dataclass(frozen=True)
class PublicAnswer:
    """A question and its answer that everybody reads. Nothing of who asked."""

    words: str
    answer: str
    answered_at: datetime


def answers_shown_for(product: Product) -> list[PublicAnswer]:
    """On the product's page, the newest first."""
    rows = Enquiry.objects.filter(product=product, shown_at__isnull=False).order_by("-pk")
    return [
        PublicAnswer(words, answer, at)
        for words, answer, at in rows.values_list("words", "answer", "answered_at")[:MOST_SHOWN]
        if at is not None
    ]


def count_answers_shown(product_id: int) -> int:
    return Enquiry.objects.filter(product_id=product_id, shown_at__isnull=False).count()


def enquiry_with(token: str) -> Enquiry:
    """The question behind the link that its asker keeps. Raises NotFound."""
    return _one(_known(Enquiry.objects.filter(token=token))) if 0 < len(token) <= 40 and "\x00" not in token else _none()


def enquiries_to(cooperative: Organisation) -> Sequence[Enquiry]:
    """Those without an answer first, then the newest. Ask for the cooperative through the viewer first."""
    found = _known(Enquiry.objects.filter(_asked_of(cooperative)))[:MOST_LISTED]
    return sorted(found, key=lambda enquiry: enquiry.answered_at is not None)


def enquiry_to(cooperative: Organisation, enquiry_id: int) -> Enquiry:
    """One asked of this cooperative. Another's does not exist for it (NotFound)."""
    return _one(_known(Enquiry.objects.filter(_asked_of(cooperative), pk=enquiry_id)))


def count_enquiries_to_answer(cooperative: Organisation) -> int:
    return Enquiry.objects.filter(_asked_of(cooperative), answered_at__isnull=True).count()


def enquiries_to_show(storefront: Storefront) -> Sequence[Enquiry]:
    """Answered questions of its products that everybody may read. Ask for the storefront through the viewer first."""
    may = Enquiry.objects.filter(storefront=storefront, may_be_shown=True, answered_at__isnull=False, product__isnull=False)
    return list(_known(may)[:MOST_LISTED])


def enquiry_to_show(storefront: Storefront, enquiry_id: int) -> Enquiry:
    """One of them. Raises NotFound."""
    found = Enquiry.objects.filter(storefront=storefront, may_be_shown=True, answered_at__isnull=False, pk=enquiry_id)
    return _one(_known(found))


def count_asked_lately(phone: str) -> int:
    """How much this telephone asked in the last 24 hours."""
    return Enquiry.objects.filter(asker_phone=phone, asked_at__gt=clock.now() - timedelta(days=1)).count() if phone else 0


def _asked_of(cooperative: Organisation) -> Q:
    """Its own, and those asked of pages that became part of it."""
    return Q(cooperative=cooperative) | Q(cooperative__merged_into=cooperative)


def _known(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    known = ("cooperative__published_revision", "product", "order", "answered_by", "storefront")
    return enquiries.select_related(*known).order_by("-pk")


def _one(enquiries: QuerySet[Enquiry]) -> Enquiry:
    return enquiries.first() or _none()


def _none() -> Enquiry:
    raise NotFound
