"""The bank of the demonstration."""

from __future__ import annotations

from django.urls import path

from twiza.demo import bank

app_name = "demo"

urlpatterns = [
    path("fim/est3Dgate", bank.show_bank, name="bank"),
    path("fim/answer", bank.answer, name="bank-answer"),
]
