from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "twiza.domain.inventory"
    label = "inventory"
