"""A storefront's own address: the name an operator bought, what to write where it was bought, and how far it is."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from twiza.domain.storefronts.envoy import envoy
from twiza.domain.storefronts.selectors import address_of_host, host_of, where_to_point
from twiza.domain.storefronts.services import ask_for_host, drop_host, order_look
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager
from twiza.kit.errors import DomainError, NotFound


class HostForm(forms.Form):
    host = forms.CharField(
        label=gettext_lazy("The name that you bought"),
        max_length=300,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "inputmode": "url", "autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Write the name that you bought, as boutique.example.ma.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def show_host(request: StoreRequest) -> HttpResponse:
    """Whichever button was pressed: ask for a name, look now, give it up."""
    if "look" in request.POST:
        return _done(request, order_look, _("We are looking."))
    if "drop" in request.POST:
        return _done(request, drop_host, _("It is given up. The storefront is found at its other address."))
    form = HostForm(request.POST or None)
    if form.is_valid():
        try:
            ask_for_host(request.storefront, form.cleaned_data["host"], by=request.user)
        except DomainError as refusal:
            form.add_error("host", str(refusal))
        else:
            return _again(request)
    return _show(request, form)


def _show(request: StoreRequest, form: HostForm) -> HttpResponse:
    storefront = request.storefront
    host = host_of(storefront)
    context = {
        "storefront": storefront,
        "form": form,
        "host": host,
        "address": address_of_host(host.host) if host else "",
        "path_address": request.build_absolute_uri(reverse("web:store", args=[storefront.slug])),
        "pointing": where_to_point(),
        "hint": envoy().hint,
    }
    return render(request, "workspace/store_host.html", context)


def _done(request: StoreRequest, act: Callable[..., object], words: str) -> HttpResponse:
    try:
        act(request.storefront, by=request.user)
    except NotFound:
        pass  # given up already, by somebody else or by a second click
    except DomainError as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, words)
    return _again(request)


def _again(request: StoreRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:store_host", args=[request.storefront.slug]))
