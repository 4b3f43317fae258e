"""Addresses that programs rely on, and `/`, which chooses the language."""

from __future__ import annotations

from django.urls import path

from twiza.entrypoints.web.views import health, home, language, media, open_data, shopping_feed, simulator, sitemaps, store_theme

urlpatterns = [
    path("", home.choose_language, name="choose-language"),
    path("language/", language.set_language, name="set-language"),
    path("healthz/live", health.live),
    path("healthz/ready", health.ready),
    path("healthz/host", health.host),
    path("robots.txt", health.robots),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/<str:name>.xml", sitemaps.file, name="sitemap-file"),
    path("open-data/cooperatives.<str:form>", open_data.download, name="open-data"),
    # Shopping sites and social networks come back to it by themselves, for years.
    path("feeds/<slug:store>/<str:form>", shopping_feed.send_offers, name="feed"),
    path("stores/<slug:store>/theme.css", store_theme.show_theme, name="store-theme"),
    # Only what we made ourselves lies there; a proxy in front may serve it instead.
    path("media/<path:path>", media.serve_file, name="media"),
    path("favicon.ico", health.favicon),
    path("simulator/phones/", simulator.show_phones, name="simulator-phones"),
    path("simulator/phones/messages.json", simulator.list_texts, name="simulator-texts"),
]
