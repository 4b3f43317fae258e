"""Another phone or e-mail for one's account: it counts once it is proved."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import RateLimited
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from twiza.entrypoints.web.forms_account import CodeForm, NewContactForm
from twiza.entrypoints.web.sign_in_code import Contact, ContactCode
from twiza.foundation.accounts.errors import ContactInUse
from twiza.foundation.accounts.services import move_email, move_phone
from twiza.kit.phone import shown_phone


@never_cache
@login_required
def give_contact(request: HttpRequest) -> HttpResponse:
    """The new phone or e-mail is written here; a code goes there."""
    form = NewContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ContactCode.start(request, form.cleaned_data["contact"])
        except RateLimited:
            form.add_error("contact", get_adapter().error_messages["rate_limited"])
        except OSError:
            form.add_error("contact", _("Our mail does not go out at the moment. Please try with your phone number."))
        else:
            return redirect("account_contact_code")
    return render(request, "account/contact.html", {"form": form})


@never_cache
@login_required
def prove_contact(request: HttpRequest) -> HttpResponse:
    """The code that arrived there makes it the person's own."""
    waiting = ContactCode.resume(request)
    if waiting is None:
        messages.warning(request, _("That code is too old. Please ask for a new one."))
        return redirect("account_contact")
    form = CodeForm(request.POST or None, code=waiting.code, address=waiting.contact.address)
    if request.method == "POST":
        if form.is_valid():
            return _move(request, waiting)
        if not waiting.record_invalid_attempt():
            messages.error(request, get_adapter().error_messages["too_many_login_attempts"])
            return redirect("account_contact")
    return render(request, "account/contact_code.html", {"form": form, "sent_to": _shown(waiting.contact)})


def _move(request: HttpRequest, proved: ContactCode) -> HttpResponse:
    person: Any = request.user
    proved.abort()
    try:
        if proved.contact.phone:
            move_phone(person, proved.contact.phone)
        else:
            move_email(person, proved.contact.address)
    except ContactInUse as refusal:
        messages.error(request, str(refusal))
        return redirect("account_contact")
    messages.success(request, _("It is yours: from now on you can sign in with it."))
    return redirect("account")


def _shown(contact: Contact) -> str:
    return shown_phone(contact.phone) if contact.phone else contact.address
