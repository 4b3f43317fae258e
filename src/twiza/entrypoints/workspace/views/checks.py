"""The last look at a parcel: what is asked grows with what went wrong lately, and the cooperative reads why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.aftersales.selectors import faults_of
from twiza.domain.orders.rules import questions_before_dispatch
from twiza.domain.orders.selectors import order_of_cooperative
from twiza.domain.orders.services import mark_checked_order_ready
from twiza.entrypoints.workspace.access import CooperativeRequest, for_seller
from twiza.entrypoints.workspace.check_forms import ChecksForm, faults_in_words
from twiza.entrypoints.workspace.order_cards import card_of
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@for_seller
def mark_ready(request: CooperativeRequest, number: str) -> HttpResponse:
    """The parcel is ready once every line is ticked."""
    order = order_of_cooperative(request.cooperative, number)
    faults = faults_of(request.cooperative)
    questions = questions_before_dispatch(faults)
    form = ChecksForm(request.POST if request.method == "POST" else None, questions=questions)
    if not form.is_valid():
        why = faults_in_words(faults) if len(questions) > 1 else []
        return show(request, "order_ready.html", card=card_of(order), form=form, why=why)
    try:
        mark_checked_order_ready(order, questions, form.cleaned_data["checked"], by=request.user)
        messages.success(request, _("Order %(number)s: the parcel is ready.") % {"number": number})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "order", number)
