"""The buyer pays whoever hands over the parcel."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.domain.payments.provider import NextStep, Notice, NoticeRefused, PaymentFacts, PaymentNotice, Verdict


class Provider:
    code = "cash_on_delivery"
    name: str | Promise = _("In cash, when the buyer has the parcel")
    is_paid_on_delivery = True
    account = None

    def begin(self, payment: PaymentFacts) -> NextStep:
        return NextStep()

    def read_notice(self, notice: Notice) -> PaymentNotice:
        raise NoticeRefused("Nobody tells us of cash but whoever hands the parcel over.")

    def answer(self, verdict: Verdict) -> str:
        return str(verdict)
