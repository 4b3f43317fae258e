"""How a cooperative sends, and where its parcels may be fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.delivery.forms import PointForm, SendingForm, point_as_typed, rhythm_as_typed
from twiza.domain.delivery.rules import opening_of
from twiza.domain.delivery.selectors import get_open_point, get_point_of, points_of, points_to_hand_over_at, sending_terms_of
from twiza.domain.delivery.services import (
    change_pickup_point,
    close_pickup_point,
    hand_over_at,
    open_pickup_point,
    reopen_pickup_point,
    say_how_it_sends,
    stop_handing_over_at,
)
from twiza.domain.orders.selectors.brought import parcels_brought_to
from twiza.domain.orders.selectors.sent_on import parcels_sent_on_from
from twiza.domain.orders.services.sending_on import send_on
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, show
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.delivery.models import PickupPoint


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def say(request: CooperativeRequest) -> HttpResponse:
    """Sending days, and the points with a button each to close or to open again."""
    cooperative = request.cooperative
    typed = request.POST if request.method == "POST" else None
    form = SendingForm(typed, initial=rhythm_as_typed(sending_terms_of(cooperative)))
    if form.is_valid():
        say_how_it_sends(cooperative, form.rhythm(), by=request.user)
        messages.success(request, _("Saved."))
        return go(request, "sending")
    points = [(point, opening_of(point)) for point in points_of(cooperative)]
    return show(request, "sending.html", form=form, points=points, others=points_to_hand_over_at(cooperative))


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def add_point(request: CooperativeRequest) -> HttpResponse:
    """Another place where buyers may come."""
    return _describe(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def change_point(request: CooperativeRequest, point_id: int) -> HttpResponse:
    """Its words, days and hours, and the days on which it is closed."""
    return _describe(request, get_point_of(request.cooperative, point_id))


@require_POST
@for_cooperative
def close_point(request: CooperativeRequest, point_id: int) -> HttpResponse:
    close_pickup_point(get_point_of(request.cooperative, point_id), by=request.user)
    messages.success(request, _("Closed: no other buyer is sent there."))
    return go(request, "sending")


@require_POST
@for_cooperative
def reopen_point(request: CooperativeRequest, point_id: int) -> HttpResponse:
    reopen_pickup_point(get_point_of(request.cooperative, point_id), by=request.user)
    messages.success(request, _("Open again."))
    return go(request, "sending")


@require_POST
@for_cooperative
def hand_over(request: CooperativeRequest, point_id: int) -> HttpResponse:
    """Its parcels may be fetched at a neighbour's point, or no more."""
    point = get_open_point(point_id)
    if request.POST.get("stop"):
        stop_handing_over_at(request.cooperative, point, by=request.user)
        messages.success(request, _("No other buyer of yours is sent there."))
    else:
        hand_over_at(request.cooperative, point, by=request.user)
        messages.success(request, _("Your buyers may now fetch their parcel there."))
    return go(request, "sending")


@require_POST
@for_cooperative
def send_parcel_on(request: CooperativeRequest, point_id: int) -> HttpResponse:
    """All that is there of one purchase left, as one parcel."""
    point = get_point_of(request.cooperative, point_id)
    number, tracking = (request.POST.get(name, "").replace("\x00", "").strip() for name in ("number", "tracking"))
    try:
        sent = send_on(point, number, by=request.user, tracking=tracking)
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        told = ngettext(
            "Noted: the parcel left, with %(number)s part in it.", "Noted: the parcel left, with %(number)s parts in it.", sent
        )
        messages.success(request, told % {"number": sent})
    return go(request, "point", point.pk)


def _describe(request: CooperativeRequest, point: PickupPoint | None) -> HttpResponse:
    form = PointForm(request.POST if request.method == "POST" else None, initial=_as_typed(request, point))
    if form.is_valid():
        try:
            if point is None:
                open_pickup_point(request.cooperative, form.details(), by=request.user)
            else:
                change_pickup_point(point, form.details(), by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return go(request, "sending")
    brought = parcels_brought_to(point) if point else []
    sent_on = parcels_sent_on_from(point) if point else []
    return show(request, "sending_point.html", form=form, point=point, brought=brought, sent_on=sent_on)


def _as_typed(request: CooperativeRequest, point: PickupPoint | None) -> dict[str, object]:
    """A new one is probably where the cooperative is."""
    if point is not None:
        return point_as_typed(point)
    revision = request.cooperative.published_revision
    return {"kind": "workshop", "place": revision.commune.name if revision and revision.commune else ""}
