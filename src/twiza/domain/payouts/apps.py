from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    name = "twiza.domain.payouts"
    label = "payouts"

    def ready(self) -> None:
        from twiza.domain.ledger.selectors import also_expected
        from twiza.domain.payouts.selectors.written import PAID_OUT

        also_expected(PAID_OUT)
