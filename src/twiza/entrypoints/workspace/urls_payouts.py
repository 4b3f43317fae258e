"""Payouts, for those who look after the market's money, and for the cooperative that is paid."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.views import money_holds, money_payouts, one_payout, paid

of_the_payouts: list[URLPattern] = [
    path("payouts/", money_payouts.show_all, name="payouts"),
    path("payouts/<int:batch_id>/", money_payouts.show_batch, name="payout_batch"),
    path("payouts/<int:batch_id>/approve/", money_payouts.approve, name="payout_approve"),
    path("payouts/<int:batch_id>/drop/", money_payouts.drop, name="payout_drop"),
    path("payouts/<int:batch_id>/files/", money_payouts.make_file, name="payout_export"),
    path("payouts/<int:batch_id>/files/<int:file_number>/", money_payouts.give_file, name="payout_file"),
    path("payouts/<int:batch_id>/files/<int:file_number>/paid/", money_payouts.say_paid, name="payout_paid"),
    path("payouts/<int:batch_id>/close/", money_payouts.close, name="payout_close"),
    path("payouts/one/<int:payout_id>/", one_payout.show_one, name="payout"),
    path("payouts/one/<int:payout_id>/returned/", one_payout.say_returned, name="payout_returned"),
    path("payouts/one/<int:payout_id>/again/", one_payout.send_again, name="payout_again"),
    path("payouts/one/<int:payout_id>/again/approve/", one_payout.approve_again, name="payout_again_approve"),
    path("payouts/held/", money_holds.show_all, name="payout_holds"),
    path("payouts/held/<int:hold_id>/answer/", money_holds.answer, name="payout_hold_answer"),
    path("payouts/held/<int:hold_id>/lift/", money_holds.lift, name="payout_hold_lift"),
    path("payouts/hold/<slug:held_slug>/", money_holds.hold, name="payout_hold"),
]

of_its_payouts: list[URLPattern] = [
    path("paid/", paid.show_all, name="paid"),
    path("paid/<int:payout_id>/", paid.show_one, name="paid_one"),
    path("paid/object/", paid.object_to, name="paid_object"),
]
