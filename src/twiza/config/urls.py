"""Addresses. Public pages carry the language; machines' addresses do not."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

handler500 = "twiza.entrypoints.web.views.errors.something_broke"

urlpatterns = [
    path("", include("twiza.entrypoints.web.urls_without_language")),
    path("webhooks/", include("twiza.entrypoints.webhooks.urls")),
    *i18n_patterns(
        path("workspace/", include("twiza.entrypoints.workspace.urls")),
        path("staff/", admin.site.urls),
        path("account/", include("twiza.entrypoints.web.urls_account")),
        path("", include("twiza.entrypoints.web.urls")),
    ),
]

if settings.DEMO or settings.DEBUG:
    urlpatterns += [path("ui/", include("twiza.entrypoints.ui.urls"))]
if settings.DEMO:
    urlpatterns += [path("demo-bank/", include("twiza.demo.urls"))]
