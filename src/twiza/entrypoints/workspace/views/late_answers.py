"""Orders that nobody answered in time, as an operator sees to them: whom to call, what to say, and giving up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.orders.forms import CallForm, UnansweredForm
from twiza.domain.orders.selectors import late_answer_in, late_answers_in
from twiza.domain.orders.services import decline_unanswered, note_call
from twiza.domain.storefronts.selectors import get_storefront_for
from twiza.entrypoints.workspace.access import SignedInRequest, signed_in
from twiza.entrypoints.workspace.late_rows import rows_of
from twiza.kit.errors import DomainError, NotFound


@require_safe
@signed_in
def show_all(request: SignedInRequest, slug: str) -> HttpResponse:
    """The oldest first, each with its numbers to call."""
    storefront = get_storefront_for(request.user, slug)
    rows = rows_of(late_answers_in(storefront))
    return render(request, "workspace/store_late.html", {"storefront": storefront, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def say_called(request: SignedInRequest, slug: str, order_id: int) -> HttpResponse:
    """Whoever calls next reads who called, when, and what was said."""
    storefront = get_storefront_for(request.user, slug)
    order = late_answer_in(storefront, order_id)
    form = CallForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        row = rows_of([order])[0]
        return render(request, "workspace/store_late_call.html", {"storefront": storefront, "row": row, "form": form})
    try:
        note_call(order, form.cleaned_data["said"], form.cleaned_data["words"], by=request.user)
        messages.success(request, _("Noted. Whoever calls next reads it."))
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("workspace:store_late", args=[storefront.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def give_up(request: SignedInRequest, slug: str, order_id: int) -> HttpResponse:
    """Asks for the reason on a page of its own: it cannot be taken back."""
    storefront = get_storefront_for(request.user, slug)
    order = late_answer_in(storefront, order_id)
    form = UnansweredForm(request.POST or None)
    if not form.is_valid():
        return render(request, "workspace/store_late_cancel.html", {"storefront": storefront, "order": order, "form": form})
    try:
        decline_unanswered(order, by=request.user, reason=form.reason_in(order.group.language))
        messages.success(request, _("Order %(number)s is cancelled. We tell the buyer why.") % {"number": order.number})
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("workspace:store_late", args=[storefront.slug]))
