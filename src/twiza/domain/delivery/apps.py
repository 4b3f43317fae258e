from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "twiza.domain.delivery"
    label = "delivery"
