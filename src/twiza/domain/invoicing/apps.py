from django.apps import AppConfig


class InvoicingConfig(AppConfig):
    name = "twiza.domain.invoicing"
    label = "invoicing"
