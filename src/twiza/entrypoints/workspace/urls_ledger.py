"""The ledger, and what the market keeps of each sale, for those who look after the market's money."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.views import commission, money_ledger

of_the_ledger: list[URLPattern] = [
    path("ledger/", money_ledger.show_kinds, name="ledger"),
    path("ledger/kinds/<slug:kind>/", money_ledger.show_kind, name="ledger_kind"),
    path("ledger/accounts/<int:account_id>/", money_ledger.show_account, name="ledger_account"),
    path("ledger/entries/<int:entry_id>/", money_ledger.show_entry, name="ledger_entry"),
    path("ledger/orders/<int:order_id>/", money_ledger.show_order, name="ledger_order"),
    path("commission/", commission.show_list, name="commission"),
    path("commission/<int:rate_id>/decide/", commission.decide, name="commission_decide"),
]
