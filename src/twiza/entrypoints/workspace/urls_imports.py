"""Lists of products: of one cooperative, and of the many that an operator acts for."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.views import product_imports, store_imports, store_mandates

of_its_lists: list[URLPattern] = [
    path("products/import/", product_imports.show_all, name="product_imports"),
    path("products/import/example.csv", product_imports.download_example, name="product_imports_example"),
    path("products/import/<int:import_id>/", product_imports.show_one, name="product_import"),
    path("products/import/<int:import_id>/columns/", product_imports.choose_columns, name="product_import_columns"),
    path("products/import/<int:import_id>/open/", product_imports.open_anew, name="product_import_open"),
    path("products/import/<int:import_id>/start/", product_imports.start, name="product_import_start"),
    path("products/import/<int:import_id>/undo/", product_imports.undo, name="product_import_undo"),
    path("products/import/<int:import_id>/report.csv", product_imports.download_report, name="product_import_report"),
]
of_store_lists: list[URLPattern] = [
    path("<slug:slug>/import/", store_imports.show_all, name="store_imports"),
    path("<slug:slug>/import/ask/", store_mandates.ask_the_others, name="store_mandates_ask"),
    path("<slug:slug>/import/example.csv", store_imports.download_example, name="store_imports_example"),
    path("<slug:slug>/import/<int:import_id>/", store_imports.show_one, name="store_import"),
    path("<slug:slug>/import/<int:import_id>/columns/", store_imports.choose_columns, name="store_import_columns"),
    path("<slug:slug>/import/<int:import_id>/open/", store_imports.open_anew, name="store_import_open"),
    path("<slug:slug>/import/<int:import_id>/start/", store_imports.start, name="store_import_start"),
    path("<slug:slug>/import/<int:import_id>/undo/", store_imports.undo, name="store_import_undo"),
    path("<slug:slug>/import/<int:import_id>/report.csv", store_imports.download_report, name="store_import_report"),
]
