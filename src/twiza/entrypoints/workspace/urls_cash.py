"""Cash paid at the door, for those who look after the market's money."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.views import money_cash

of_the_cash: list[URLPattern] = [
    path("cash/", money_cash.show_cash, name="cash"),
    path("cash/list/", money_cash.take_list, name="cash_list"),
    path("cash/<int:remittance_id>/", money_cash.show_remittance, name="cash_remittance"),
]
