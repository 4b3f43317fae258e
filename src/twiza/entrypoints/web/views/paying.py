"""From an order that waits for its money to the bank's page, and back; a photo of a transfer.

What the bank says comes another way, from the bank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from twiza.domain.directory.errors import PaperUnreadable
from twiza.domain.orders.selectors import group_by_token
from twiza.domain.orders.services import pay_at_the_door_instead
from twiza.domain.payments.errors import NotWaitingForMoney, ProviderAway
from twiza.domain.payments.provider import Addresses
from twiza.domain.payments.services import begin_payment
from twiza.domain.payments.services import show_transfer as send_proof
from twiza.entrypoints.web.basket_cookie import cart_or_new, remember
from twiza.entrypoints.web.views.reorder import say_what_changed
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.orders.models import OrderGroup


def go_and_pay(request: HttpRequest, group: OrderGroup) -> HttpResponse:
    """To where this order is paid: the bank's page, or the order's own when it is paid at the door."""

    def addresses(code: str) -> Addresses:
        return Addresses(
            notice=settings.SITE_URL + reverse("webhooks:payment-notice", urlconf=settings.ROOT_URLCONF, args=[code]),
            back=request.build_absolute_uri(reverse("web:order-back", args=[group.token])),
            shop=request.build_absolute_uri("/"),
        )

    order_url = reverse("web:order", args=[group.token])
    try:
        step = begin_payment(
            group.payment_reference,
            language=group.language,
            addresses=addresses,
            buyer=group.buyer_name,
            email=group.buyer_email,
        )
    except NotWaitingForMoney:
        return redirect(order_url)
    except ProviderAway as refusal:
        messages.error(request, str(refusal))
        return redirect(order_url)
    if step.post_to:
        return render(request, "web/checkout/to_bank.html", {"step": step, "group": group})
    return redirect(step.redirect_url or order_url)


@never_cache
@require_POST
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """Once more, from the order's page."""
    return go_and_pay(request, _group(token))


@require_POST
def pay_in_cash(request: HttpRequest, token: str) -> HttpResponse:
    """Everything lies in the basket again, to be paid at the door: what that costs is read before it is ordered."""
    group, cart = _group(token), cart_or_new(request)
    try:
        say_what_changed(request, pay_at_the_door_instead(group, cart))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("web:order", token=token)
    messages.info(request, _("Nothing was taken. Check the total, then order."))
    return remember(redirect("web:checkout-confirm"), cart)


@require_POST
def show_transfer(request: HttpRequest, token: str) -> HttpResponse:
    """A photo of the transfer, for whoever reads the account."""
    group, proof = _group(token), request.FILES.get("proof")
    try:
        if proof is None or proof.file is None:
            raise PaperUnreadable
        send_proof(group.payment_reference, cast("BinaryIO", proof.file))
        messages.success(request, _("Thank you. We write to you once the money is there."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("web:order", token=token)


@csrf_exempt
@never_cache
def come_back(request: HttpRequest, token: str) -> HttpResponse:
    """From the bank's page, with whatever it gave the browser along: nothing of it is believed, and nothing moves."""
    return redirect("web:order", token=_group(token).token)


def _group(token: str) -> OrderGroup:
    try:
        return group_by_token(token)
    except NotFound as missing:
        raise Http404 from missing
