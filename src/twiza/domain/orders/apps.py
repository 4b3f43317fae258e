from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "twiza.domain.orders"
    label = "orders"
