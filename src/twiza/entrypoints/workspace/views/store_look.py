"""The colour and the logo of a storefront."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.storefronts.errors import ColourCannotBeRead, NoColour
from twiza.domain.storefronts.rules import PALETTE
from twiza.domain.storefronts.selectors import look_of
from twiza.domain.storefronts.services import choose_colour, choose_logo, remove_logo
from twiza.entrypoints.workspace.store_look_forms import ColourForm, LogoForm
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager
from twiza.kit.photographs import PhotoRefused


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def choose_look(request: StoreRequest) -> HttpResponse:
    """Whichever button was pressed: another colour, another logo, or none."""
    storefront, look = request.storefront, look_of(request.storefront)
    colours, logo, nearest, is_kept = ColourForm.showing(look.colour), LogoForm(), "", False
    if "paint" in request.POST:
        colours = ColourForm(request.POST)
        nearest, is_kept = _painted(request, colours)
    elif "picture" in request.POST:
        logo = LogoForm(request.POST, request.FILES)
        is_kept = _pictured(request, logo)
    elif "remove" in request.POST:
        remove_logo(storefront, by=request.user)
        is_kept = True
    if is_kept:
        messages.success(request, _("Saved. Look at the storefront to see it."))
        return HttpResponseRedirect(reverse("workspace:store_look", args=[storefront.slug]))
    context = {"storefront": storefront, "look": look, "colours": colours, "logo": logo, "palette": PALETTE, "nearest": nearest}
    return render(request, "workspace/store_look.html", context)


def _painted(request: StoreRequest, form: ColourForm) -> tuple[str, bool]:
    """The nearest colour that would do, when this one does not; and whether it was kept."""
    if not form.is_valid():
        return "", False
    try:
        choose_colour(request.storefront, form.typed, by=request.user)
    except ColourCannotBeRead as refusal:
        form.add_error("other", str(refusal))
        return str(refusal.facts["nearest"]), False
    except NoColour as refusal:
        form.add_error("other", str(refusal))
        return "", False
    return "", True


def _pictured(request: StoreRequest, form: LogoForm) -> bool:
    if not form.is_valid():
        return False
    try:
        choose_logo(request.storefront, form.cleaned_data["logo"].file, by=request.user)
    except PhotoRefused as refusal:
        form.add_error("logo", str(refusal))
        return False
    return True
