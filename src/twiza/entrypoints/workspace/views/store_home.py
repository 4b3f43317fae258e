"""The first page of a storefront: which blocks, in which order, its story, the cooperatives of the month."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.storefronts.errors import TooManyOfTheMonth
from twiza.domain.storefronts.selectors import (
    choosable_for_the_month,
    featured_in,
    home_blocks_of,
    is_hero_drawn,
    stories_of,
)
from twiza.domain.storefronts.services import (
    draw_hero,
    feature_cooperative,
    move_block,
    show_block,
    tell_storefront_story,
    unfeature_cooperative,
)
from twiza.entrypoints.workspace.store_page_forms import StorePageForm
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager

LONGEST_ID = 12


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def arrange(request: StoreRequest) -> HttpResponse:
    """Every block with its buttons; whichever was pressed is done at once."""
    if request.method == "POST":
        for name, act in ACTS.items():
            if name in request.POST:
                act(request, request.POST[name])
        return _back(request, "store_home")
    context = {
        "storefront": request.storefront,
        "blocks": home_blocks_of(request.storefront),
        "is_hero_drawn": is_hero_drawn(request.storefront),
        "has_story": any(stories_of(request.storefront).values()),
    }
    return render(request, "workspace/store_home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def tell_story(request: StoreRequest) -> HttpResponse:
    """In both languages, in plain words."""
    told = stories_of(request.storefront)
    form = StorePageForm(request.POST or None, initial={f"text_{code}": words for code, words in told.items()})
    form.fields["text_fr"].label, form.fields["text_ar"].label = _("The story in French"), _("The story in Arabic")
    if form.is_valid():
        tell_storefront_story(request.storefront, form.cleaned_data["text_fr"], form.cleaned_data["text_ar"], by=request.user)
        messages.success(request, _("Saved."))
        return _back(request, "store_home")
    return render(request, "workspace/store_story.html", {"storefront": request.storefront, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def choose_of_the_month(request: StoreRequest) -> HttpResponse:
    """Those that were chosen, and whoever else may be."""
    if request.method == "POST":
        for name, act in (("feature", feature_cooperative), ("unfeature", unfeature_cooperative)):
            typed = request.POST.get(name, "")
            if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_ID:
                _try(request, act, int(typed))
        return _back(request, "store_month")
    chosen = featured_in(request.storefront)
    shown = choosable_for_the_month(request.storefront)
    context = {
        "storefront": request.storefront,
        "chosen": [one for one in shown if one.pk in chosen],
        "others": [one for one in shown if one.pk not in chosen],
    }
    return render(request, "workspace/store_month.html", context)


def _try(request: StoreRequest, act: Callable[..., None], cooperative_id: int) -> None:
    try:
        act(request.storefront, cooperative_id, by=request.user)
    except TooManyOfTheMonth as refusal:
        messages.error(request, str(refusal))


def _back(request: StoreRequest, name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"workspace:{name}", args=[request.storefront.slug]))


ACTS: dict[str, Callable[[StoreRequest, str], None]] = {
    "earlier": lambda request, kind: move_block(request.storefront, kind, -1, by=request.user),
    "later": lambda request, kind: move_block(request.storefront, kind, 1, by=request.user),
    "show": lambda request, kind: show_block(request.storefront, kind, is_shown=True, by=request.user),
    "hide": lambda request, kind: show_block(request.storefront, kind, is_shown=False, by=request.user),
    "draw": lambda request, said: draw_hero(request.storefront, is_drawn=said == "drawing", by=request.user),
}
