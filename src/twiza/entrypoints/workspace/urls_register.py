"""The pages of those who look after the national register."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.views import (
    register,
    register_bank,
    register_changes,
    register_claims,
    register_duplicates,
    register_imports,
    register_labels,
    register_refunds,
    register_revisions,
)

of_the_register: list[URLPattern] = [
    path("", register.show_register, name="register"),
    path("import/", register_imports.show_all, name="register_imports"),
    path("import/<int:upload_id>/", register_imports.show_one, name="register_import"),
    path("import/<int:upload_id>/columns/", register_imports.choose_columns, name="register_import_columns"),
    path("import/<int:upload_id>/open/", register_imports.open_anew, name="register_import_open"),
    path("import/<int:upload_id>/start/", register_imports.start, name="register_import_start"),
    path("import/<int:upload_id>/undo/", register_imports.undo, name="register_import_undo"),
    path("import/<int:upload_id>/report.csv", register_imports.download_report, name="register_import_report"),
    path("changes/", register_changes.show_waiting, name="register_changes"),
    path("changes/done/", register_changes.settle, name="register_change_done"),
    path("changes/nothing/", register_changes.dismiss, name="register_change_dismiss"),
    path("changes/still-true/", register_changes.confirm, name="register_still_true"),
    path("duplicates/", register_duplicates.show_pairs, name="register_duplicates"),
    path("duplicates/search/", register_duplicates.search, name="register_duplicates_search"),
    path("duplicates/choose/", register_duplicates.choose, name="register_duplicates_choose"),
    path("duplicates/merge/", register_duplicates.merge, name="register_duplicates_merge"),
    path("duplicates/apart/", register_duplicates.tell_apart, name="register_duplicates_apart"),
    path("duplicates/merges/", register_duplicates.show_merges, name="register_merges"),
    path("duplicates/merges/<int:merge_id>/undo/", register_duplicates.undo, name="register_merge_undo"),
    path("changes/revisions/", register_revisions.show_waiting, name="register_revisions"),
    path("changes/revisions/<slug:slug>/<int:number>/", register_revisions.show_one, name="register_revision"),
    path("bank/", register_bank.show_waiting, name="register_bank"),
    path("bank/approve/", register_bank.approve, name="register_bank_approve"),
    path("bank/stop/", register_bank.stop, name="register_bank_stop"),
    path("refunds/", register_refunds.show_waiting, name="register_refunds"),
    path("refunds/given/", register_refunds.given, name="register_refund_given"),
    path("labels/", register_labels.show_all, name="register_labels"),
    path("labels/words/", register_labels.show_words, name="register_label_words"),
    path("labels/<int:accreditation_id>/", register_labels.state, name="register_label"),
    path("claims/", register_claims.show_waiting, name="register_claims"),
    path("claims/<int:claim_id>/", register_claims.show_one, name="register_claim"),
    path("claims/<int:claim_id>/papers/<int:paper_id>/", register_claims.show_paper, name="register_claim_paper"),
    path("claims/<int:claim_id>/accept/", register_claims.accept, name="register_claim_accept"),
    path("claims/<int:claim_id>/refuse/", register_claims.refuse_one, name="register_claim_refuse"),
]
