"""The mandates of a storefront's cooperatives, asked all at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from twiza.domain.directory.services.mandates import MandatesAsked, ask_for_mandates
from twiza.domain.storefronts.selectors import cooperatives_shown_in, get_storefront_for
from twiza.entrypoints.workspace.access import SignedInRequest, signed_in


@require_POST
@signed_in
def ask_the_others(request: SignedInRequest, slug: str) -> HttpResponse:
    """Those of whom the agent has no mandate and awaits no answer are asked by text. Pressed again, nobody is asked twice."""
    storefront = get_storefront_for(request.user, slug)
    asked = ask_for_mandates(request.user, list(cooperatives_shown_in(storefront)))
    _say_what_became(request, asked)
    return HttpResponseRedirect(reverse("workspace:store_imports", args=[storefront.slug]))


def _say_what_became(request: SignedInRequest, asked: MandatesAsked) -> None:
    number = len(asked.asked)
    if number:
        told = ngettext(
            "We asked %(number)s cooperative by text. It has a week to answer.",
            "We asked %(number)s cooperatives by text. They have a week to answer.",
            number,
        )
        messages.success(request, told % {"number": number})
    elif not asked.left_for_tomorrow:
        messages.info(request, _("There was nobody else to ask."))
    if asked.left_for_tomorrow:
        later = ngettext(
            "That is enough for a day: please ask the other %(number)s tomorrow.",
            "That is enough for a day: please ask the other %(number)s tomorrow.",
            asked.left_for_tomorrow,
        )
        messages.warning(request, later % {"number": asked.left_for_tomorrow})
