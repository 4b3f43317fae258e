"""Addresses on a host of a storefront's own: its pages, basket and orders; whoever asks for another is led to the market.

The names are those of `config/urls.py`, so that whatever is written anywhere leads to the same page from both.
"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from twiza.config import urls
from twiza.entrypoints.web.leading_away import led_away

handler500 = urls.handler500

urlpatterns = [
    path("", include("twiza.entrypoints.web.urls_of_a_host_without_language")),
    *i18n_patterns(path("", include("twiza.entrypoints.web.urls_of_a_host"))),
    *led_away(urls.urlpatterns),
]
