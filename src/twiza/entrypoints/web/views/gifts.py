"""A basket for somebody else: who receives it, and a word to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from twiza.domain.orders.forms import RecipientForm
from twiza.domain.orders.services import Recipient, keep_it_oneself, keep_recipient
from twiza.entrypoints.web.basket_cookie import current_cart
from twiza.kit.errors import DomainError
from twiza.kit.phone import shown_phone


@never_cache
def ask_recipient(request: HttpRequest) -> HttpResponse:
    """Before the address, which is then theirs. The second button takes it back: the buyer receives it."""
    cart = current_cart(request)
    if cart is None:
        return redirect("web:basket")
    known = {"name": cart.recipient_name, "phone": shown_phone(cart.recipient_phone), "message": cart.gift_message}
    known["country"] = cart.buyer_country
    form = RecipientForm(request.POST if request.method == "POST" else None, initial=known)
    try:
        if "for_me" in request.POST:
            keep_it_oneself(cart)
            return redirect("web:checkout")
        if form.is_valid():
            given = form.cleaned_data
            keep_recipient(cart, Recipient(given["name"], given["phone"], given["message"], given["country"]))
            messages.success(request, _("Now write where %(name)s lives.") % {"name": given["name"]})
            return redirect("web:checkout")
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("web:basket")
    return render(request, "web/checkout/recipient.html", {"form": form, "cart": cart}, status=400 if form.is_bound else 200)
