"""How every screen of a cooperative is answered: rendered with its cooperative, or led on after something was done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from twiza.domain.directory.selectors import live_mandate_of
from twiza.entrypoints.workspace.access import CooperativeRequest
from twiza.kit.errors import DomainError, NotFound


def show(request: CooperativeRequest, template: str, **context: Any) -> HttpResponse:
    """The screen, under the header of the cooperative. An agent reads on every one of them in whose name they act."""
    mandate = live_mandate_of(request.user, request.cooperative)
    return render(request, f"workspace/{template}", {"cooperative": request.cooperative, "mandate": mandate, **context})


def go(request: CooperativeRequest, name: str, *args: Any) -> HttpResponse:
    """To another screen of the same cooperative, so that reloading does nothing twice."""
    return HttpResponseRedirect(reverse(f"workspace:{name}", args=[request.cooperative.slug, *args]))


def refuse(request: CooperativeRequest, refusal: DomainError) -> None:
    """The refusal is read on the next screen. What does not exist stays a 404."""
    if isinstance(refusal, NotFound):
        raise refusal
    messages.error(request, str(refusal))
