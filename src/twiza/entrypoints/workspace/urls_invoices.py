"""A cooperative's invoices and credit notes."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.views import invoices

of_its_invoices: list[URLPattern] = [
    path("invoices/", invoices.show_month, name="invoices"),
    path("invoices/tax/", invoices.say_tax, name="invoices_tax"),
    path("invoices/list.csv", invoices.send_list, name="invoices_list"),
    path("invoices/<int:paper_id>/pdf/", invoices.send_pdf, name="invoice_pdf"),
    path("invoices/<int:paper_id>/", invoices.show_one, name="invoice"),
]
