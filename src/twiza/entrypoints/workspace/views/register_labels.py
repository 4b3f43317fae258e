"""Labels and certificates as the register's office sees them: which paper is for which products of which place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.catalogue.selectors import products_naming_labels
from twiza.domain.directory.selectors import (
    accreditations_complete,
    accreditations_to_complete,
    get_accreditation_for,
    label_schemes,
)
from twiza.domain.directory.services.labels import begin_label, state_label
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.label_forms import LabelForm, NewLabelForm
from twiza.kit.clock import today
from twiza.kit.errors import DomainError, NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@for_register_keeper
def show_all(request: SignedInRequest) -> HttpResponse:
    """Those that cover no product yet first; a new one is begun here."""
    form = NewLabelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            begun = begin_label(form.cleaned_data["page"], form.cleaned_data["scheme"], by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("page", str(refusal))
        else:
            return HttpResponseRedirect(reverse("workspace:register_label", args=[begun.pk]))
    lists = {"waiting": accreditations_to_complete(), "known": accreditations_complete(), "today": today()}
    return render(request, "workspace/register_labels.html", {"form": form, **lists})


@require_http_methods(["GET", "HEAD", "POST"])
@for_register_keeper
def state(request: SignedInRequest, accreditation_id: int) -> HttpResponse:
    """Its number, dates, products and places, as they stand on the paper."""
    accreditation = get_accreditation_for(request.user, accreditation_id)
    form = LabelForm(accreditation, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            state_label(accreditation, form.details(), by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("valid_until", str(refusal))
        else:
            messages.success(request, _("Saved. The cooperative can put this label on the products it is for."))
            return HttpResponseRedirect(reverse("workspace:register_labels"))
    return render(request, "workspace/register_label.html", {"accreditation": accreditation, "form": form})


@require_safe
@for_register_keeper
def show_words(request: SignedInRequest) -> HttpResponse:
    """Products whose words speak of a label that no certificate gives them."""
    names = dict(label_schemes())
    said = [(product, [names[scheme] for scheme in schemes]) for product, schemes in products_naming_labels()]
    return render(request, "workspace/register_label_words.html", {"said": said})
