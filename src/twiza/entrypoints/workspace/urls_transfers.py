"""The pages of bank transfers: what came into the account, and what it is for."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.views import market_transfers as views

of_the_transfers: list[URLPattern] = [
    path("transfers/", views.show_transfers, name="market_transfers"),
    path("transfers/import/", views.bring_statement, name="market_transfers_import"),
    path("transfers/proofs/<int:proof_id>/", views.show_proof, name="market_transfer_proof"),
    path("transfers/<int:line_id>/", views.show_line, name="market_transfer"),
    path("transfers/<int:line_id>/settle/", views.settle, name="market_transfer_settle"),
    path("transfers/<int:line_id>/aside/", views.set_aside, name="market_transfer_aside"),
    path("transfers/<int:line_id>/again/", views.take_up_again, name="market_transfer_again"),
]
