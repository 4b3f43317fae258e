"""What machines tell us. The code of the adapter is in the address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "webhooks"

urlpatterns: list[URLPattern | URLResolver] = []
