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
from twiza.domain.delivery.selectors import carriers, examples_of, indicative_tariffs, tariffs_to_come
from twiza.domain.delivery.services import announce_tariffs, withdraw_tariffs
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager
from twiza.kit.errors import DomainError, NotFound

CARRIER = "tariff_table"


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def announce(request: StoreRequest) -> HttpResponse:
    """What holds today, what was announced, and a table to fill for a later day. Amounts that cannot be are asked again.

    `?carrier=` names one of the carriers that bring parcels; without it, the first.
    """
    storefront = request.storefront
    if storefront.operator is None:
        raise NotFound
    carrier, choices = _carrier_asked(request)
    rows = [row for row in indicative_tariffs(storefront.operator.pk) if row.carrier == carrier]
    form = TariffsForm(request.POST if request.method == "POST" else None, rows=rows)
    if form.is_valid():
        try:
            valid_from = form.cleaned_data["valid_from"]
            announce_tariffs(storefront.operator, carrier=carrier, valid_from=valid_from, rows=form.rows(), by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("valid_from", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return _back(storefront.slug, carrier)
    to_come = [row for row in tariffs_to_come(storefront.operator) if row.carrier == carrier]
    announced = groupby(to_come, key=lambda row: row.valid_from)
    later = [(day, table, examples_of(table)) for day, table in ((day, list(group)) for day, group in announced)]
    context = {"storefront": storefront, "form": form, "tariffs": rows, "examples": examples_of(rows), "later": later}
    return render(request, "workspace/store_tariffs.html", {**context, "carrier": carrier, "carriers": choices})


@require_POST
@for_its_manager
def withdraw(request: StoreRequest) -> HttpResponse:
    """A table announced for a later day is taken away."""
    storefront = request.storefront
    carrier, _choices = _carrier_asked(request)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as error:
        raise Http404 from error
    if storefront.operator is None:
        raise NotFound
    try:
        withdraw_tariffs(storefront.operator, carrier=carrier, valid_from=day, by=request.user)
        messages.success(request, _("Taken away: it will not hold."))
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _back(storefront.slug, carrier)


def _carrier_asked(request: StoreRequest) -> tuple[str, list[tuple[str, str]]]:
    """The code of the carrier in the address, and each that one may choose with its name."""
    choices = [(one.code, str(one.name)) for one in carriers() if not one.is_fetched]
    codes = [code for code, _name in choices] or [CARRIER]
    asked = request.GET.get("carrier", codes[0])
    if asked not in codes:
        raise Http404
    return asked, choices


def _back(slug: str, carrier: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('workspace:store_tariffs', args=[slug])}?carrier={carrier}")
