"""What buyers say: written from the order's own page, read by everybody, reported by whoever finds it wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.catalogue.selectors import page_of_product, product_by_slug, products_on_sale
from twiza.domain.orders.selectors import group_by_token
from twiza.domain.reviews.forms import HidingForm, ReviewForm
from twiza.domain.reviews.selectors import review_page_of, reviews_in, shown_review
from twiza.domain.reviews.services import report_review, write_review
from twiza.entrypoints.web.page_cache import keep_for_everybody
from twiza.entrypoints.web.ratings import rating_shown
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.orders.models import OrderGroup
    from twiza.domain.reviews.selectors import LineReview

MOST_DIGITS = 15


@require_safe
def show_all(request: HttpRequest, slug: str) -> HttpResponse:
    """All reviews of a product, the newest first, read on by key."""
    found = page_of_product(products_on_sale(), slug)
    if found is None:
        raise Http404
    product = found.product
    page = review_page_of(product, _before(request))
    context = {
        "product": product,
        "rating": rating_shown(found.rating),
        "page": page,
        "next_url": f"?before={page.following}" if page.following else "",
    }
    topics = ("products", "organisations", f"product:{product.pk}", f"reviews:{product.pk}")
    return keep_for_everybody(render(request, "web/reviews/all.html", context), topics)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, token: str, line_id: int) -> HttpResponse:
    """One line that arrived: stars, words, and whether the first name may be read. Written before, it is changed."""
    group, said = _line(token, line_id)
    if not said.may_write:
        messages.error(request, _("This review cannot be changed any more."))
        return redirect("web:order", token=token)
    form = ReviewForm(
        request.POST if request.method == "POST" else None, initial=ReviewForm.initial_of(said.review, group.buyer_name)
    )
    if form.is_valid():
        try:
            write_review(said.line, form.opinion(get_language() or "fr"))
            messages.success(request, _("Thank you. Everybody can read it now, and you can change it for 30 days."))
            return redirect("web:order", token=token)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {"group": group, "line": said.line, "review": said.review, "form": form}
    return render(request, "web/reviews/write.html", context, status=400 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """Says what is wrong with a review; the operator of the storefront decides."""
    try:
        product = product_by_slug(slug)
        review = shown_review(product, review_id)
    except NotFound as missing:
        raise Http404 from missing
    form = HidingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if ratelimit.consume(request, action="report_review"):
            report_review(review, form.cleaned_data["reason"])
            messages.success(request, _("Thank you. Somebody looks at it."))
            return redirect("web:product-reviews", slug=product.slug)
        form.add_error(None, _("Many reviews were reported from here. Please try again in an hour."))
    context = {"product": product, "review": review, "form": form}
    return render(request, "web/reviews/report.html", context, status=400 if form.is_bound else 200)


def _line(token: str, line_id: int) -> tuple[OrderGroup, LineReview]:
    """A line that arrived, behind the buyer's own link."""
    try:
        group = group_by_token(token)
    except NotFound as missing:
        raise Http404 from missing
    for lines in reviews_in(group.orders.all()).values():
        for said in lines:
            if said.line.pk == line_id:
                return group, said
    raise Http404


def _before(request: HttpRequest) -> int | None:
    typed = request.GET.get("before", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < MOST_DIGITS else None
