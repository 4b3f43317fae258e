"""Cash paid at the door: of those who look after the market's money, and of a cooperative that holds some."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.views import cash, money_cash

of_the_cash: list[URLPattern] = [
    path("cash/", money_cash.show_cash, name="cash"),
    path("cash/list/", money_cash.take_list, name="cash_list"),
    path("cash/answer/", money_cash.answer, name="cash_answer"),
    path("cash/<int:remittance_id>/", money_cash.show_remittance, name="cash_remittance"),
]

of_its_cash: list[URLPattern] = [
    path("cash/", cash.show_all, name="own_cash"),
    path("cash/given/", cash.say_given, name="own_cash_given"),
    path("cash/answer/", cash.answer, name="own_cash_answer"),
]
