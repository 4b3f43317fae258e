"""The language of the pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as set_language_cookie

from twiza.foundation.accounts.services import choose_language


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """`language` (and `next`, a page of ours): the same page in that language, from now on, here and in what we write."""
    chosen = request.POST.get("language", "")
    person: Any = request.user
    if person.is_authenticated and chosen in dict(settings.LANGUAGES):
        choose_language(person, chosen)
    return set_language_cookie(request)
