"""What buyers say: a cooperative answers once, the operator of a storefront hides what may not stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.reviews.forms import AnswerForm, HidingForm
from twiza.domain.reviews.rules import may_answer
from twiza.domain.reviews.selectors import review_from, review_to, reviews_from, reviews_to
from twiza.domain.reviews.services import answer_review, hide_review, keep_review
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.entrypoints.workspace.views.stores import for_its_manager_or_the_markets
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.entrypoints.workspace.views.stores import StoreRequest


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """Those without an answer first."""
    return show(request, "reviews.html", reviews=reviews_to(request.cooperative))


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_one(request: CooperativeRequest, review_id: int) -> HttpResponse:
    """What is said, and the form of the one answer."""
    review = review_to(request.cooperative, review_id)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"words": review.answer})
    if form.is_valid():
        try:
            answer_review(review, form.cleaned_data["words"], by=request.user)
            messages.success(request, _("Everybody reads your answer now."))
        except DomainError as refusal:
            refuse(request, refusal)
        return go(request, "review", review.pk)
    return show(request, "review.html", review=review, form=form, may_answer=may_answer(review))


@require_safe
@for_its_manager_or_the_markets
def show_of_storefront(request: StoreRequest) -> HttpResponse:
    """What was said of what was bought in the storefront, reported ones first."""
    said = {"storefront": request.storefront, "reviews": reviews_from(request.storefront)}
    return render(request, "workspace/store_buyer_reviews.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager_or_the_markets
def look(request: StoreRequest, review_id: int) -> HttpResponse:
    """One of them, why it was reported, and the reasons for which it may be hidden. Its words are nobody's to alter."""
    review = review_from(request.storefront, review_id)
    form = HidingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            hide_review(review, form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("It is not shown any more. Its buyer and the cooperative are told why."))
        except NotFound:
            raise
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return _back(request)
    said = {"storefront": request.storefront, "review": review, "form": form}
    return render(request, "workspace/store_buyer_review.html", said)


@require_POST
@for_its_manager_or_the_markets
def keep(request: StoreRequest, review_id: int) -> HttpResponse:
    """It stays, whatever was reported of it."""
    keep_review(review_from(request.storefront, review_id), by=request.user)
    messages.success(request, _("It stays."))
    return _back(request)


def _back(request: StoreRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:store_buyer_reviews", args=[request.storefront.slug]))
