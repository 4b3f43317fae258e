from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "twiza.domain.ledger"
    label = "ledger"
