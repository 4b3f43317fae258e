"""Cash that buyers pay at the door: with whom it is, what was handed over, what is missing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.orders.selectors.cash import orders_of_parts
from twiza.domain.orders.selectors.refusals import refusal_rates
from twiza.domain.orders.services import import_remittance
from twiza.domain.payments.errors import HandOverAnswered
from twiza.domain.payments.selectors import (
    cash_in_the_field,
    cash_missing,
    get_remittance_for,
    hand_overs_for,
    remittances_seen_by,
    strange_lines_of,
)
from twiza.domain.payments.services.remitting import Came, confirm_hand_over, deny_hand_over
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.cash_forms import RemittanceForm
from twiza.entrypoints.workspace.cash_rows import carrier_name, cash_rows, legend
from twiza.entrypoints.workspace.chosen import chosen_id
from twiza.kit.errors import DomainError
from twiza.kit.rows import FileUnreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from twiza.domain.orders.models import Order
    from twiza.domain.payments.models import Remittance, RemittanceLine

MOST_LISTED = 30


@require_safe
@for_register_keeper
def show_cash(request: SignedInRequest) -> HttpResponse:
    """Who holds how much and since when, what was handed over lately, and what is missing of it."""
    held = cash_in_the_field(request.user)
    missing = cash_missing(request.user)
    context = {
        "rows": cash_rows(held),
        "legend": legend(),
        "owed_centimes": sum(one.owed_centimes for one in held),
        "on_the_way_centimes": sum(one.on_the_way_centimes for one in held),
        "missing_centimes": sum(one.missing_centimes for one in held),
        "missing": _with_orders(missing),
        "rates": [(carrier_name(one.carrier), one) for one in refusal_rates(request.user)],
        "to_answer": hand_overs_for(request.user, None),
        "remittances": [(one, _giver(one)) for one in remittances_seen_by(request.user)[:MOST_LISTED]],
    }
    return render(request, "workspace/money_cash.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_register_keeper
def take_list(request: SignedInRequest) -> HttpResponse:
    """A carrier's list is taken in. The same file twice leads to what became of it the first time."""
    form = RemittanceForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        said = form.cleaned_data
        came = Came(said["on"], said["reference"], said["received"])
        try:
            remittance, is_new = _import(said["file"], said["carrier"], came, request)
        except DomainError as refusal:
            form.add_error("file" if isinstance(refusal, FileUnreadable) else "reference", str(refusal))
        else:
            if not is_new:
                messages.info(request, _("This list was taken in before: nothing changed."))
            return HttpResponseRedirect(reverse("workspace:cash_remittance", args=[remittance.pk]))
    return render(request, "workspace/money_cash_list.html", {"form": form})


@require_safe
@for_register_keeper
def show_remittance(request: SignedInRequest, remittance_id: int) -> HttpResponse:
    """What came, what it settled, and each row that somebody should look at."""
    remittance = get_remittance_for(request.user, remittance_id)
    listed = sum(line.remitted_centimes for line in remittance.lines.all())
    context = {
        "remittance": remittance,
        "giver": _giver(remittance),
        "kept_centimes": remittance.kept_centimes,
        "listed_centimes": listed,
        "less_centimes": listed - remittance.received_centimes,
        "lines": _with_orders(strange_lines_of(remittance)),
    }
    return render(request, "workspace/money_cash_remittance.html", context)


@require_POST
@for_register_keeper
def answer(request: SignedInRequest) -> HttpResponse:
    """Whether what a cooperative says it gave the market did come."""
    came = request.POST.get("came") == "yes"
    try:
        (confirm_hand_over if came else deny_hand_over)(chosen_id(request, "remittance"), by=request.user)
    except HandOverAnswered as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you: it came.") if came else _("It is kept: it did not come."))
    return HttpResponseRedirect(reverse("workspace:cash"))


def _import(file: UploadedFile, carrier: str, came: Came, request: SignedInRequest) -> tuple[Remittance, bool]:
    with TemporaryDirectory(prefix="remittance-") as folder:
        path = Path(folder) / "list"
        with path.open("wb") as kept:
            kept.writelines(file.chunks())
        return import_remittance(path, carrier, came, by=request.user)


def _giver(remittance: Remittance) -> str:
    return remittance.held_by.name if remittance.held_by is not None else carrier_name(remittance.holder)


def _with_orders(lines: Sequence[RemittanceLine]) -> list[tuple[RemittanceLine, Order | None]]:
    """Each with its order, when it is known."""
    orders = orders_of_parts([line.collection.part for line in lines if line.collection is not None])
    return [(line, orders.get(line.collection.part) if line.collection is not None else None) for line in lines]
