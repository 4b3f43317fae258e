"""What machines tell us. The code of the adapter is in the address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from twiza.entrypoints.webhooks import parcels, payments, texts

app_name = "webhooks"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sms/<slug:code>/inbound", texts.inbound, name="sms-inbound"),
    path("sms/<slug:code>/receipt", texts.receipt, name="sms-receipt"),
    path("sms/<slug:code>/<str:secret>/inbound", texts.inbound, name="sms-told-inbound"),
    path("sms/<slug:code>/<str:secret>/receipt", texts.receipt, name="sms-told-receipt"),
    path("payments/<slug:code>/notice", payments.notice, name="payment-notice"),
    path("parcels/<slug:code>/", parcels.news, name="parcels"),
]
