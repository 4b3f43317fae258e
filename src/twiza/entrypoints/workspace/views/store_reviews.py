"""An operator looks at products before its storefront shows them: a queue, one product side by side, two decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.storefronts.selectors import products_offered_to, products_to_look_at, trusted_cooperatives
from twiza.domain.storefronts.services import (
    accept_product,
    accept_products,
    fingerprint_of,
    look_first,
    refuse_product,
    show_without_looking,
    trust_no_more,
)
from twiza.domain.storefronts.states import NotShownBecause
from twiza.entrypoints.workspace.chosen import MOST_DIGITS, chosen_id
from twiza.entrypoints.workspace.product_words import changes_of
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twiza.domain.storefronts.selectors import WaitingProduct


class RefusalForm(forms.Form):
    """Why it is not shown: a reason its cooperative can act on, or words."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why is it not shown?"), choices=NotShownBecause.choices, widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("The cooperative is told this instead of the reason above, by text message."),
    )


@require_safe
@for_its_manager
def show_queue(request: StoreRequest) -> HttpResponse:
    """What waits, the longest first; whom one trusts; whether one looks at all."""
    waiting = [(one, fingerprint_of(one.product)) for one in _waiting(request)]
    context = {"waiting": waiting, "trusted": trusted_cooperatives(request.storefront)}
    return render(request, "workspace/store_reviews.html", {"storefront": request.storefront, **context})


@require_POST
@for_its_manager
def accept_all(request: StoreRequest) -> HttpResponse:
    """Everything that stood in the queue, as it stood there, is shown: after a list was imported, say."""
    pairs = (typed.partition(":") for typed in request.POST.getlist("one"))
    looked_at = {int(pk): seen for pk, _colon, seen in pairs if pk.isascii() and pk.isdigit() and len(pk) < MOST_DIGITS}
    number = accept_products(request.storefront, looked_at, by=request.user)
    messages.success(
        request, ngettext("%(number)s product is shown.", "%(number)s products are shown.", number) % {"number": number}
    )
    return _queue(request)


@require_POST
@for_its_manager
def choose(request: StoreRequest) -> HttpResponse:
    """Look first, or show at once; a cooperative is trusted no more."""
    if "trusted" in request.POST:
        trust_no_more(request.storefront, chosen_id(request, "trusted"), by=request.user)
    elif request.POST.get("look") == "first":
        look_first(request.storefront, by=request.user)
    else:
        show_without_looking(request.storefront, by=request.user)
    return _queue(request)


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def look(request: StoreRequest, product_id: int) -> HttpResponse:
    """One product beside what was seen of it. Once decided, the next one."""
    waiting = _waiting(request)
    at = next((place for place, one in enumerate(waiting) if one.product.pk == product_id), None)
    if at is None:
        if not products_offered_to(request.storefront).filter(pk=product_id).exists():
            raise NotFound
        messages.info(request, _("Somebody has decided on this product already."))
        return _queue(request)
    following = waiting[at + 1] if at + 1 < len(waiting) else None
    form = RefusalForm(request.POST or None)
    if form.is_valid() and _decide(request, product_id, form):
        return _go(request, following)
    context = {"one": waiting[at], "following": following, "form": form, "number": at + 1, "total": len(waiting)}
    said = {"changes": changes_of(waiting[at]), "seen": fingerprint_of(waiting[at].product)}
    return render(request, "workspace/store_review.html", {"storefront": request.storefront, **context, **said})


def _decide(request: StoreRequest, product_id: int, form: RefusalForm) -> bool:
    """Shown, or not shown and told why; nothing when what was looked at has changed meanwhile."""
    seen = request.POST.get("seen", "")
    try:
        if request.POST.get("decide") == "show":
            accept_product(request.storefront, product_id, seen=seen, by=request.user, is_trusted="trust" in request.POST)
            messages.success(request, _("It is shown."))
        else:
            refuse_product(request.storefront, product_id, seen=seen, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is not shown. Its cooperative is told why."))
    except NotFound:
        raise
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _waiting(request: StoreRequest) -> Sequence[WaitingProduct]:
    return products_to_look_at(request.storefront, products_offered_to(request.storefront))


def _go(request: StoreRequest, following: WaitingProduct | None) -> HttpResponse:
    """To the next one; after the last, to the queue."""
    if following is None:
        return _queue(request)
    return HttpResponseRedirect(reverse("workspace:store_review", args=[request.storefront.slug, following.product.pk]))


def _queue(request: StoreRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:store_reviews", args=[request.storefront.slug]))
