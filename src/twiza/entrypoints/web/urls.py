"""The public pages, under the language."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from twiza.entrypoints.web.views import home

app_name = "web"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="home"),
]
