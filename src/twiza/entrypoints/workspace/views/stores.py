"""An operator opens a storefront by herself: each step is kept, and nobody else sees it before she opens it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.delivery.selectors import whom_nobody_reaches
from twiza.domain.directory.selectors import DirectoryFilters, find_cooperatives
from twiza.domain.storefronts.errors import AddressTaken, RuleSaysNothing
from twiza.domain.storefronts.forms import StorefrontDetails
from twiza.domain.storefronts.selectors import (
    choice_of,
    cooperatives_shown_in,
    get_storefront_managed_by,
    host_of,
    operators_managed_by,
    product_counts_by_rule,
    product_counts_in,
    products_with_quota,
    unread_pages_of,
    ways_of,
)
from twiza.domain.storefronts.services import (
    add_rule,
    begin_storefront,
    choose_dates,
    close_storefront,
    describe_storefront,
    drop_rule,
    leave_out_cooperative,
    open_storefront,
    show_cooperative,
)
from twiza.entrypoints.workspace.access import SignedInRequest, signed_in
from twiza.entrypoints.workspace.store_forms import (
    StoreDatesForm,
    StoreNamesForm,
    StoreRuleForm,
    first_day_of,
    last_day_of,
    phone_as_typed,
)
from twiza.kit import clock
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront

FOUND_AT_ONCE = 20


class StoreRequest(SignedInRequest):
    """A request about a storefront the person decides for."""

    storefront: Storefront


def for_its_manager(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """`request.storefront` is the one of the address. For whoever does not manage its operator there is no such page, nor for
    the market as a whole: nothing is to be chosen there."""

    @for_its_manager_or_the_markets
    @wraps(view)
    def screen(request: StoreRequest, **of_the_address: str) -> HttpResponse:
        if request.storefront.shows_everything:
            raise NotFound
        return view(request, **of_the_address)

    return screen


def for_its_manager_or_the_markets(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """The same, and whoever runs the market as a whole sees this of it too."""

    @signed_in
    @wraps(view)
    def screen(request: StoreRequest, slug: str, **of_the_address: str) -> HttpResponse:
        request.storefront = get_storefront_managed_by(request.user, slug)
        return view(request, **of_the_address)

    return screen


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def begin(request: SignedInRequest) -> HttpResponse:
    """The first step: its names and its address. From here on nothing is lost."""
    operators = operators_managed_by(request.user)
    operator = next((one for one in operators if one.slug == request.GET.get("operator")), next(iter(operators), None))
    if operator is None:
        raise NotFound
    form = StoreNamesForm(request.POST or None)
    if form.is_valid():
        try:
            begun = begin_storefront(operator, StorefrontDetails(**form.cleaned_data), by=request.user)
        except AddressTaken as refusal:
            form.add_error("slug", str(refusal))
        else:
            return HttpResponseRedirect(reverse("workspace:store_assortment", args=[begun.slug]))
    return render(request, "workspace/store_names.html", {"form": form, "operator": operator, "operators": operators})


@require_safe
@for_its_manager_or_the_markets
def show_setup(request: StoreRequest) -> HttpResponse:
    """Every step with what is there already; the preview; opening and closing. Of the market, what can be said of it."""
    if request.storefront.shows_everything:
        return _show(request, "store_market.html", unread=len(unread_pages_of(request.storefront)))
    choice = choice_of(request.storefront)
    counts, ways = product_counts_in(request.storefront, choice), ways_of(request.storefront)
    context = {
        "products": sum(counts.values()),
        "cooperatives": cooperatives_shown_in(request.storefront, choice).count(),
        "ways": ways,
        "unreached": len(whom_nobody_reaches(counts, ways.carriers)),
        "limited": len(products_with_quota(request.storefront)),
        "last_day": last_day_of(request.storefront.closes_at),
        "host": host_of(request.storefront),
        "unread": len(unread_pages_of(request.storefront)),
    }
    return _show(request, "store_setup.html", is_later=request.storefront.opens_at > clock.now(), **context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager_or_the_markets
def say_names(request: StoreRequest) -> HttpResponse:
    storefront = request.storefront
    known = {name: getattr(storefront, name) for name in StoreNamesForm.base_fields}
    form = StoreNamesForm(
        request.POST or None,
        initial={**known, "phone": phone_as_typed(storefront.phone)},
        is_address_fixed=storefront.state != "draft",
    )
    if form.is_valid():
        try:
            describe_storefront(storefront, _details(storefront, form.cleaned_data), by=request.user)
        except AddressTaken as refusal:
            form.add_error("slug", str(refusal))
        else:
            return _kept(form.cleaned_data.get("slug", storefront.slug), request)
    return _show(request, "store_names.html", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def choose_assortment(request: StoreRequest) -> HttpResponse:
    """What it shows by rule, whom it shows, and others to add, by words."""
    form = StoreRuleForm(request.POST if "rule" in request.POST else None)
    if request.method == "POST" and (not form.is_bound or _rule_was_added(request, form)):
        return _change_assortment(request)
    words = request.GET.get("q", "").strip()[:80]
    choice = choice_of(request.storefront)
    shown = list(cooperatives_shown_in(request.storefront, choice))
    counts = product_counts_in(request.storefront, choice)
    known = {cooperative.pk for cooperative in shown}
    found = find_cooperatives(DirectoryFilters(text=words, online=True), per_page=FOUND_AT_ONCE + len(known) % 40)
    return _show(
        request,
        "store_assortment.html",
        words=words,
        form=form,
        rules=product_counts_by_rule(choice.rules),
        shown=[(cooperative, counts.get(cooperative.pk, 0)) for cooperative in shown],
        total=sum(counts.values()),
        named=choice.named,
        found=[card for card in found.cooperatives if card.id not in known][:FOUND_AT_ONCE],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def say_dates(request: StoreRequest) -> HttpResponse:
    storefront = request.storefront
    first = first_day_of(storefront.opens_at, is_chosen=storefront.opens_at > clock.now())
    form = StoreDatesForm(request.POST or None, initial={"first_day": first, "last_day": last_day_of(storefront.closes_at)})
    if request.method == "POST" and form.is_valid():
        try:
            choose_dates(storefront, form.opens_at, form.closes_at, by=request.user)
        except DomainError as refusal:
            form.add_error("last_day", str(refusal))
        else:
            return _kept(storefront.slug, request)
    return _show(request, "store_dates.html", form=form)


@require_POST
@for_its_manager
def open_it(request: StoreRequest) -> HttpResponse:
    return _done(request, open_storefront, _("It is open. Everybody can visit it now, or from its first day on."))


@require_POST
@for_its_manager
def close_it(request: StoreRequest) -> HttpResponse:
    return _done(request, close_storefront, _("It is closed. Orders that were placed go on."))


def _done(request: StoreRequest, act: Callable[..., None], words: str) -> HttpResponse:
    try:
        act(request.storefront, by=request.user)
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return HttpResponseRedirect(reverse("workspace:store_setup", args=[request.storefront.slug]))


def _rule_was_added(request: StoreRequest, form: StoreRuleForm) -> bool:
    if not form.is_valid():
        return False
    try:
        add_rule(request.storefront, form.details(), by=request.user)
    except RuleSaysNothing as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


def _change_assortment(request: StoreRequest) -> HttpResponse:
    for name, act in (("add", show_cooperative), ("remove", leave_out_cooperative), ("drop", drop_rule)):
        typed = request.POST.get(name, "")
        if typed.isascii() and typed.isdigit() and len(typed) < 12:
            act(request.storefront, int(typed), by=request.user)
    here = reverse("workspace:store_assortment", args=[request.storefront.slug])
    return HttpResponseRedirect(here)


def _details(storefront: Storefront, said: dict[str, Any]) -> StorefrontDetails:
    known = {name: getattr(storefront, name) for name in StorefrontDetails.__dataclass_fields__}
    return StorefrontDetails(**{**known, **said})


def _kept(slug: str, request: StoreRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("workspace:store_setup", args=[slug]))


def _show(request: StoreRequest, template: str, **context: Any) -> HttpResponse:
    return render(request, f"workspace/{template}", {"storefront": request.storefront, **context})
