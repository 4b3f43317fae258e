"""Addresses that programs rely on, on a host of a storefront's own, and `/`, which chooses the language."""

from __future__ import annotations

from django.urls import path, register_converter

from twiza.entrypoints.web.own_host import StoreNamed
from twiza.entrypoints.web.views import health, home, host_sitemaps, language, media, shopping_feed, store_theme

register_converter(StoreNamed, "named")

urlpatterns = [
    path("", home.choose_language, name="choose-language"),
    path("language/", language.set_language, name="set-language"),
    path("robots.txt", health.robots),
    path("sitemap.xml", host_sitemaps.index, name="sitemap"),
    path("sitemaps/<str:name>.xml", host_sitemaps.file, name="sitemap-file"),
    path("feeds/<named:store>/<str:form>", shopping_feed.send_offers, name="feed"),
    path("stores/<named:store>/theme.css", store_theme.show_theme, name="store-theme"),
    path("media/<path:path>", media.serve_file, name="media"),
    path("favicon.ico", health.favicon),
]
