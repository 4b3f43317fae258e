from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "twiza.domain.payments"
    label = "payments"
