"""What the market keeps of each sale: the list, a row that is written, and another person who agrees."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.ledger.selectors import rates_at, rates_to_come, rates_to_decide
from twiza.domain.ledger.services import Fits, decide_rate, set_rate
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.commission_forms import RateForm
from twiza.entrypoints.workspace.rate_words import EXAMPLE_CENTIMES, shown
from twiza.kit import clock
from twiza.kit.errors import DomainError, NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@for_register_keeper
def show_list(request: SignedInRequest) -> HttpResponse:
    """Today's rows in their order, those to come, those that wait for another person, and a form for one more."""
    now = clock.now()
    today = shown(rates_at(now))
    rows = [(one.rate.code, f"{one.rate.position}. {one.how_much}: {one.for_whom}") for one in today]
    form = RateForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        _write(request, form)
        return HttpResponseRedirect(reverse("workspace:commission"))
    waiting = [(one, one.rate.set_by_id == request.user.pk) for one in shown(rates_to_decide())]
    context = {"today": today, "later": shown(rates_to_come(now)), "waiting": waiting, "example_centimes": EXAMPLE_CENTIMES}
    return render(request, "workspace/money_commission.html", {**context, "form": form})


@require_POST
@for_register_keeper
def decide(request: SignedInRequest, rate_id: int) -> HttpResponse:
    try:
        decide_rate(rate_id, is_yes=request.POST.get("yes") == "1", by=request.user)
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("workspace:commission"))


def _write(request: SignedInRequest, form: RateForm) -> None:
    said = form.cleaned_data
    storefront = int(said["storefront"]) if said["storefront"] else None
    set_rate(
        said["code"] or f"row-{get_random_string(8).lower()}",
        form.terms(),
        reason=said["reason"],
        by=request.user,
        position=said["position"],
        fits=Fits(said["cooperative"], storefront, said["pay_with"]),
        valid_from=said["valid_from"],
    )
    messages.success(request, _("It waits: another person who keeps the register has to agree."))
