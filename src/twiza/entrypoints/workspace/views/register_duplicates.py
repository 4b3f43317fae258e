"""Pages that may speak of the same cooperative: weighed side by side, merged, told apart, and two again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.directory.selectors.candidates import (
    PER_PAGE,
    candidates_for,
    chosen_candidates,
    get_merge_for,
    latest_search,
    merges_for,
)
from twiza.domain.directory.services.merging import MergeOutcome, merge_many, tell_apart_by_ids, undo_merge
from twiza.domain.directory.services.searching import order_search
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.kit.errors import DomainError

if TYPE_CHECKING:
    from django.http import QueryDict

    from twiza.domain.directory.selectors.candidates import CandidatePair

_CURSOR = re.compile(r"[0-9.e-]{1,30}_[0-9]{1,18}")
_NUMBER = re.compile(r"[0-9]{1,18}")


@require_safe
@for_register_keeper
def show_pairs(request: SignedInRequest) -> HttpResponse:
    """The likeliest pairs first, 25 at a time; how far a search is while one is under way."""
    after = request.GET.get("after", "")
    found = candidates_for(request.user, after if _CURSOR.fullmatch(after) else "")
    search = latest_search(request.user)
    is_under_way = search is not None and search.finished_at is None
    context = {"found": found, "search": search, "is_under_way": is_under_way, "is_first": not after}
    return render(request, "workspace/register_duplicates.html", context)


@require_POST
@for_register_keeper
def search(request: SignedInRequest) -> HttpResponse:
    """A job goes through the whole directory."""
    try:
        order_search(by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _to("register_duplicates")


@require_POST
@for_register_keeper
def choose(request: SignedInRequest) -> HttpResponse:
    """The pairs that were ticked, once more, with what merging them will do."""
    pairs = [(pair, _kept_of(pair, request.POST)) for pair in chosen_candidates(request.user, _ids(request.POST, "pair"))]
    if not pairs:
        messages.error(request, _("Tick at least one pair."))
        return _to("register_duplicates")
    merges = [
        (pair, pair.first, pair.second) if kept == pair.first.id else (pair, pair.second, pair.first) for pair, kept in pairs
    ]
    return render(request, "workspace/register_duplicates_confirm.html", {"merges": merges})


@require_POST
@for_register_keeper
def merge(request: SignedInRequest) -> HttpResponse:
    """Each confirmed pair becomes one page; what is refused is said, and the others go on."""
    chosen = [one.split("-") for one in request.POST.getlist("merge")[:PER_PAGE] if re.fullmatch(r"[0-9]{1,18}-[0-9]{1,18}", one)]
    outcomes = merge_many([(int(kept), int(merged)) for kept, merged in chosen], by=request.user)
    _say(request, outcomes)
    return _to("register_duplicates")


@require_POST
@for_register_keeper
def tell_apart(request: SignedInRequest) -> HttpResponse:
    """The pair does not come back."""
    for pair in chosen_candidates(request.user, _ids(request.POST, "apart")):
        tell_apart_by_ids(pair.first.id, pair.second.id, by=request.user)
        words = _("“%(first)s” and “%(second)s” stay two pages.") % {"first": pair.first.name, "second": pair.second.name}
        messages.success(request, words)
    return _to("register_duplicates")


@require_safe
@for_register_keeper
def show_merges(request: SignedInRequest) -> HttpResponse:
    """What was merged, the newest first, each with its undoing."""
    before = request.GET.get("before", "")
    merges = merges_for(request.user, int(before) if _NUMBER.fullmatch(before) else None)
    following = merges[-1].pk if len(merges) == PER_PAGE else None
    return render(request, "workspace/register_merges.html", {"merges": merges, "following": following})


@require_POST
@for_register_keeper
def undo(request: SignedInRequest, merge_id: int) -> HttpResponse:
    """The two pages are two again."""
    try:
        done = undo_merge(get_merge_for(request.user, merge_id), by=request.user)
        messages.success(request, _("“%(name)s” is a page of its own again.") % {"name": done.merged.name})
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _to("register_merges")


def _say(request: SignedInRequest, outcomes: list[MergeOutcome]) -> None:
    done = sum(one.merge is not None for one in outcomes)
    if done:
        words = ngettext("%(number)s page was merged.", "%(number)s pages were merged.", done)
        messages.success(request, words % {"number": done})
    for one in outcomes:
        if one.refusal is not None:
            messages.error(request, str(one.refusal))


def _ids(posted: QueryDict, field: str) -> list[int]:
    return [int(one) for one in posted.getlist(field)[:PER_PAGE] if _NUMBER.fullmatch(one)]


def _kept_of(pair: CandidatePair, posted: QueryDict) -> int:
    """The page that was chosen; the better one when nothing sensible was."""
    said = posted.get(f"keep-{pair.id}", "")
    return int(said) if said in {str(pair.first.id), str(pair.second.id)} else pair.keep


def _to(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"workspace:{name}"))
