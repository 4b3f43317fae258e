"""The pages of those who look after the market's money: each part has its own addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.urls_cash import of_the_cash
from twiza.entrypoints.workspace.urls_ledger import of_the_ledger
from twiza.entrypoints.workspace.urls_payouts import of_the_payouts
from twiza.entrypoints.workspace.urls_transfers import of_the_transfers
from twiza.entrypoints.workspace.views import market_money, money_invoices

of_the_money: list[URLPattern] = [
    path("", market_money.show_money, name="market_money"),
    *of_the_cash,
    path("invoices/", money_invoices.show_month, name="market_invoices"),
    *of_the_transfers,
    *of_the_ledger,
    *of_the_payouts,
]
