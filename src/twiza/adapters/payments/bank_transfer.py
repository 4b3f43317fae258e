"""The buyer's own bank sends the money to our account, and a keeper reads the account's statements.

The attempt's reference is what the buyer writes on the transfer: short, and such that one wrong digit is noticed.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.domain.payments.provider import NextStep, Notice, NoticeRefused, PaymentFacts, PaymentNotice, TransferAccount, Verdict


class Provider:
    code = "bank_transfer"
    name: str | Promise = _("By bank transfer")
    is_paid_on_delivery = False

    @property
    def account(self) -> TransferAccount:
        return TransferAccount(settings.TRANSFER_HOLDER, settings.TRANSFER_RIB, settings.TRANSFER_BANK)

    def begin(self, payment: PaymentFacts) -> NextStep:
        return NextStep(account=self.account)

    def read_notice(self, notice: Notice) -> PaymentNotice:
        raise NoticeRefused("Nobody tells us of a transfer: it is read in the account's statement.")

    def answer(self, verdict: Verdict) -> str:
        return str(verdict)
