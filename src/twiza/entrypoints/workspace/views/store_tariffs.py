"""An operator announces what sending costs from a day to come."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.delivery.forms import TariffsForm
from twiza.domain.delivery.selectors import examples_of, indicative_tariffs, tariffs_to_come
from twiza.domain.delivery.services import announce_tariffs, withdraw_tariffs
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager
from twiza.kit.errors import DomainError, NotFound

CARRIER = "tariff_table"


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def announce(request: StoreRequest) -> HttpResponse:
    """What holds today, what was announced, and a table to fill for a later day. Amounts that cannot be are asked again."""
    storefront = request.storefront
    if storefront.operator is None:
        raise NotFound
    rows = [row for row in indicative_tariffs(storefront.operator.pk) if row.carrier == CARRIER]
    form = TariffsForm(request.POST if request.method == "POST" else None, rows=rows)
    if form.is_valid():
        try:
            valid_from = form.cleaned_data["valid_from"]
            announce_tariffs(storefront.operator, carrier=CARRIER, valid_from=valid_from, rows=form.rows(), by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("valid_from", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("workspace:store_tariffs", args=[storefront.slug]))
    announced = groupby(tariffs_to_come(storefront.operator), key=lambda row: row.valid_from)
    later = [(day, table, examples_of(table)) for day, table in ((day, list(group)) for day, group in announced)]
    context = {"storefront": storefront, "form": form, "tariffs": rows, "examples": examples_of(rows), "later": later}
    return render(request, "workspace/store_tariffs.html", context)


@require_POST
@for_its_manager
def withdraw(request: StoreRequest) -> HttpResponse:
    """A table announced for a later day is taken away."""
    storefront = request.storefront
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as error:
        raise Http404 from error
    if storefront.operator is None:
        raise NotFound
    try:
        withdraw_tariffs(storefront.operator, carrier=CARRIER, valid_from=day, by=request.user)
        messages.success(request, _("Taken away: it will not hold."))
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("workspace:store_tariffs", args=[storefront.slug]))
